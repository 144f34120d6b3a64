import { describe, expect, it } from 'vitest';
import { hash32, unitHash } from './hash.ts';
import { createRandom, randomFromState } from './random.ts';

describe('hash32', () => {
  // Reference figures: the smhasher test vectors that Wikipedia's article on MurmurHash lists.
  it.each([
    ['', 0, 0],
    ['', 1, 0x514e28b7],
    ['', 0xffffffff, 0x81f16f39],
    ['test', 0, 0xba6bd213],
    ['Hello, world!', 0, 0xc0363e43],
    ['The quick brown fox jumps over the lazy dog', 0x9747b28c, 0x2fa826cd],
  ])('of %j with seed %i', (text, seed, expected) => {
    expect(hash32(text, seed)).toBe(expected);
  });

  it('spreads keys evenly over [0, 1)', () => {
    const bins = new Array<number>(10).fill(0);
    for (let i = 0; i < 10_000; i += 1) {
      const bin = Math.floor(unitHash(`request-${i}`) * 10);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    // 1000 expected in each; five standard deviations of a binomial are 150.
    for (const count of bins) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});

describe('random', () => {
  it('gives the reference stream of xoshiro128**', () => {
    // From the state 1, 2, 3, 4: made with the authors' algorithm written in Python with whole integers.
    const random = randomFromState([1, 2, 3, 4]);
    const drawn = Array.from({ length: 10 }, () => random.uint32());
    expect(drawn).toEqual([11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804]);
  });

  it('repeats itself from the same seed and differs for another', () => {
    const draw = (seed: number | string) => Array.from({ length: 5 }, createRandom(seed).next);
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw('a')).not.toEqual(draw('b'));
  });

  it('is uniform and normal enough in its first moments', () => {
    const random = createRandom(1);
    const n = 20_000;
    let sum = 0;
    let sumNormal = 0;
    let squares = 0;
    for (let i = 0; i < n; i += 1) {
      sum += random.next();
      const z = random.normal();
      sumNormal += z;
      squares += z * z;
    }
    expect(sum / n).toBeCloseTo(0.5, 1);
    expect(Math.abs(sumNormal / n)).toBeLessThan(0.03);
    expect(squares / n).toBeCloseTo(1, 1);
  });

  it('shuffles without losing anything', () => {
    const items = Array.from({ length: 100 }, (_, i) => i);
    const shuffled = createRandom(3).shuffle(items);
    expect(shuffled).not.toEqual(items);
    expect([...shuffled].sort((a, b) => a - b)).toEqual(items);
  });
});

/**
 * xoshiro128** 1.1 by David Blackman and Sebastiano Vigna (public domain, https://prng.di.unimi.it/xoshiro128starstar.c):
 * a fast generator with 128 bits of state, so that everything drawn can be drawn again from its seed. Not for secrets.
 */
import { hash32, mix32 } from './hash.ts';

export type Random = {
  /** Uniform integer, 0 <= n < 2^32. */
  uint32(): number;
  /** Uniform in [0, 1) with 53 bits. */
  next(): number;
  /** Uniform integer, 0 <= n < bound. */
  int(bound: number): number;
  /** Standard normal, by the polar method of Marsaglia. */
  normal(): number;
  /** A new array in random order (Fisher-Yates). */
  shuffle<T>(items: readonly T[]): T[];
};

/** A generator from a seed; numbers and texts both do, and near seeds give unrelated streams. */
export function createRandom(seed: number | string): Random {
  const base = typeof seed === 'string' ? hash32(seed) : mix32(hash32(String(seed)));
  let s = base;
  const draw = () => {
    s = (s + 0x9e3779b9) | 0;
    return mix32(s);
  };
  return randomFromState([draw(), draw(), draw(), draw()]);
}

/** The bare generator on a given state; at least one of the four words must not be zero. */
export function randomFromState(state: readonly [number, number, number, number]): Random {
  let [a, b, c, d] = state;
  const uint32 = () => {
    const scaled = Math.imul(b, 5);
    const result = Math.imul((scaled << 7) | (scaled >>> 25), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  const next = () => ((uint32() >>> 5) * 67108864 + (uint32() >>> 6)) / 9007199254740992;
  const int = (bound: number) => Math.floor(next() * bound);
  const normal = () => {
    for (;;) {
      const u = 2 * next() - 1;
      const v = 2 * next() - 1;
      const r = u * u + v * v;
      if (r > 0 && r < 1) return u * Math.sqrt((-2 * Math.log(r)) / r);
    }
  };
  const shuffle = <T>(items: readonly T[]): T[] => {
    const out = [...items];
    for (let i = out.length - 1; i > 0; i -= 1) {
      const j = int(i + 1);
      const held = out[i] as T;
      out[i] = out[j] as T;
      out[j] = held;
    }
    return out;
  };
  return { uint32, next, int, normal, shuffle };
}

import { describe, expect, it } from 'vitest';
import { drawRows, eligibleRows } from './choose.ts';

const rows = Array.from({ length: 1000 }, (_, index) => index);

describe('drawRows', () => {
  it('draws the same rows for the same seed and others for another', () => {
    expect(drawRows(rows, 300, 7)).toEqual(drawRows(rows, 300, 7));
    expect(drawRows(rows, 300, 7)).not.toEqual(drawRows(rows, 300, 8));
  });

  it('draws without replacement, and all there are when there are fewer', () => {
    expect(new Set(drawRows(rows, 300, 1)).size).toBe(300);
    expect(drawRows([1, 2, 3], 10, 1).sort()).toEqual([1, 2, 3]);
  });

  it('keeps a smaller draw as the beginning of a larger one', () => {
    expect(drawRows(rows, 300, 3).slice(0, 20)).toEqual(drawRows(rows, 20, 3));
  });

  it('draws every row about equally often', () => {
    const hits = new Array<number>(10).fill(0);
    for (let seed = 0; seed < 2000; seed += 1)
      for (const row of drawRows(rows.slice(0, 10), 3, seed)) hits[row] = (hits[row] ?? 0) + 1;
    // Binomial(2000, 0.3): mean 600, standard deviation 20.5; five of them either way.
    for (const count of hits) expect(Math.abs(count - 600)).toBeLessThan(103);
  });
});

describe('eligibleRows', () => {
  it('leaves out rows with a label, without a key, and second rows of a key', () => {
    expect(eligibleRows(['a', 'b', null, 'd', 'd', ''], ['spam', null, null, null, null, null])).toEqual([1, 3]);
  });

  it('takes numbers as keys and knows tables without a label column', () => {
    expect(eligibleRows([0, 1, 2], null)).toEqual([0, 1, 2]);
  });
});

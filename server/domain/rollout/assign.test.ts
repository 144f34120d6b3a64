import { describe, expect, it } from 'vitest';
import { assignArm } from '#server/domain/rollout/assign.ts';

const arms = (canary: number) => [
  { name: 'primary', weight: 1 - canary },
  { name: 'canary', weight: canary },
];
const keys = Array.from({ length: 20_000 }, (_, i) => `key-${i}`);

describe('assignArm', () => {
  it('gives each arm its share of keys, within 4 standard errors', () => {
    for (const weight of [0.1, 0.5, 0.9]) {
      const share = keys.filter((key) => assignArm('d', key, arms(weight)).name === 'canary').length / keys.length;
      expect(Math.abs(share - weight)).toBeLessThan(4 * Math.sqrt((weight * (1 - weight)) / keys.length));
    }
  });

  it('gives a key the same arm each time, and keeps it on the canary while that grows', () => {
    for (const key of keys.slice(0, 2_000)) {
      const early = assignArm('d', key, arms(0.1)).name;
      expect(assignArm('d', key, arms(0.1)).name).toBe(early);
      if (early === 'canary') expect(assignArm('d', key, arms(0.5)).name).toBe('canary');
    }
  });

  it('splits keys otherwise for another deployment', () => {
    const same = keys.filter((key) => assignArm('a', key, arms(0.5)).name === assignArm('b', key, arms(0.5)).name).length;
    expect(same / keys.length).toBeCloseTo(0.5, 1);
  });

  it('sends all to an arm of weight 1, and none to one of weight 0', () => {
    expect(keys.every((key) => assignArm('d', key, arms(1)).name === 'canary')).toBe(true);
    expect(keys.every((key) => assignArm('d', key, arms(0)).name === 'primary')).toBe(true);
  });
});

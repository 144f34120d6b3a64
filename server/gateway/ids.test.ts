import { describe, expect, it } from 'vitest';
import { asRequestId, uuid7 } from '#server/gateway/ids.ts';

describe('ids', () => {
  it('are UUIDs of version 7 that sort in the order of their making', () => {
    const ids = Array.from({ length: 3_000 }, (_, i) => uuid7(1_700_000_000_000 + Math.floor(i / 1_000)));
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Number.parseInt((ids[0] ?? '').replaceAll('-', '').slice(0, 12), 16)).toBe(1_700_000_000_000);
  });

  it('of callers are taken when they can stand in a header', () => {
    expect(asRequestId('req-1/2')).toBe('req-1/2');
    for (const bad of ['', 'a b', 'ü', 'x'.repeat(129), 7, undefined]) expect(asRequestId(bad)).toBeUndefined();
  });
});

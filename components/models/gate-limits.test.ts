import { expect, it } from 'vitest';
import { gateResultSchema } from '#server/domain/gates.schema.ts';
import { usualGates } from '#server/domain/gates.ts';
import { limitsOf } from './gate-limits.ts';

it('finds the limits that panels draw in the conditions of gates', () => {
  const gates = (positive: string | null) =>
    usualGates(positive).map(({ id, name, expression }) =>
      gateResultSchema.parse({
        id,
        title: name,
        expression,
        passed: true,
        figure: null,
        lower: null,
        upper: null,
        threshold: null,
        method: null,
        n: 0,
        sentence: '',
      }),
    );
  expect(limitsOf({ gates: gates('spam') })).toEqual({ f1Class: 'spam', slices: { minimum: 0.85, minRows: 50 } });
  expect(limitsOf({ gates: gates(null) })).toEqual({ f1Class: null, slices: { minimum: 0.85, minRows: 50 } });
  expect(limitsOf({ gates: [] })).toEqual({ f1Class: null, slices: null });
});

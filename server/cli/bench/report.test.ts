import { expect, test } from 'vitest';
import { formatTable, summarize, toReport } from './report.ts';

const machine = { cpu: 'test', cores: 2, memoryGb: 8, system: 'linux', node: '24.0.0' };

test('an aim is for the ratio where there is a reference, else for the value', () => {
  const { rows } = toReport('x', machine, [
    { metric: 'rate', value: 40, unit: '/s', reference: 100, aim: { atLeast: 0.3 } },
    { metric: 'rate', value: 20, unit: '/s', reference: 100, aim: { atLeast: 0.3 } },
    { metric: 'extra', value: 1.4, unit: 'ms', aim: { atMost: 1.5 } },
  ]);
  expect(rows.map((row) => row.ok)).toEqual([true, false, true]);
  expect(rows[0]?.ratio).toBeCloseTo(0.4);
});

test('what could not be measured stays as a row', () => {
  const report = toReport('x', machine, [{ metric: 'gpu', value: null, unit: '/s', aim: { atLeast: 1 }, note: 'no GPU here' }]);
  expect(report.rows[0]).toMatchObject({ value: 'not measured', ok: null });
  expect(formatTable(report)).toContain('not measured');
});

test('median and half the quartile range', () => {
  expect(summarize([5, 1, 3, 2, 4])).toEqual({ value: 3, spread: 1 });
});

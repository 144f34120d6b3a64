import { describe, expect, it } from 'vitest';
import { readTensor, shortFloat, writeData } from '#server/gateway/infer/tensor-json.ts';

describe('tensors in JSON', () => {
  it('reads every datatype', () => {
    const read = (datatype: 'FP32' | 'FP64' | 'INT64' | 'INT32' | 'BOOL', data: unknown[]) =>
      readTensor({ name: 'x', datatype, shape: [data.length], data }, { name: 'x', datatype, shape: [-1] }).data;
    expect(read('FP32', [1.5, null])).toEqual(Float32Array.of(1.5, Number.NaN));
    expect(read('FP64', [1e300])).toEqual(Float64Array.of(1e300));
    expect(read('INT64', [7, '9223372036854775807'])).toEqual(BigInt64Array.of(7n, 9223372036854775807n));
    expect(read('INT32', [-5])).toEqual(Int32Array.of(-5));
    expect(read('BOOL', [true, false])).toEqual(Uint8Array.of(1, 0));
  });

  it.each([
    ['INT32', 2 ** 31, /whole number of 32 bits/],
    ['INT64', 1.5, /a whole number at place 0, but has 1.5/],
    ['BOOL', 1, /true or false/],
    ['FP32', '1', /a number, or null/],
  ] as const)('refuses %s %s', (datatype, value, message) => {
    expect(() => readTensor({ name: 'x', datatype, shape: [1], data: [value] }, { name: 'x', datatype, shape: [-1] })).toThrow(
      message,
    );
  });

  it('reads nested rows in row-major order, and cleans texts as models see them', () => {
    const spec = { name: 'x', datatype: 'FP32' as const, shape: [-1, 2] };
    expect(
      readTensor(
        {
          name: 'x',
          datatype: 'FP32',
          shape: [2, 2],
          data: [
            [1, 2],
            [3, 4],
          ],
        },
        spec,
      ).data,
    ).toEqual(Float32Array.of(1, 2, 3, 4));
    const texts = readTensor(
      { name: 't', datatype: 'BYTES', shape: [2], data: ['a\0b', '\ud800'] },
      { name: 't', datatype: 'BYTES', shape: [-1] },
    );
    expect(texts.data).toEqual(['a b', '\ufffd']);
  });

  it('writes floats short but exact, and what JSON has no form for', () => {
    for (const value of [0.1, 1 / 3, 1e-20, 123456.789, 0.98199])
      expect(Math.fround(shortFloat(Math.fround(value)) ?? 0)).toBe(Math.fround(value));
    expect(String(shortFloat(Math.fround(0.1)))).toBe('0.1');
    expect(writeData({ datatype: 'FP64', shape: [2], data: Float64Array.of(Number.NaN, 1) })).toEqual([null, 1]);
    expect(writeData({ datatype: 'INT64', shape: [2], data: BigInt64Array.of(5n, 2n ** 62n) })).toEqual([
      5,
      '4611686018427387904',
    ]);
    expect(writeData({ datatype: 'BOOL', shape: [1], data: Uint8Array.of(1) })).toEqual([true]);
  });
});

import { describe, expect, it } from 'vitest';
import { classifierSignature, modelText, signatureSchema } from './signature.ts';

describe('signature', () => {
  it('describes one input a field and the two outputs', () => {
    const signature = classifierSignature(
      [
        { name: 'body', kind: 'text' },
        { name: 'length', kind: 'number' },
      ],
      ['ham', 'spam'],
    );
    expect(signatureSchema.parse(signature)).toEqual(signature);
    expect(signature.inputs).toEqual([
      { name: 'body', datatype: 'BYTES', shape: [-1] },
      { name: 'length', datatype: 'FP32', shape: [-1] },
    ]);
    expect(signature.outputs[1]).toEqual({ name: 'probabilities', datatype: 'FP32', shape: [-1, 2] });
  });

  it('makes texts that UTF-8 and C strings can hold', () => {
    expect(modelText('a\ud800b')).toBe('a\ufffdb');
    expect(modelText('a\0b')).toBe('a b');
    expect(modelText(null)).toBe('');
    expect(modelText('plain')).toBe('plain');
  });
});

import { describe, expect, it } from 'vitest';
import type { Signature } from '#server/domain/signature.ts';
import { uploadedSignature } from './signature.view.ts';

const found: Signature = {
  inputs: [
    { name: 'body', datatype: 'BYTES', shape: [-1, 1] },
    { name: 'length', datatype: 'FP32', shape: [-1] },
  ],
  outputs: [
    { name: 'output_label', datatype: 'INT64', shape: [-1] },
    { name: 'output_probability', datatype: 'FP32', shape: [-1, 2] },
  ],
  classes: null,
  fields: [],
};

describe('the signature of an uploaded graph', () => {
  it('takes class names from the person and kinds from the tensors', () => {
    const signature = uploadedSignature(found, { classes: ['ham', 'spam'] });
    expect(signature.classes).toEqual(['ham', 'spam']);
    expect(signature.fields).toEqual([
      { name: 'body', kind: 'text' },
      { name: 'length', kind: 'number' },
    ]);
  });

  it('takes kinds from the person where given', () => {
    const signature = uploadedSignature(found, { classes: ['ham', 'spam'], fields: [{ name: 'body', kind: 'category' }] });
    expect(signature.fields[0]).toEqual({ name: 'body', kind: 'category' });
  });

  it('refuses what could not be served, in words', () => {
    expect(() => uploadedSignature(found, {})).toThrow(/hold the names of its classes/);
    expect(() => uploadedSignature(found, { classes: ['a', 'b', 'c'] })).toThrow(/2 probabilities a row, but 3 class names/);
    expect(() => uploadedSignature(found, { classes: ['a', 'a'] })).toThrow(/same name/);
    expect(() => uploadedSignature(found, { classes: ['a', 'b'], fields: [{ name: 'x', kind: 'text' }] })).toThrow(/no input x/);
    const wide = { ...found, inputs: [{ name: 'image', datatype: 'FP32' as const, shape: [-1, 3, 4] }] };
    expect(() => uploadedSignature(wide, { classes: ['a', 'b'] })).toThrow(/takes 12 values a row/);
  });
});

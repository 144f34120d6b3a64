/**
 * What a model takes and gives, in the words of the Open Inference Protocol.
 * `-1` in a shape is the batch dimension. `classes` is null for a model that is no classifier.
 */
import { z } from 'zod';

export const tensorDatatype = z.enum(['BYTES', 'FP32', 'FP64', 'INT64', 'INT32', 'BOOL']);
export type TensorDatatype = z.infer<typeof tensorDatatype>;

export const tensorSpec = z.object({
  name: z.string(),
  datatype: tensorDatatype,
  shape: z.array(z.number().int()),
});
export type TensorSpec = z.infer<typeof tensorSpec>;

export const fieldKind = z.enum(['text', 'number', 'category']);
export type FieldKind = z.infer<typeof fieldKind>;

export const signatureSchema = z.object({
  inputs: z.array(tensorSpec),
  outputs: z.array(tensorSpec),
  classes: z.array(z.string()).nullable(),
  fields: z.array(z.object({ name: z.string(), kind: fieldKind })),
});
export type Signature = z.infer<typeof signatureSchema>;

/** The name of the output with the chosen class, one string a row. */
export const LABEL_OUTPUT = 'label';
/** The name of the output with one probability a class, in the order of `classes`. */
export const PROBABILITIES_OUTPUT = 'probabilities';

/** The signature of a built-in classifier: one input a field, `label` [N] and `probabilities` [N, K]. */
export function classifierSignature(fields: Signature['fields'], classes: string[]): Signature {
  return {
    inputs: fields.map(({ name, kind }) => ({ name, datatype: kind === 'number' ? 'FP32' : 'BYTES', shape: [-1] })),
    outputs: [
      { name: LABEL_OUTPUT, datatype: 'BYTES', shape: [-1] },
      { name: PROBABILITIES_OUTPUT, datatype: 'FP32', shape: [-1, classes.length] },
    ],
    classes,
    fields,
  };
}

/**
 * A text exactly as a model sees it, in training and in serving. Lone surrogates become U+FFFD, because UTF-8 can't
 * hold them; NUL becomes a space, because runtimes that pass C strings would cut the text there. Null is the empty text.
 */
export function modelText(value: string | null | undefined): string {
  if (value === null || value === undefined) return '';
  const wellFormed = value.toWellFormed();
  return wellFormed.includes('\0') ? wellFormed.replaceAll('\0', ' ') : wellFormed;
}

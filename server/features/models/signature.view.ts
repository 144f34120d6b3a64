import type { FieldKind, Signature, TensorSpec } from '#server/domain/signature.ts';
import { DomainError } from '#server/errors.ts';

/**
 * The signature of an uploaded graph: what was found in it, with class names and kinds of fields from the person who
 * uploads where the graph doesn't say them.
 * @throws INVALID when it can't answer rows of named fields, or the class names don't fit
 */
export function uploadedSignature(
  found: Signature,
  given: { classes?: string[] | undefined; fields?: { name: string; kind: FieldKind }[] | undefined },
): Signature {
  const wide = found.inputs.find((input) => valuesPerRow(input) !== 1);
  if (wide) {
    throw new DomainError(
      'INVALID',
      `Input ${wide.name} takes ${valuesPerRow(wide)} values a row [${wide.shape.join(', ')}]. Each input must take one value a row, of shape [N] or [N, 1].`,
    );
  }
  const classes = given.classes ?? found.classes;
  const width = probabilityWidth(found.outputs);
  if (!classes && !answersNumber(found.outputs)) {
    throw new DomainError(
      'INVALID',
      'The graph doesn’t hold the names of its classes. Give them in the order of its probabilities.',
    );
  }
  if (classes && new Set(classes).size !== classes.length) throw new DomainError('INVALID', 'Two classes have the same name.');
  if (classes && width !== null && width > 0 && width !== classes.length) {
    throw new DomainError(
      'INVALID',
      `The graph gives ${width} probabilities a row, but ${classes.length} class names were given.`,
    );
  }
  const inputs = new Set(found.inputs.map((input) => input.name));
  const unknown = given.fields?.find((field) => !inputs.has(field.name));
  if (unknown) throw new DomainError('INVALID', `The graph has no input ${unknown.name}.`);
  const kinds = new Map(given.fields?.map((field) => [field.name, field.kind]));
  return {
    ...found,
    classes,
    fields: found.inputs.map((input) => ({ name: input.name, kind: kinds.get(input.name) ?? kindOf(input) })),
  };
}

/** One number a row and nothing else: a graph that predicts a quantity or a score, and needs no classes. */
function answersNumber(outputs: TensorSpec[]): boolean {
  return outputs.every((output) => output.datatype.startsWith('FP') && valuesPerRow(output) === 1);
}

function kindOf(input: TensorSpec): FieldKind {
  return input.datatype === 'BYTES' ? 'text' : 'number';
}

function valuesPerRow(input: TensorSpec): number {
  return input.shape.slice(1).reduce((product, size) => product * size, 1);
}

/** Classes by the shape of the probabilities; null when the graph gives none, -1 when it leaves them open. */
function probabilityWidth(outputs: TensorSpec[]): number | null {
  const probabilities = outputs.find((output) => output.shape.length === 2 && output.datatype.startsWith('FP'));
  return probabilities?.shape[1] ?? null;
}

/**
 * Whether callers of a deployment can go on when another version answers: what they send against what it takes. A
 * version needs every field of its own (null stands for a missing value), and refuses fields that it doesn't know.
 */
import type { Signature } from './signature.ts';

export type Field = Signature['fields'][number];

export type Misfit = { field: string; problem: 'not-sent' | 'not-taken' | 'other-form' };

/** What of `sent` doesn't fit `taken`; empty when callers notice nothing. Text and categories are both strings. */
export function misfits(sent: readonly Field[], taken: readonly Field[]): Misfit[] {
  const kinds = new Map(sent.map((field) => [field.name, field.kind]));
  const known = new Set(taken.map((field) => field.name));
  return [
    ...taken.filter((field) => !kinds.has(field.name)).map(({ name }): Misfit => ({ field: name, problem: 'not-sent' })),
    ...sent.filter((field) => !known.has(field.name)).map(({ name }): Misfit => ({ field: name, problem: 'not-taken' })),
    ...taken
      .filter((field) => kinds.has(field.name) && (kinds.get(field.name) === 'number') !== (field.kind === 'number'))
      .map(({ name }): Misfit => ({ field: name, problem: 'other-form' })),
  ];
}

/** The misfits as the end of a sentence that begins with the version: "needs region, which isn't sent". Null for none. */
export function misfitWords(found: readonly Misfit[]): string | null {
  const names = (problem: Misfit['problem']) =>
    found
      .filter((misfit) => misfit.problem === problem)
      .map((misfit) => misfit.field)
      .join(', ');
  const [needs, refuses, changed] = [names('not-sent'), names('not-taken'), names('other-form')];
  const parts = [
    needs && `needs ${needs}, which isn't sent`,
    refuses && `doesn't take ${refuses}, which is sent`,
    changed && `takes ${changed} in another form than is sent`,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(', and ') : null;
}

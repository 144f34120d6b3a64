/**
 * The short notation of changes, divided by `;`, each perhaps for named fields only (`in subject: upper`):
 *   typos 5% x3 · upper · lower · title · mixed · punctuation · whitespace
 *   synonyms good | great | fine · swap Anna | Bob · append "Thank you." | "Bye." · prepend "Hi."
 *   replace "gold" -> "silver" · set from = example.org · add amount 10 · missing body
 */
import { fail, ok, type Parsed, unquote } from './notation.ts';
import type { CaseForm } from './perturb.ts';
import type { TestedModel } from './test.schema.ts';

/** `fields` null: every text field (for swaps also every category). */
export type Change = { fields: string[] | null } & (
  | { kind: 'typos'; share: number; times: number }
  | { kind: 'case'; form: CaseForm }
  | { kind: 'punctuation' }
  | { kind: 'whitespace' }
  | { kind: 'synonyms'; words: string[] }
  | { kind: 'swap'; words: string[] }
  | { kind: 'append'; texts: string[] }
  | { kind: 'prepend'; texts: string[] }
  | { kind: 'replace'; from: string; to: string }
  | { kind: 'set'; value: string }
  | { kind: 'add'; by: number }
  | { kind: 'missing' }
);

const MOST_TIMES = 20;
const HELP =
  'Changes are typos 5%, upper, lower, title, mixed, punctuation, whitespace, synonyms a | b, swap A | B, append "…", prepend "…", replace "a" -> "b", set field = value, add field 10, missing field.';

/** Reads the cell "changes" of a row. */
export function parseChanges(text: string, fields: TestedModel['fields']): Parsed<Change[]> {
  const changes: Change[] = [];
  for (const part of splitOutsideQuotes(text, ';')) {
    if (part.trim() === '') continue;
    const change = parseChange(part.trim(), fields);
    if (!change.ok) return change;
    changes.push(change.value);
  }
  return ok(changes);
}

function parseChange(text: string, known: TestedModel['fields']): Parsed<Change> {
  const scoped = /^in\s+([^:]+):\s*(.+)$/is.exec(text);
  const fields = scoped ? (scoped[1] ?? '').split(',').map((name) => unquote(name)) : null;
  const stranger = fields?.find((name) => !known.some((field) => field.name === name));
  if (stranger !== undefined) return unknownField(stranger, known);
  const body = scoped?.[2] ?? text;
  const [, verb = '', rest = ''] = /^(\w+)\s*(.*)$/s.exec(body) ?? [];
  switch (verb.toLowerCase()) {
    case 'typos': {
      const found = /^(?:([\d.]+)\s*%)?\s*(?:x\s*(\d+))?$/i.exec(rest.trim());
      if (!found) return fail('Write the share of letters and perhaps how often: typos 5% x3.');
      const share = Math.min(0.5, Number(found[1] ?? 5) / 100);
      return ok({ fields, kind: 'typos', share, times: Math.min(MOST_TIMES, Math.max(1, Number(found[2] ?? 1))) });
    }
    case 'upper':
    case 'lower':
    case 'title':
    case 'mixed':
      return ok({ fields, kind: 'case', form: verb.toLowerCase() as CaseForm });
    case 'punctuation':
    case 'whitespace':
      return ok({ fields, kind: verb.toLowerCase() as 'punctuation' | 'whitespace' });
    case 'synonyms':
    case 'swap': {
      const words = listOf(rest);
      if (words.length < 2) return fail(`Write two words at least: ${verb} one | another.`);
      return ok({ fields, kind: verb.toLowerCase() as 'synonyms' | 'swap', words });
    }
    case 'append':
    case 'prepend': {
      const texts = listOf(rest);
      if (texts.length === 0) return fail(`Write the text to add: ${verb} "Thank you."`);
      return ok({ fields, kind: verb.toLowerCase() as 'append' | 'prepend', texts });
    }
    case 'replace': {
      const [from, to] = splitOutsideQuotes(rest, '->').map((side) => unquote(side));
      if (!from || to === undefined) return fail('Write what becomes what: replace "gold" -> "silver".');
      return ok({ fields, kind: 'replace', from, to });
    }
    case 'set': {
      const found = /^(.+?)\s*=\s*(.*)$/s.exec(rest);
      if (!found) return fail('Write the field and its new value: set from = example.org.');
      return inField(unquote(found[1] ?? ''), known, (name) => ({ fields: [name], kind: 'set', value: unquote(found[2] ?? '') }));
    }
    case 'add': {
      const found = /^(.+?)\s+([-+]?[\d.]+(?:e[-+]?\d+)?)$/is.exec(rest);
      if (!found) return fail('Write the field and what is added: add amount 10.');
      const name = unquote(found[1] ?? '');
      if (known.some((field) => field.name === name && field.kind !== 'number'))
        return fail(`${name} is no number, so nothing can be added to it.`);
      return inField(name, known, () => ({ fields: [name], kind: 'add', by: Number(found[2]) }));
    }
    case 'missing':
      return inField(unquote(rest), known, (name) => ({ fields: [name], kind: 'missing' }));
    default:
      return fail(`"${body.slice(0, 40)}" is no change. ${HELP}`);
  }
}

function inField(name: string, known: TestedModel['fields'], make: (name: string) => Change): Parsed<Change> {
  return known.some((field) => field.name === name) ? ok(make(name)) : unknownField(name, known);
}

function unknownField(name: string, known: TestedModel['fields']) {
  return fail(`The model has no field "${name}". It has ${known.map((field) => field.name).join(', ')}.`);
}

function listOf(text: string): string[] {
  return splitOutsideQuotes(text, '|')
    .map((word) => unquote(word))
    .filter((word) => word !== '');
}

/** Parts of a text between separators that stand outside of quotation marks. */
export function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts: string[] = [];
  let quoted = false;
  let from = 0;
  for (let i = 0; i < text.length; i += 1) {
    if (text[i] === '"' && text[i - 1] !== '\\') quoted = !quoted;
    else if (!quoted && text.startsWith(separator, i)) {
      parts.push(text.slice(from, i));
      from = i + separator.length;
      i = from - 1;
    }
  }
  return [...parts, text.slice(from)];
}

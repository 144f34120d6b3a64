import type { DisplayColumn } from '#server/features/labeling/labeling.schema.ts';
import type { CellValue } from '#server/features/labeling/queue.schema.ts';

export type Field = { name: string; kind: DisplayColumn['kind']; value: CellValue };
export type Arranged = {
  /** One line above the text: a mail's subject. */
  title: string | null;
  /** Short facts around the text: sender, date. */
  meta: Field[];
  /** What is to be read. */
  body: Field[];
};

const TITLE = /^(subject|title|headline)$/i;

/** Divides the columns of an item into what is read and what stands around it. A table without text is all body. */
export function arrangeItem(columns: readonly DisplayColumn[], data: Readonly<Record<string, CellValue>>): Arranged {
  const fields = columns.map((column) => ({ ...column, value: data[column.name] ?? null }));
  const texts = fields.filter((field) => field.kind === 'text');
  if (texts.length === 0) return { title: null, meta: [], body: fields };
  const titled = texts.find((field) => TITLE.test(field.name));
  return {
    title: titled ? shown(titled.value) : null,
    meta: fields.filter((field) => field.kind !== 'text'),
    body: texts.filter((field) => field !== titled),
  };
}

/** A value as text; an empty string where there is none. */
export function shown(value: CellValue): string {
  return value === null ? '' : String(value);
}

/** The characters that an item gives to read. */
export function countCharacters(body: readonly Field[]): number {
  return body.reduce((sum, field) => sum + (field.kind === 'text' ? shown(field.value).length : 0), 0);
}

/** Paragraphs of a plain text; single line breaks stay within them. */
export function paragraphs(text: string): string[] {
  return text
    .replaceAll('\r\n', '\n')
    .split(/\n[ \t]*\n+/)
    .map((part) => part.replace(/^\n+|\s+$/g, ''))
    .filter((part) => part !== '');
}

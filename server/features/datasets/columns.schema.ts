import { z } from 'zod';

/** What a column is for. `ignore` columns aren't stored. */
export const COLUMN_KINDS = ['text', 'number', 'category', 'label', 'time', 'key', 'ignore'] as const;
export const columnKind = z.enum(COLUMN_KINDS);
export type ColumnKind = z.infer<typeof columnKind>;

/** Columns that every version has beside the user's own: position, part of the split, and where the label came from. */
export const SYSTEM_COLUMNS = ['_row', '_split', '_label_source'] as const;
export type SystemColumn = (typeof SYSTEM_COLUMNS)[number];

const columnName = z.string().min(1, 'A column needs a name.').max(200, 'A column name has at most 200 characters.');

export const columnSchema = z.object({ name: columnName, kind: columnKind });
export type Column = z.infer<typeof columnSchema>;

/** One column of a file and what becomes of it; `source` is its name in the file where that differs. */
export const importColumnSchema = columnSchema.extend({ source: z.string().max(1000).optional() });
export type ImportColumn = z.infer<typeof importColumnSchema>;

/** Columns of a version made from raw mails. */
export const MAIL_COLUMNS: readonly Column[] = [
  { name: 'id', kind: 'key' },
  { name: 'received_at', kind: 'time' },
  { name: 'from_domain', kind: 'category' },
  { name: 'subject', kind: 'text' },
  { name: 'body', kind: 'text' },
  { name: 'label', kind: 'label' },
];

/** Most columns that a version may have. */
export const MAX_COLUMNS = 500;

/** The columns that an import keeps. */
export const importColumnsSchema = z
  .array(importColumnSchema)
  .min(1)
  .max(MAX_COLUMNS, `A version has at most ${MAX_COLUMNS} columns.`)
  .superRefine((columns, ctx) => {
    const kept = columns.filter((column) => column.kind !== 'ignore');
    if (kept.length === 0) ctx.addIssue({ code: 'custom', message: 'Every column is set to ignore. Keep at least one.' });
    for (const kind of ['label', 'key'] as const) {
      const names = kept.filter((column) => column.kind === kind).map((column) => column.name);
      if (names.length > 1) {
        ctx.addIssue({
          code: 'custom',
          message: `A version has one ${kind} column, here are ${names.length}: ${names.join(', ')}.`,
        });
      }
    }
    const seen = new Set<string>();
    for (const { name } of kept) {
      const folded = name.toLowerCase();
      if (name.startsWith('_'))
        ctx.addIssue({ code: 'custom', message: `${name}: names that begin with _ are kept for Stagecraft.` });
      if (seen.has(folded)) ctx.addIssue({ code: 'custom', message: `Two columns are called ${name}.` });
      seen.add(folded);
    }
  });

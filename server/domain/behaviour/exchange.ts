/** Tests as CSV (for spreadsheets) and JSON Lines (for programs), both ways. A field of the input is a column `input.<field>`. */
import { readCsvRecords, sniffDelimiter } from '../data/csv-dialect.ts';
import { type TestText, testTextSchema } from './test.schema.ts';

export type Format = 'csv' | 'jsonl';
export type Imported = { rows: TestText[]; problems: { line: number; message: string }[] };

const PLAIN = ['kind', 'capability', 'name', 'severity', 'enabled', 'tags'] as const;
const LAST = ['changes', 'expect', 'note'] as const;
export const MOST_ROWS = 5000;

/** The rows as a file. */
export function writeTests(rows: readonly TestText[], format: Format, fields: readonly string[]): string {
  if (format === 'jsonl') return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  const names = [...new Set([...fields, ...rows.flatMap((row) => Object.keys(row.input))])];
  const head = [...PLAIN, ...names.map((name) => `input.${name}`), ...LAST];
  const lines = rows.map((row) => [
    row.kind,
    row.capability,
    row.name,
    row.severity,
    row.enabled ? 'yes' : 'no',
    row.tags.join(', '),
    ...names.map((name) => row.input[name] ?? ''),
    row.changes,
    row.expect,
    row.note,
  ]);
  return [head, ...lines].map((line) => `${line.map(csvCell).join(',')}\r\n`).join('');
}

/** Reads a file of tests. Lines that are none are named, with what is wrong; the others are taken. */
export function readTests(text: string, format: Format, fields: readonly { name: string; kind: string }[]): Imported {
  const found = format === 'jsonl' ? readLines(text) : readTable(text, fields);
  const rows: TestText[] = [];
  const problems = [...found.problems];
  for (const { line, value } of found.rows.slice(0, MOST_ROWS)) {
    const parsed = testTextSchema.safeParse(value);
    if (parsed.success) rows.push(parsed.data);
    else
      problems.push({
        line,
        message: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '),
      });
  }
  if (found.rows.length > MOST_ROWS)
    problems.push({ line: MOST_ROWS + 1, message: `Only the first ${MOST_ROWS} rows are taken.` });
  return { rows, problems: problems.sort((a, b) => a.line - b.line) };
}

type Raw = { rows: { line: number; value: unknown }[]; problems: { line: number; message: string }[] };

function readLines(text: string): Raw {
  const raw: Raw = { rows: [], problems: [] };
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    try {
      raw.rows.push({ line: index + 1, value: JSON.parse(line) });
    } catch {
      raw.problems.push({ line: index + 1, message: 'This line is no JSON.' });
    }
  }
  return raw;
}

function readTable(text: string, fields: readonly { name: string; kind: string }[]): Raw {
  const records = readCsvRecords(text.replace(/^\uFEFF/, ''), sniffDelimiter(text), MOST_ROWS + 2);
  const head = records[0]?.map((cell) => cell.trim()) ?? [];
  const known = new Set<string>([...PLAIN, ...LAST]);
  const inputOf = (name: string) => {
    const bare = name.startsWith('input.') ? name.slice(6) : known.has(name.toLowerCase()) ? null : name;
    return bare === null ? null : (fields.find((field) => field.name === bare) ?? null);
  };
  const strangers = head.filter((name) => name !== '' && !known.has(name.toLowerCase()) && !inputOf(name));
  if (!head.some((name) => inputOf(name))) {
    return {
      rows: [],
      problems: [
        {
          line: 1,
          message: `The first line names the columns; it must name a field of the model: ${fields.map((field) => `input.${field.name}`).join(', ')}.`,
        },
      ],
    };
  }
  const problems = strangers.map((name) => ({
    line: 1,
    message: `Column "${name}" is neither a field of the model nor one of ${[...known].join(', ')}; it is left out.`,
  }));
  const rows = records.slice(1).map((record, index) => ({ line: index + 2, value: rowOf(head, record, inputOf) }));
  return { rows, problems };
}

function rowOf(head: string[], record: string[], inputOf: (name: string) => { name: string; kind: string } | null): unknown {
  const value: Record<string, unknown> = { kind: 'minimum' };
  const input: Record<string, string | number | null> = {};
  for (const [index, name] of head.entries()) {
    const cell = record[index] ?? '';
    const field = inputOf(name);
    const key = name.toLowerCase();
    if (field)
      input[field.name] = cell === '' ? null : field.kind === 'number' && Number.isFinite(Number(cell)) ? Number(cell) : cell;
    else if (key === 'enabled') value.enabled = !/^(no|false|0|off)$/i.test(cell.trim());
    else if (key === 'tags')
      value.tags = cell
        .split(',')
        .map((tag) => tag.trim())
        .filter((tag) => tag !== '');
    else if (key === 'kind') value.kind = kindOf(cell);
    else if (key === 'severity') value.severity = cell.trim() === '' ? 'advisory' : cell.trim().toLowerCase();
    else value[key] = cell;
  }
  return { ...value, input };
}

/** CheckList's own short names are understood too. */
export function kindOf(cell: string): string {
  const word = cell.trim().toLowerCase();
  return { '': 'minimum', mft: 'minimum', inv: 'invariance', dir: 'directional' }[word] ?? word;
}

/** RFC 4180, and nothing that a spreadsheet would run as a formula. */
function csvCell(value: string | number): string {
  const text = String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) && !Number.isFinite(Number(text)) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

import type { ExplorerRow, FoundRow } from './rows.schema.ts';

const SHOWN_FIELDS = 3;
/** Labels of a question: keys in this order; S and G belong to the labeling screen. */
const HOTKEYS = [...'123456789abcdefhijklmnopqrtuvwxyz'];
const MOST_LABELS = 30;
const COLORS = 5;

/** A few columns to know a row by, categories and texts first, as they stand in the dataset. */
export function shownColumns(columns: readonly { name: string; kind: string }[]): string[] {
  return columns
    .filter(({ kind }) => kind === 'category' || kind === 'text' || kind === 'number')
    .slice(0, SHOWN_FIELDS)
    .map((column) => column.name);
}

export function toExplorerRow(row: FoundRow, shown: readonly string[], tags: string[]): ExplorerRow {
  return {
    row: row.row,
    fields: shown.map((name, index) => ({ name, value: (row.cells[index] ?? '').replace(/\s+/g, ' ').trim() })),
    truth: row.truth,
    candidate: { label: row.label, confidence: row.confidence },
    incumbent: row.before === null ? null : { label: row.before, confidence: row.beforeConfidence },
    tags,
  };
}

/** Classes of a model as the labels of a question. */
export function toLabels(classes: readonly string[]) {
  return classes.slice(0, MOST_LABELS).map((name, index) => ({
    name,
    color: 1 + (index % COLORS),
    hotkey: HOTKEYS[index] ?? '1',
    description: '',
  }));
}

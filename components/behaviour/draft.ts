import type { TestText } from '#server/domain/behaviour/test.schema.ts';
import type { Test } from '#server/features/behaviour/behaviour.schema.ts';

/** A row of the editor: its words as they stand there, and the kept row that they come from. The key stays when it is saved. */
export type Draft = { key: string; text: TestText; saved: Test | null };

/** The words of a kept row. */
export function textOf(test: Test): TestText {
  const { kind, capability, name, severity, enabled, tags, input, expect, changes, note } = test;
  return { kind, capability, name, severity, enabled, tags, input, expect, changes, note };
}

export function isChanged({ text, saved }: Draft): boolean {
  return saved === null ? !isBlank(text) : JSON.stringify(text) !== JSON.stringify(textOf(saved));
}

/** A row in which nobody has written anything yet: it is neither asked nor kept. */
export function isBlank(text: TestText): boolean {
  return text.expect === '' && text.changes === '' && Object.values(text.input).every((cell) => cell === null || cell === '');
}

/** A new row of the kind and capability of the one before it. */
export function newDraft(key: string, like: Draft | undefined): Draft {
  const kind = like && like.text.kind !== 'regression' ? like.text.kind : 'minimum';
  return {
    key,
    saved: null,
    text: {
      kind,
      capability: like && like.text.kind !== 'regression' ? like.text.capability : '',
      name: like && like.text.kind !== 'regression' ? like.text.name : '',
      severity: like?.text.severity ?? 'advisory',
      enabled: true,
      tags: [],
      input: {},
      expect: '',
      changes: kind === 'invariance' ? (like?.text.changes ?? '') : '',
      note: '',
    },
  };
}

/**
 * The rows of the editor after those that are kept have changed: what I changed stays mine, what I took away stays
 * away, everything else is as it is kept now.
 * @param o.theirs ids of rows that I give up, because somebody else was faster
 */
export function syncDrafts(
  drafts: readonly Draft[],
  tests: readonly Test[],
  o: { removed?: ReadonlySet<string>; theirs?: ReadonlySet<string> } = {},
): Draft[] {
  const mine = new Map(drafts.map((draft) => [draft.saved?.id ?? draft.key, draft]));
  const kept = tests.flatMap((test): Draft[] => {
    if (o.removed?.has(test.id) && !o.theirs?.has(test.id)) return [];
    const draft = mine.get(test.id);
    if (draft && isChanged(draft) && !o.theirs?.has(test.id)) return [draft];
    return [{ key: draft?.key ?? test.id, text: textOf(test), saved: test }];
  });
  return [...kept, ...drafts.filter((draft) => draft.saved === null)];
}

/** The cells of a row in the order of the grid: what is pasted fills them from the one with the caret. */
export function gridColumns(fields: readonly string[]): string[] {
  return ['kind', 'capability', ...fields.map((name) => `input.${name}`), 'changes', 'expect'];
}

/** A row with one cell written. */
export function withCell(
  text: TestText,
  column: string,
  value: string,
  fields: readonly { name: string; kind: string }[],
): TestText {
  if (column.startsWith('input.')) {
    const name = column.slice(6);
    const number = fields.some((field) => field.name === name && field.kind === 'number');
    const cell = value === '' ? null : number && Number.isFinite(Number(value)) ? Number(value) : value;
    return { ...text, input: { ...text.input, [name]: cell } };
  }
  if (column === 'kind') return { ...text, kind: kindFrom(value) ?? text.kind };
  if (column === 'capability') return { ...text, capability: value.replace(/["\r\n]/g, '').slice(0, 120) };
  return { ...text, [column]: value };
}

/** What a cell of a row shows. */
export function cellOf(text: TestText, column: string): string {
  if (column.startsWith('input.')) return String(text.input[column.slice(6)] ?? '');
  if (column === 'kind') return text.kind;
  if (column === 'capability') return text.capability;
  return column === 'changes' ? text.changes : text.expect;
}

function kindFrom(word: string): TestText['kind'] | null {
  const lower = word.trim().toLowerCase();
  if (['minimum', 'mft'].includes(lower)) return 'minimum';
  if (['invariance', 'inv'].includes(lower)) return 'invariance';
  if (['directional', 'dir'].includes(lower)) return 'directional';
  return null;
}

/** Rows with a block of cells written from one cell on; rows that lack are added. */
export function pasteCells(
  drafts: readonly Draft[],
  o: {
    row: number;
    column: string;
    records: readonly string[][];
    fields: readonly { name: string; kind: string }[];
    shown: readonly string[];
    newKey: () => string;
  },
): Draft[] {
  const columns = gridColumns(o.shown);
  const first = columns.indexOf(o.column);
  const next = [...drafts];
  for (const [index, record] of o.records.entries()) {
    const at = o.row + index;
    const draft = next[at] ?? newDraft(o.newKey(), next[at - 1]);
    const text = record.reduce((words, cell, offset) => {
      const column = columns[first + offset];
      return column === undefined ? words : withCell(words, column, cell, o.fields);
    }, draft.text);
    next[at] = { ...draft, text };
  }
  return next;
}

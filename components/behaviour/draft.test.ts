import { describe, expect, it } from 'vitest';
import { testTextSchema } from '#server/domain/behaviour/test.schema.ts';
import type { Test } from '#server/features/behaviour/behaviour.schema.ts';
import { isChanged, newDraft, pasteCells, syncDrafts, withCell } from './draft.ts';

const FIELDS = [
  { name: 'body', kind: 'text' },
  { name: 'links', kind: 'number' },
];
const kept = (id: string, expected = 'spam', version = 1): Test => ({
  ...testTextSchema.parse({ kind: 'minimum', capability: 'prizes', input: { body: 'win' }, expect: expected }),
  id,
  version,
  origin: null,
  createdByName: 'Sam',
  updatedByName: 'Sam',
  updatedAt: new Date(0),
});
let keys = 0;
const newKey = () => `new-${++keys}`;

describe('rows of the editor', () => {
  it('mine stay mine when others write, everything else is as it is kept', () => {
    const drafts = syncDrafts([], [kept('a'), kept('b'), kept('c')]);
    const [a] = drafts as [(typeof drafts)[number]];
    const changed = [
      { ...a, text: { ...a.text, expect: 'ham' } },
      ...drafts.slice(1),
      { ...newDraft('new', a), text: { ...a.text, expect: 'new' } },
    ];
    const next = syncDrafts(changed, [kept('a', 'theirs', 2), kept('b', 'theirs', 2), kept('d')], { removed: new Set(['c']) });
    expect(next.map((draft) => [draft.key, draft.text.expect])).toEqual([
      ['a', 'ham'],
      ['b', 'theirs'],
      ['d', 'spam'],
      ['new', 'new'],
    ]);
    expect(next.map(isChanged)).toEqual([true, false, false, true]);
    expect(syncDrafts(next, [kept('a', 'theirs', 2)], { theirs: new Set(['a']) })[0]?.text.expect).toBe('theirs');
  });

  it('a new row goes on with the kind and capability of the one before it, and isn’t kept while it is blank', () => {
    const [a] = syncDrafts([], [kept('a')]) as [ReturnType<typeof newDraft>];
    const fresh = newDraft('x', a);
    expect(fresh.text).toMatchObject({ kind: 'minimum', capability: 'prizes', input: {}, expect: '' });
    expect(isChanged(fresh)).toBe(false);
  });

  it('a figure becomes a figure, an empty cell a missing one', () => {
    const text = kept('a');
    expect(withCell(text, 'input.links', '12', FIELDS).input.links).toBe(12);
    expect(withCell(text, 'input.links', 'many', FIELDS).input.links).toBe('many');
    expect(withCell(text, 'input.body', '', FIELDS).input.body).toBeNull();
    expect(withCell(text, 'kind', 'INV', FIELDS).kind).toBe('invariance');
  });

  it('a block from a spreadsheet fills cells to the right and below, and adds rows', () => {
    const drafts = syncDrafts([], [kept('a')]);
    const next = pasteCells(drafts, {
      row: 0,
      column: 'input.body',
      records: [
        ['one', '1', '', 'ham'],
        ['two', '2', 'upper', 'spam'],
      ],
      fields: FIELDS,
      shown: ['body', 'links'],
      newKey,
    });
    expect(next.map(({ text }) => [text.input, text.changes, text.expect])).toEqual([
      [{ body: 'one', links: 1 }, '', 'ham'],
      [{ body: 'two', links: 2 }, 'upper', 'spam'],
    ]);
  });
});

import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { type ChainedFields, type ChainRow, canonicalOf, FORM } from './canonical.ts';
import { ChainVerifier, type SignedHead } from './verify.ts';

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

function entry(n: number, over: Partial<ChainedFields> = {}): ChainedFields {
  return {
    id: `entry-${n}`,
    projectId: null,
    at: String(1_000_000 + n),
    actorKind: 'user',
    actorId: null,
    actorName: 'Rita',
    action: 'promotion.approved',
    targetType: 'promotion_request',
    targetId: `r${n}`,
    targetName: `spam-filter v${n}`,
    reason: 'ünïcode 🎭',
    details: '{}',
    ...over,
  };
}

function link(seq: number, prev: string, e: ChainedFields): ChainRow {
  return { seq, entryId: e.id, prev, hash: sha256(canonicalOf(seq, prev, e)), entry: e };
}

function chain(n: number): ChainRow[] {
  const rows: ChainRow[] = [];
  for (let i = 1; i <= n; i += 1) rows.push(link(i, rows.at(-1)?.hash ?? sha256(FORM), entry(i)));
  return rows;
}

function verify(rows: ChainRow[], heads: SignedHead[] = [], outside: ChainedFields[] = []) {
  const verifier = new ChainVerifier(sha256, heads);
  for (const row of rows) verifier.add(row);
  const { problems, problemCount } = verifier.finish(outside);
  expect(problemCount).toBe(problems.length);
  return problems.map((p) => [p.kind, p.seq]);
}

const head = (row: ChainRow | undefined, valid = true): SignedHead => ({
  seq: row?.seq ?? 0,
  hash: row?.hash ?? '',
  at: '2026-01-01T03:00:00.000Z',
  keyId: 'k',
  valid,
});

test('a chain that nobody touched has no problems', () => {
  const rows = chain(9);
  expect(verify(rows, [head(rows[4]), head(rows[8])])).toEqual([]);
});

test('the length of a field is counted in bytes, so that fields can’t run into each other', () => {
  expect(canonicalOf(1, 'ab', entry(1, { reason: null }))).toContain(',~,2:{}');
  expect(canonicalOf(1, 'ab', entry(1))).toContain(`,${Buffer.byteLength('ünïcode 🎭')}:ünïcode 🎭,`);
});

test('a changed entry is named', () => {
  const rows = chain(9);
  rows[4] = { ...(rows[4] as ChainRow), entry: entry(5, { actorName: 'Mallory' }) };
  const verifier = new ChainVerifier(sha256);
  for (const row of rows) verifier.add(row);
  expect(verifier.finish().problems).toEqual([
    {
      kind: 'changed',
      seq: 5,
      entryId: 'entry-5',
      entry: {
        at: new Date(1_000_005).toISOString(),
        actor: 'Mallory',
        action: 'promotion.approved',
        target: 'spam-filter v5',
      },
      sentence: `Entry 5 was changed and doesn't fit its hash: promotion.approved of spam-filter v5 by Mallory, ${new Date(1_000_005).toISOString()}.`,
    },
  ]);
});

test('a changed entry with its hash made anew breaks the chain behind it', () => {
  const rows = chain(9);
  rows[4] = link(5, rows[3]?.hash ?? '', entry(5, { actorName: 'Mallory' }));
  expect(verify(rows)).toEqual([['changed', 5]]);
});

test('a removed entry: alone, with its link, several, and with the rest numbered anew', () => {
  const rows = chain(9);
  expect(verify(rows.map((row) => (row.seq === 5 ? { ...row, entry: null } : row)))).toEqual([['removed', 5]]);
  expect(verify(rows.filter((row) => row.seq !== 5))).toEqual([['removed', 5]]);
  expect(verify(rows.filter((row) => row.seq < 4 || row.seq > 6))).toEqual([['removed', 4]]);
  const closed = rows.filter((row) => row.seq !== 5).map((row, i) => ({ ...row, seq: i + 1 }));
  expect(verify(closed)).toEqual([['removed', 5]]);
});

test('entries that were cut off at the end are missed by the signed head', () => {
  const rows = chain(9);
  expect(verify(rows.slice(0, 6), [head(rows[8])])).toEqual([['removed', 9]]);
});

test('an inserted entry: past the chain, with the rest numbered anew, with a false date', () => {
  const rows = chain(9);
  expect(verify(rows, [], [entry(77)])).toEqual([['inserted', null]]);
  const before = rows[3]?.hash ?? '';
  const put = [...rows.slice(0, 4), link(5, before, entry(50)), ...rows.slice(4).map((row) => ({ ...row, seq: row.seq + 1 }))];
  expect(verify(put)).toContainEqual(['inserted', 6]);
  expect(verify([...rows, link(10, rows[8]?.hash ?? '', entry(10, { at: String(1_000_000 - 7_200_000) }))])).toEqual([
    ['inserted', 10],
  ]);
});

test('entries that changed places: under their links, or with them', () => {
  const rows = chain(9);
  const swap = (a: number, b: number, moved: (row: ChainRow, from: ChainRow) => ChainRow) =>
    rows.map((row) => {
      const from = row.seq === a ? rows[b - 1] : row.seq === b ? rows[a - 1] : undefined;
      return from ? moved(row, from) : row;
    });
  const under = (row: ChainRow, from: ChainRow): ChainRow => ({ ...row, entryId: from.entryId, entry: from.entry });
  const whole = (row: ChainRow, from: ChainRow): ChainRow => ({ ...from, seq: row.seq });
  for (const [a, b] of [
    [5, 6],
    [3, 8],
  ] as const) {
    const expected = [
      ['reordered', a],
      ['reordered', b],
    ];
    expect(verify(swap(a, b, under))).toEqual(expected);
    expect(verify(swap(a, b, whole))).toEqual(expected);
  }
});

test('a chain written anew from the first entry on fits itself, but not the head that was signed', () => {
  const rows = chain(9);
  const signed = head(rows[6]);
  const anew: ChainRow[] = [];
  for (const row of rows) {
    const e = entry(row.seq, row.seq === 2 ? { reason: 'nothing to see' } : {});
    anew.push(link(row.seq, anew.at(-1)?.hash ?? sha256(FORM), e));
  }
  expect(verify(anew)).toEqual([]);
  expect(verify(anew, [signed])).toEqual([['head-mismatch', 7]]);
  expect(verify(rows, [{ ...signed, valid: false }])).toEqual([['head-mismatch', 7]]);
});

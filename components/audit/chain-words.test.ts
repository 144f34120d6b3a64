import { expect, test } from 'vitest';
import type { ChainCheck, ChainState } from '#server/features/audit/chain.schema.ts';
import { chainNote, chainSentence } from './chain-words.ts';

const at = new Date('2026-01-02T03:00:00Z');
const check: ChainCheck = {
  id: 'c',
  status: 'intact',
  requestedBy: 'Stagecraft',
  createdAt: at,
  startedAt: at,
  endedAt: at,
  done: 3,
  total: 3,
  entries: 3,
  heads: 1,
  problemCount: 0,
  error: null,
};
const state: ChainState = {
  sealed: 12_304,
  unsealed: 0,
  sealedAt: at,
  head: { seq: 12_000, hash: 'ab', at, keyId: 'k' },
  open: null,
  last: check,
  problems: [],
  protected: true,
  mayVerify: false,
};
const words = { dayTime: () => 'today 03:00', ago: () => '2 s ago' };

test('the chain in a sentence', () => {
  expect(chainSentence(state, words)).toBe(
    '12,304 entries, unbroken, last sealed 2 s ago, last signed head today 03:00, verified today 03:00.',
  );
  expect(chainSentence({ ...state, last: null, head: null }, words)).toBe(
    '12,304 entries, not checked yet, last sealed 2 s ago, no head signed yet.',
  );
  expect(chainSentence({ ...state, last: { ...check, status: 'tampered', problemCount: 1 } }, words)).toContain(
    'broken in 1 place,',
  );
  expect(chainSentence({ ...state, sealed: 0, sealedAt: null }, words)).toBe('Nothing is recorded yet.');
});

test('what else there is to know', () => {
  expect(chainNote(state)).toBeNull();
  expect(chainNote({ ...state, unsealed: 1 })).toBe('1 entry waits for a place in the chain.');
  expect(chainNote({ ...state, protected: false })).toContain('docs/record.md');
  expect(chainNote({ ...state, last: { ...check, status: 'failed', error: 'the disk is full' } })).toContain('the disk is full');
});

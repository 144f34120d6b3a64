import { describe, expect, it } from 'vitest';
import { type EvidenceMade, type EvidenceNow, evidenceState } from './state.ts';

const at = new Date('2026-03-05T10:00:00Z');
const made: EvidenceMade = { at, graphKey: 'g', incumbentId: 'v3', goldHash: 'h', gates: 'r' };
const now: EvidenceNow = {
  at: new Date('2026-03-06T10:00:00Z'),
  graphKey: 'g',
  incumbent: { id: 'v3', name: 'v3', since: new Date('2026-03-01T00:00:00Z') },
  goldHash: 'h',
  gates: 'r',
  stage: 'production',
  keepsDays: null,
};
const kinds = (change: Partial<EvidenceNow>) => evidenceState(made, { ...now, ...change }).reasons.map(({ kind }) => kind);

describe('evidence', () => {
  it('is fresh while nothing changed', () => {
    expect(evidenceState(made, now)).toEqual({ fresh: true, reasons: [] });
    expect(evidenceState({ ...made, incumbentId: null }, { ...now, incumbent: null }).fresh).toBe(true);
  });

  it('is stale when what it compares with isn’t there, or came later', () => {
    expect(kinds({ incumbent: null })).toEqual(['incumbent']);
    expect(kinds({ incumbent: { id: 'v4', name: 'v4', since: at } })).toEqual(['incumbent']);
    expect(evidenceState(made, { ...now, incumbent: { id: 'v3', name: 'v3', since: now.at } }).reasons[0]?.sentence).toBe(
      'v3 came to production after the evidence was made.',
    );
  });

  it('is stale when gold, gates or the graph changed, or when it is too old', () => {
    expect(kinds({ goldHash: 'other' })).toEqual(['gold']);
    expect(kinds({ goldHash: null })).toEqual([]);
    expect(kinds({ gates: 'other' })).toEqual(['gates']);
    expect(kinds({ graphKey: 'other' })).toEqual(['graph']);
    expect(kinds({ keepsDays: 1 })).toEqual(['age']);
    expect(kinds({ keepsDays: 2 })).toEqual([]);
  });
});

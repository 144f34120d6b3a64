/** Whether evidence still speaks about the change that it would let happen. What is stale doesn't count. */

/** What the evidence was about when it was made. */
export type EvidenceMade = {
  at: Date;
  graphKey: string | null;
  /** The version that was in the stage; null when it was empty. */
  incumbentId: string | null;
  /** Hash of the gold rows; null where no suite was run. */
  goldHash: string | null;
  /** `gatesHash` of the gates that were judged. */
  gates: string;
};

/** The same as they are now. */
export type EvidenceNow = {
  at: Date;
  graphKey: string | null;
  incumbent: { id: string; name: string; since: Date } | null;
  goldHash: string | null;
  gates: string;
  stage: string;
  /** Evidence older than this many days is stale; null: it keeps. */
  keepsDays: number | null;
};

export type StaleReason = { kind: 'incumbent' | 'gold' | 'gates' | 'graph' | 'age'; sentence: string };
export type EvidenceState = { fresh: boolean; reasons: StaleReason[] };

const DAY = 86_400_000;

/** Compares what evidence was made of with what is there now. Each reason says what changed, in one sentence. */
export function evidenceState(made: EvidenceMade, now: EvidenceNow): EvidenceState {
  const reasons: StaleReason[] = [];
  const days = Math.floor((now.at.getTime() - made.at.getTime()) / DAY);
  if (made.graphKey !== null && made.graphKey !== now.graphKey)
    reasons.push({ kind: 'graph', sentence: 'The version’s graph isn’t the one that was judged.' });
  if ((now.incumbent?.id ?? null) !== made.incumbentId) {
    const there = now.incumbent ? `${now.incumbent.name} is` : 'No version is';
    reasons.push({ kind: 'incumbent', sentence: `${there} in ${now.stage} now, and the evidence compares with another one.` });
  } else if (now.incumbent && now.incumbent.since > made.at) {
    reasons.push({ kind: 'incumbent', sentence: `${now.incumbent.name} came to ${now.stage} after the evidence was made.` });
  }
  if (made.goldHash !== null && now.goldHash !== null && made.goldHash !== now.goldHash)
    reasons.push({ kind: 'gold', sentence: 'The rows that versions are judged on changed since.' });
  if (made.gates !== now.gates) reasons.push({ kind: 'gates', sentence: 'The gates changed since.' });
  if (now.keepsDays !== null && days >= now.keepsDays)
    reasons.push({ kind: 'age', sentence: `The evidence is ${days} days old; it keeps for ${now.keepsDays}.` });
  return { fresh: reasons.length === 0, reasons };
}

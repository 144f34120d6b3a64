/** An entry as its row holds it, with its place in the chain. */
export type EntryRow = {
  id: string;
  at: Date;
  actorKind: string;
  actorId: string | null;
  actorName: string;
  action: string;
  targetType: string;
  targetId: string;
  targetName: string;
  reason: string | null;
  details: unknown;
  seq: bigint | null;
};

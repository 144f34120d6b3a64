import type { RoutingEntry } from '#server/domain/rollout/routing.ts';
import type { LoggedOutcome, OutcomeConflict } from '#server/features/predictions/log.schema.ts';
import type { FindArtifact } from '#server/gateway/model-files.ts';
import type { SpoolSink } from '#server/gateway/spool/shipper.ts';
import type { TokenEntry } from '#server/gateway/token-book.ts';

/**
 * Everything that the gateway gets from the rest of the house, so that it knows no slice. `registry.ts` binds it.
 * Each call may fail while the database is away; the gateway then goes on with what it has.
 */
export type GatewaySources = SpoolSink & {
  loadRouting(): Promise<RoutingEntry[]>;
  loadTokens(): Promise<TokenEntry[]>;
  touchTokens(used: { id: string; at: Date }[]): Promise<void>;
  findArtifact: FindArtifact;
  /** Stores outcomes all or none. */
  saveOutcomes(outcomes: LoggedOutcome[]): Promise<{ stored: number; repeated: number; conflicts: OutcomeConflict[] }>;
};

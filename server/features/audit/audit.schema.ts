import { z } from 'zod';

const cursor = z.object({ at: z.date(), id: z.uuid() });

/** Which entries: each filter that is given must hold. */
export const auditFilter = z.object({
  /** Name of the actor, exactly. */
  actor: z.string().min(1).max(200).optional(),
  /** An action ('promotion.approved') or the beginning of several ('promotion.'). */
  action: z.string().min(1).max(100).optional(),
  targetType: z.string().min(1).max(60).optional(),
  /** Part of the target's name, or its id. */
  target: z.string().min(1).max(200).optional(),
  from: z.date().optional(),
  to: z.date().optional(),
  /** A search in the language of `server/domain/query`, or plain words. */
  query: z.string().max(2_000).optional(),
});
export type AuditFilter = z.infer<typeof auditFilter>;

export const listAuditInput = auditFilter.extend({
  cursor: cursor.nullish(),
  limit: z.number().int().min(1).max(200).default(50),
});
export type ListAuditInput = z.infer<typeof listAuditInput>;

export const auditEntry = z.object({
  id: z.uuid(),
  at: z.date(),
  actor: z.object({ kind: z.enum(['user', 'token', 'system']), id: z.uuid().nullable(), name: z.string() }),
  action: z.string(),
  target: z.object({ type: z.string(), id: z.string(), name: z.string() }),
  reason: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
  /** Its place in the chain; null while it waits for one. */
  seq: z.number().int().nullable(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

export const listAuditOutput = z.object({ entries: z.array(auditEntry), next: cursor.nullable() });
export type ListAuditOutput = z.infer<typeof listAuditOutput>;

export const auditFacetsOutput = z.object({ actors: z.array(z.string()), actions: z.array(z.string()) });

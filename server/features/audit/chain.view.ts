import { z } from 'zod';
import type { AuditCheck as CheckRow } from '#prisma/generated/client/client.ts';
import type { ChainProblem } from '#server/domain/record/verify.ts';
import { type ChainCheck, chainCheck, chainProblem } from './chain.schema.ts';

/** A check as people see it. */
export function toCheck(row: CheckRow): ChainCheck {
  const { id, requestedBy, createdAt, startedAt, endedAt, heads, problemCount, error } = row;
  return {
    id,
    status: chainCheck.shape.status.parse(row.status),
    requestedBy,
    createdAt,
    startedAt,
    endedAt,
    heads,
    problemCount,
    error,
    done: Number(row.done),
    total: Number(row.total),
    entries: Number(row.entries),
  };
}

/** What a check found, as it was written down. */
export function toProblems(stored: unknown): ChainProblem[] {
  const parsed = z.array(chainProblem).safeParse(stored ?? []);
  return parsed.success ? parsed.data : [];
}

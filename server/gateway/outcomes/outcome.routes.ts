import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { modelText } from '#server/domain/signature.ts';
import { DomainError, isDomainError } from '#server/errors.ts';
import type { LoggedOutcome } from '#server/features/predictions/log.schema.ts';
import { type GatewayContext, type Guard, scopeOf } from '#server/gateway/context.ts';
import { uuid7 } from '#server/gateway/ids.ts';
import { readEventTime } from '#server/gateway/request.ts';

const MAX_OUTCOMES = 10_000;

const given = z.object({
  request_id: z.string().min(1).max(128),
  index: z.number().int().min(0).default(0),
  label: z.union([z.string().min(1).max(500), z.number(), z.boolean()]).transform((label) => modelText(String(label))),
  event_time: z.string().optional(),
});
const outcomesBody = z.union([z.array(given), z.object({ outcomes: z.array(given) }).transform(({ outcomes }) => outcomes)]);

/**
 * `POST /v1/outcomes`: what turned out to be true of served requests. The same outcome may come twice; one that says
 * something else than the stored one is a CONFLICT, and then nothing of the call is stored. Outcomes of requests that
 * aren't known yet are kept. With the database away they go into the spool, and the answer is 202.
 */
export function outcomeRoutes(app: FastifyInstance, context: GatewayContext, guard: Guard): void {
  app.post('/v1/outcomes', { onRequest: guard('outcome:write') }, (request, reply) => receive(context, request, reply));
}

async function receive(context: GatewayContext, request: FastifyRequest, reply: FastifyReply) {
  const outcomes = readOutcomes(request);
  // A spool that could not be emptied just now says that the database is away: don't make the caller wait for it.
  const stored = context.shipper.healthy ? await store(context, outcomes) : undefined;
  if (!stored) {
    await context.writer.appendOutcomes(outcomes.map((outcome) => JSON.stringify(outcome)));
    return reply.status(202).send({ accepted: outcomes.length, note: 'Kept here, and stored as soon as the database is back.' });
  }
  if (stored.conflicts.length > 0) {
    throw new DomainError(
      'CONFLICT',
      `${stored.conflicts.length} of ${outcomes.length} outcomes contradict stored ones, so none was stored. An outcome can't be changed.`,
      { conflicts: stored.conflicts.slice(0, 100) },
    );
  }
  return { stored: stored.stored, repeated: stored.repeated };
}

/** Undefined when the database can't be reached. */
async function store(context: GatewayContext, outcomes: LoggedOutcome[]) {
  try {
    return await context.sources.saveOutcomes(outcomes);
  } catch (error) {
    if (isDomainError(error) && error.code !== 'UNAVAILABLE') throw error;
    context.log.warn({ err: error }, 'outcomes go into the spool');
    return undefined;
  }
}

function readOutcomes(request: FastifyRequest): LoggedOutcome[] {
  const parsed = outcomesBody.safeParse(request.body);
  if (!parsed.success) {
    const issue = firstIssue(parsed.error.issues);
    throw new DomainError(
      'INVALID',
      `${issue.path.join('.') || 'the body'}: ${issue.message}. Send [{ "request_id", "label", "index"?, "event_time"? }].`,
    );
  }
  if (parsed.data.length === 0) throw new DomainError('INVALID', 'The list of outcomes is empty.');
  if (parsed.data.length > MAX_OUTCOMES) {
    throw new DomainError(
      'TOO_LARGE',
      `${parsed.data.length} outcomes at once; ${MAX_OUTCOMES} is the most. Send them in parts.`,
      { limit: MAX_OUTCOMES },
    );
  }
  const { projectId } = scopeOf(request);
  const now = Date.now();
  const at = new Date(now).toISOString();
  return parsed.data.map((outcome) => ({
    id: uuid7(now),
    projectId,
    requestId: outcome.request_id,
    index: outcome.index,
    label: outcome.label,
    at,
    eventTime: readEventTime(outcome.event_time) ?? at,
    source: 'api',
  }));
}

/** Of a union's issues, the deepest: it says what is wrong inside the list. */
function firstIssue(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue {
  const [first] = issues as [z.core.$ZodIssue];
  if (first.code !== 'invalid_union') return first;
  const nested = first.errors.flat();
  return [...nested].sort((a, b) => b.path.length - a.path.length)[0] ?? first;
}

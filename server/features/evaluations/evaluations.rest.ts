import { z } from 'zod';
import { DomainError } from '#server/errors.ts';
import { answer, type RestRoute } from '#server/gateway/plugin.ts';
import { listRunsInput, type SuiteRunDetail, type SuiteRunSummary, startRunInput } from './evaluations.schema.ts';
import { getSuiteRun, listSuiteRuns, startSuiteRun } from './suite-runs.service.ts';

const LONGEST_WAIT_S = 60;
const POLL_MS = 500;

/** Forms of the answers, as the document of the API shows them. */
const evaluationSummary = z.object({
  id: z.string(),
  status: z.enum(['queued', 'running', 'done', 'failed']),
  version: z.number().int(),
  incumbent: z.number().int().nullable(),
  reason: z.string(),
  gold: z.array(z.record(z.string(), z.unknown())),
  figures: z.unknown(),
  progress: z.unknown(),
  error: z.string().nullable(),
  requested_by: z.string().nullable(),
  requested_at: z.date(),
  started_at: z.date().nullable(),
  ended_at: z.date().nullable(),
});
const evaluation = evaluationSummary.extend({
  model: z.string(),
  gold_hash: z.string().nullable(),
  seed: z.number().int(),
  sections: z.array(
    z.object({
      section: z.string(),
      form: z.number().int(),
      took_ms: z.number(),
      facts: z.array(z.record(z.string(), z.unknown())),
      tables: z.array(z.unknown()),
      problems: z.array(z.unknown()),
      data: z.unknown(),
    }),
  ),
});

/** A model's evaluation suite for programs: start a run, wait for it, read what it found. */
export const evaluationsRest: RestRoute[] = [
  {
    method: 'POST',
    url: '/v1/models/:model/versions/:version/evaluations',
    scope: 'promotion:request',
    summary: 'Run the evaluation suite of a model on a version',
    input: startRunInput.omit({ model: true, number: true }),
    output: evaluation,
    status: 202,
    handle: async ({ scope, params, body }) => {
      const given = parse(z.record(z.string(), z.unknown()), body ?? {});
      const input = parse(startRunInput, { ...given, model: params.model, number: Number(params.version) });
      const { id } = await startSuiteRun(scope, input);
      return answer(202, toRest(await getSuiteRun(scope, id)), { location: `/v1/evaluations/${id}` });
    },
  },
  {
    method: 'GET',
    url: '/v1/models/:model/evaluations',
    scope: 'project:read',
    summary: 'List evaluations of a model, the newest first',
    query: z.object({ version: z.number().int().optional(), limit: z.number().int().optional() }),
    output: z.object({ evaluations: z.array(evaluationSummary) }),
    handle: async ({ scope, params, query }) => {
      const number = query.version === undefined ? {} : { number: Number(query.version) };
      const limit = query.limit === undefined ? {} : { limit: Number(query.limit) };
      const runs = await listSuiteRuns(scope, parse(listRunsInput, { model: params.model, ...number, ...limit }));
      return { evaluations: runs.map(summaryOf) };
    },
  },
  {
    method: 'GET',
    url: '/v1/evaluations/:id',
    scope: 'project:read',
    summary: 'An evaluation: its state, and what it found section by section',
    description: 'With `wait` the answer comes when it has ended, or after that many seconds.',
    query: z.object({ wait: z.number().max(60).optional() }),
    output: evaluation,
    handle: async ({ scope, params, query }) => {
      const id = parse(z.uuid('This is no id of an evaluation.'), params.id);
      const seconds = Math.min(LONGEST_WAIT_S, Math.max(0, Number(query.wait ?? 0) || 0));
      const until = Date.now() + seconds * 1000;
      let run = await getSuiteRun(scope, id);
      while (isUnderWay(run) && Date.now() < until) {
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
        run = await getSuiteRun(scope, id);
      }
      return toRest(run);
    },
  },
];

function isUnderWay({ status }: SuiteRunDetail): boolean {
  return status === 'queued' || status === 'running';
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new DomainError(
    'INVALID',
    `${issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''}${issue?.message ?? 'The body can’t be read.'}`,
  );
}

function summaryOf(run: SuiteRunSummary) {
  return {
    id: run.id,
    status: run.status,
    version: run.version.number,
    incumbent: run.incumbent?.number ?? null,
    reason: run.reason,
    gold: run.gold.map(({ dataset, number, split, n, hash, lockedBy }) => ({
      dataset,
      version: number,
      split,
      rows: n,
      hash,
      locked_by: lockedBy,
    })),
    figures: run.headline,
    progress: run.progress,
    error: run.error,
    requested_by: run.requestedByName,
    requested_at: run.requestedAt,
    started_at: run.startedAt,
    ended_at: run.endedAt,
  };
}

function toRest(run: SuiteRunDetail) {
  return {
    ...summaryOf(run),
    model: run.model,
    suite_version: run.suiteVersion,
    gold_hash: run.goldHash,
    seed: run.seed,
    failed_row: run.failedRow,
    sections: run.sections.map(({ section, form, data, facts, tables, problems, tookMs }) => ({
      section,
      form,
      took_ms: tookMs,
      facts,
      tables,
      problems,
      data,
    })),
  };
}

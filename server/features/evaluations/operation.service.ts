import type { EvidenceSection } from '#server/domain/evidence/section.schema.ts';
import { quantileInterval } from '#server/domain/stats/quantiles.ts';
import { operationFacts } from '#server/domain/suite/facts.ts';
import type { OperationData, SuiteTiming } from '#server/domain/suite/sections.schema.ts';
import { operationSentence } from '#server/domain/suite/sentences.ts';
import { timeColumns } from '#server/inference/client.ts';
import type { SectionContext, SuiteSide } from './section-context.schema.ts';

const WARM_UP = 20;
/** Batches are timed less often: each holds many rows. */
const BATCH_RUNS = 20;

/** How long the very graph takes for a row and for batches, in the inference child and after a warm-up, and how large it is. */
export async function runOperation(ctx: SectionContext): Promise<EvidenceSection> {
  const started = performance.now();
  const candidate = await timed(ctx, ctx.candidate, 0);
  const incumbent = ctx.incumbent ? await timed(ctx, ctx.incumbent, 1) : null;
  const budgets = ctx.brief?.budgets ?? { latencyP99Ms: null, sizeBytes: null };
  const single = candidate.timings.find(({ size }) => size === 1);
  const told = {
    candidate,
    incumbent,
    warmUp: WARM_UP,
    budgets,
    within: {
      latency: budgets.latencyP99Ms === null || !single ? null : single.p99.estimate <= budgets.latencyP99Ms,
      size: budgets.sizeBytes === null ? null : candidate.sizeBytes <= budgets.sizeBytes,
    },
  };
  const data: OperationData = { ...told, sentence: operationSentence(told) };
  return {
    section: 'operation',
    form: 1,
    data,
    facts: operationFacts(data),
    tables: [],
    problems: [],
    tookMs: performance.now() - started,
  };
}

async function timed(ctx: SectionContext, side: SuiteSide, place: number): Promise<OperationData['candidate']> {
  const { rows, batches } = ctx.suite.timing;
  const { n } = ctx.gold;
  const sizes = [1, ...batches.filter((size) => size <= n && batchable(side))];
  const timings: SuiteTiming[] = [];
  for (const [i, size] of sizes.entries()) {
    ctx.progress(
      place * sizes.length + i,
      2 * sizes.length,
      size === 1 ? `time of single rows, v${side.number}` : `time of batches of ${size}, v${side.number}`,
    );
    const times = await timeColumns({
      modelPath: side.modelPath,
      signature: side.signature,
      columns: ctx.gold.columns,
      n,
      batchSize: size,
      runs: size === 1 ? rows : BATCH_RUNS,
      warmUp: size === 1 ? WARM_UP : 2,
      ...(ctx.signal ? { signal: ctx.signal } : {}),
    });
    timings.push(timingOf(size, times));
  }
  return { number: side.number, sizeBytes: side.sizeBytes, timings };
}

function batchable({ signature }: SuiteSide): boolean {
  return signature.inputs.every((input) => input.shape[0] === -1);
}

function timingOf(size: number, times: Float64Array): SuiteTiming {
  const at = (q: number) => {
    const found = quantileInterval(Array.from(times), q);
    return { estimate: found?.estimate ?? 0, lower: found?.lower ?? null, upper: found?.upper ?? null };
  };
  return { size, runs: times.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

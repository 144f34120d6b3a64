import { judgeTests } from '#server/domain/behaviour/judge.ts';
import { planTests } from '#server/domain/behaviour/plan.ts';
import { type Score, scoreSafely } from '#server/domain/behaviour/score-safely.ts';
import type { RunnableTest, TestedModel, TestResult } from '#server/domain/behaviour/test.schema.ts';
import type { Signature } from '#server/domain/signature.ts';
import { scoreColumns } from '#server/inference/client.ts';
import { objectPath } from '#server/platform/storage/objects.ts';

/**
 * Puts rows to a model and judges its answers: one batch, whatever the number of rows. Inputs on which the graph fails
 * are findings of their rows.
 */
export async function answerTests(
  tests: readonly RunnableTest[],
  signature: Signature,
  o: { score: Score; seed: number; signal?: AbortSignal },
): Promise<TestResult[]> {
  const model: TestedModel = { fields: signature.fields, classes: signature.classes };
  const plan = planTests(tests, model, o.seed);
  if (plan.n === 0) return judgeTests(plan, { labels: [], scores: new Float32Array(0) }, model);
  const { answers, failures } = await scoreSafely(o.score, plan.columns, plan.n, {
    classes: signature.classes?.length ?? 0,
    ...(o.signal ? { signal: o.signal } : {}),
  });
  return judgeTests(plan, answers, model, failures);
}

/** The graph of a version as a function of inputs. Short inputs go together: a batch is as wide as its longest text. */
export async function scoreOf(graphKey: string, signature: Signature): Promise<Score> {
  const modelPath = await objectPath(graphKey);
  return async (columns, n) => {
    const { labels, probabilities, values } = await scoreColumns({ modelPath, signature, columns, n });
    if (signature.classes !== null) return { labels, scores: probabilities };
    return { labels: [], scores: new Float32Array(0), values: values ?? new Float64Array(n).fill(Number.NaN) };
  };
}

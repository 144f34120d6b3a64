import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { BehaviourData } from '#server/domain/behaviour/section.schema.ts';
import { summarize } from '#server/domain/behaviour/summary.ts';
import { signatureSchema } from '#server/domain/signature.ts';
import { requireVersion } from '#server/features/models/registry.service.ts';
import { db } from '#server/platform/db/client.ts';
import type { checkTestsInput, checkTestsOutput } from './behaviour.schema.ts';
import { answerTests, scoreOf } from './scoring.service.ts';
import { readTests } from './tests.service.ts';

/** The seed of checks outside of a suite run; suites begin with the same. */
const SEED = 0;

/** Puts rows to a version as they stand in the editor, saved or not; nothing is kept. @throws DomainError NOT_FOUND */
export async function checkTests(
  scope: ProjectScope,
  input: z.infer<typeof checkTestsInput>,
): Promise<z.infer<typeof checkTestsOutput>> {
  const version = await requireVersion(db, scope, input.model, input.number);
  const signature = signatureSchema.parse(version.signature);
  const started = performance.now();
  const results = await answerTests(input.rows, signature, { score: await scoreOf(version.graphKey, signature), seed: SEED });
  return { results, milliseconds: performance.now() - started };
}

/** Puts all rows of a model that are switched on to one version: the figures that its evidence would show. @throws DomainError NOT_FOUND */
export async function runTests(scope: ProjectScope, input: { model: string; number: number }): Promise<BehaviourData> {
  const version = await requireVersion(db, scope, input.model, input.number);
  const signature = signatureSchema.parse(version.signature);
  const tests = (await readTests(scope, version.modelId)).filter((test) => test.enabled);
  const results = await answerTests(tests, signature, { score: await scoreOf(version.graphKey, signature), seed: SEED });
  return summarize(tests, results, { seed: SEED, candidate: version.number, incumbent: null });
}

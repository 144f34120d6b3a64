import { z } from 'zod';
import { testTextSchema } from '#server/domain/behaviour/test.schema.ts';
import type { RestRoute } from '#server/gateway/plugin.ts';
import { MOST_TESTS, type Test } from './behaviour.schema.ts';
import { runTests } from './checks.service.ts';
import { listTests, saveTests } from './tests.service.ts';

const putBody = z.object({
  tests: z
    .array(testTextSchema.extend({ id: z.uuid().nullable().default(null), version: z.number().int().nullable().default(null) }))
    .max(MOST_TESTS),
  /** Removes what the list doesn't name; regression cases stay. */
  replace: z.boolean().default(false),
});

/** `GET` and `PUT /v1/models/{model}/tests`; `POST /v1/models/{model}/versions/{number}/tests/run`. */
export const behaviourRest: RestRoute[] = [
  {
    method: 'GET',
    url: '/v1/models/:model/tests',
    scope: 'project:read',
    summary: 'The behavioural tests of a model',
    output: z.object({
      fields: z.array(z.unknown()),
      classes: z.array(z.string()).nullable(),
      tests: z.array(z.record(z.string(), z.unknown())),
    }),
    handle: async ({ scope, params }) => {
      const { tests, fields, classes } = await listTests(scope, params.model ?? '');
      return { fields, classes, tests: tests.map(toRest) };
    },
  },
  {
    method: 'PUT',
    url: '/v1/models/:model/tests',
    scope: 'test:write',
    summary: 'Save behavioural tests of a model',
    input: putBody,
    output: z.object({ tests: z.unknown(), removed: z.number().int() }),
    bodyLimitBytes: 20_000_000,
    handle: async ({ scope, params, body }) => {
      const model = params.model ?? '';
      const { tests, replace } = putBody.parse(body);
      const named = new Set(tests.map((test) => test.id));
      const known = replace ? (await listTests(scope, model)).tests : [];
      const removed = known.filter((test) => test.kind !== 'regression' && !named.has(test.id));
      const saved = await saveTests(scope, { model, rows: tests, removed: removed.map(({ id, version }) => ({ id, version })) });
      return { tests: saved.saved, removed: saved.removed };
    },
  },
  {
    method: 'POST',
    url: '/v1/models/:model/versions/:number/tests/run',
    scope: 'project:read',
    summary: 'Run the behavioural tests on a version, now; nothing is kept',
    output: z.record(z.string(), z.unknown()),
    handle: async ({ scope, params }) => {
      const number = z.coerce.number().int().min(1).parse(params.number);
      const data = await runTests(scope, { model: params.model ?? '', number });
      return {
        version: data.candidate,
        pass_rate: data.overall,
        blocking: data.blocking,
        regressions: data.regressions,
        by_kind: data.byKind,
        tests: data.groups.map(({ name, kind, capability, severity, n, failed, rate }) => ({
          name,
          kind,
          capability,
          severity,
          n,
          failed,
          pass_rate: rate,
        })),
        failures: data.rows
          .filter((row) => row.result.status !== 'passed')
          .map((row) => ({
            id: row.id,
            name: row.name,
            kind: row.kind,
            severity: row.severity,
            status: row.result.status,
            sentence: row.result.sentence,
          })),
      };
    },
  },
];

function toRest({ createdByName, updatedByName, updatedAt, ...test }: Test) {
  return { ...test, created_by: createdByName, updated_by: updatedByName, updated_at: updatedAt };
}

import { z } from 'zod';
import { DomainError } from '#server/errors.ts';
import type { RestRoute } from '#server/gateway/plugin.ts';
import { explainInputInput, fieldExplanationSchema, type RowExplanation, rowExplanationSchema } from './explanations.schema.ts';
import { explainInput, explainPrediction, explainRow } from './one-row.service.ts';

const options = explainInputInput.pick({ class: true, method: true, counterfactual: true });
const body = z.union([
  options.extend({ inputs: explainInputInput.shape.instance }).strict(),
  options.extend({ dataset_version_id: z.uuid(), row: z.number().int().min(0) }).strict(),
]);

const field = fieldExplanationSchema
  .omit({ error: true, absent: true })
  .extend({ standard_error: z.number().nullable(), absent_words: z.number().nullable() });
const answered = rowExplanationSchema
  .omit({ number: true, fields: true })
  .extend({ model_version: z.number().int(), fields: z.array(field) });

/**
 * `POST /v1/models/{model}/versions/{number}/explain` with `inputs`, or `dataset_version_id` and `row`;
 * `GET /v1/predictions/{id}/explanation` for a logged one.
 */
export const explanationsRest: RestRoute[] = [
  {
    method: 'POST',
    url: '/v1/models/:model/versions/:number/explain',
    scope: 'project:read',
    summary: 'Why a version answers as it does, for one row',
    input: body,
    output: answered,
    handle: async ({ scope, params, body: sent }) => {
      const ref = { model: params.model ?? '', number: Number(params.number) };
      if (!Number.isInteger(ref.number) || ref.number < 1) throw new DomainError('INVALID', 'A version is a number from 1 on.');
      const parsed = body.safeParse(sent);
      if (!parsed.success) {
        throw new DomainError(
          'INVALID',
          'Send {"inputs": {field: value}} or {"dataset_version_id": "…", "row": 0}, with "class", "method" (auto, permutation, kernel) and "counterfactual" if you like.',
        );
      }
      const { data } = parsed;
      if ('inputs' in data) return toRest(await explainInput(scope, { ...ref, ...data, instance: data.inputs }));
      return toRest(await explainRow(scope, { ...ref, ...data, datasetVersionId: data.dataset_version_id }));
    },
  },
  {
    method: 'GET',
    url: '/v1/predictions/:request_id/explanation',
    scope: 'project:read',
    summary: 'Why a logged prediction was answered as it was',
    output: answered,
    handle: async ({ scope, params }) => {
      const id = z.uuid().safeParse(params.request_id);
      if (!id.success)
        throw new DomainError(
          'INVALID',
          'An explanation is asked for by the id of one prediction, as GET /v1/predictions/{request_id} gives it.',
        );
      return toRest(await explainPrediction(scope, { id: id.data, ...options.parse({}) }));
    },
  },
];

function toRest(found: RowExplanation): z.infer<typeof answered> {
  return {
    model: found.model,
    model_version: found.number,
    label: found.label,
    probability: found.probability,
    class: found.class,
    method: found.method,
    space: found.space,
    expected: found.expected,
    output: found.output,
    fields: found.fields.map(({ name, kind, value, contribution, error, words, absent }) => ({
      name,
      kind,
      value,
      contribution,
      standard_error: error,
      words,
      absent_words: absent,
    })),
    background: found.background,
    counterfactual: found.counterfactual,
    notes: found.notes,
  };
}

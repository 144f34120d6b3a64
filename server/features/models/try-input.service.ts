import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { signatureSchema } from '#server/domain/signature.ts';
import { DomainError } from '#server/errors.ts';
import { scoreColumns } from '#server/inference/client.ts';
import { db } from '#server/platform/db/client.ts';
import { objectPath } from '#server/platform/storage/objects.ts';
import type { tryInputInput, tryInputOutput } from './models.schema.ts';
import { requireVersion } from './registry.service.ts';

/**
 * Runs one row through a version's graph, beside the deployments: nothing is logged.
 * @throws INVALID for a field that the model doesn't have, or one that is missing or no number
 */
export async function tryInput(
  scope: ProjectScope,
  input: z.infer<typeof tryInputInput>,
): Promise<z.infer<typeof tryInputOutput>> {
  const version = await requireVersion(db, scope, input.model, input.number);
  const signature = signatureSchema.parse(version.signature);
  const names = signature.fields.map((field) => field.name);
  const unknown = Object.keys(input.instance).filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new DomainError('INVALID', `The model has no field ${unknown.join(', ')}. It takes ${names.join(', ')}.`);
  }
  const columns = Object.fromEntries(
    signature.fields.map(({ name, kind }) => {
      const value = input.instance[name] ?? null;
      if (kind === 'number' && typeof value === 'string' && value.trim() !== '' && Number.isNaN(Number(value))) {
        throw new DomainError('INVALID', `${name} takes a number; "${value.slice(0, 40)}" is none.`);
      }
      if (kind === 'number') return [name, [value === null || value === '' ? null : Number(value)]];
      return [name, [value === null ? null : String(value)]];
    }),
  );
  const started = performance.now();
  const { labels, probabilities } = await scoreColumns({
    modelPath: await objectPath(version.graphKey),
    signature,
    columns,
    n: 1,
  });
  const milliseconds = performance.now() - started;
  const classes = signature.classes ?? [];
  const label = labels[0] ?? '';
  const byClass = classes.map((name, index) => ({ label: name, probability: probabilities[index] ?? 0 }));
  byClass.sort((a, b) => b.probability - a.probability);
  return {
    label,
    confidence: byClass.find((item) => item.label === label)?.probability ?? 0,
    probabilities: byClass,
    milliseconds,
  };
}

import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { readTests as parseTests, writeTests } from '#server/domain/behaviour/exchange.ts';
import { DomainError } from '#server/errors.ts';
import type { exportTestsInput, exportTestsOutput, importTestsInput, importTestsOutput } from './behaviour.schema.ts';
import { listTests, saveTests } from './tests.service.ts';

/**
 * Adds the rows of a file, or puts them in the place of what is there (regression cases stay).
 * @throws DomainError NOT_FOUND, INVALID when no line of it is a test, CONFLICT
 */
export async function importTests(
  scope: ProjectScope,
  input: z.infer<typeof importTestsInput>,
): Promise<z.infer<typeof importTestsOutput>> {
  const { tests, fields } = await listTests(scope, input.model);
  if (fields.length === 0) {
    throw new DomainError('INVALID', 'This model has no version yet, so its fields aren’t known. Register a version first.');
  }
  const { rows, problems } = parseTests(input.text, input.format, fields);
  if (rows.length === 0) {
    const [first] = problems;
    throw new DomainError(
      'INVALID',
      first ? `Nothing was imported. Line ${first.line}: ${first.message}` : 'The file holds no rows. Nothing was imported.',
      { problems: problems.slice(0, 100) },
    );
  }
  const replaced = input.replace ? tests.filter((test) => test.kind !== 'regression') : [];
  const saved = await saveTests(scope, {
    model: input.model,
    rows: rows.map((row) => ({ ...row, id: null, version: null })),
    removed: replaced.map(({ id, version }) => ({ id, version })),
  });
  return { added: saved.saved.length, removed: saved.removed, problems: problems.slice(0, 100) };
}

/** All rows of a model as a file. @throws DomainError NOT_FOUND */
export async function exportTests(
  scope: ProjectScope,
  input: z.infer<typeof exportTestsInput>,
): Promise<z.infer<typeof exportTestsOutput>> {
  const { tests, fields } = await listTests(scope, input.model);
  const rows = tests.map(
    ({ id: _, version: _v, origin: _o, createdByName: _c, updatedByName: _u, updatedAt: _a, ...text }) => text,
  );
  return {
    filename: `${input.model}-tests.${input.format}`,
    mediaType: input.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson',
    text: writeTests(
      rows,
      input.format,
      fields.map((field) => field.name),
    ),
  };
}

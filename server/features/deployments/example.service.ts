import type { ProjectScope } from '#server/auth/actor.ts';
import type { Signature } from '#server/domain/signature.ts';
import { pageRows } from '#server/features/datasets/rows.service.ts';

export type Instance = Record<string, string | number | null>;

const LONGEST = 120;

/**
 * A row to try a model with: the first of the data that it learned from, its long texts cut; where there is none, an
 * empty one of the right form.
 */
export async function exampleInstance(
  scope: ProjectScope,
  version: { signature: Signature; datasetVersionId: string | null },
): Promise<Instance> {
  const empty = Object.fromEntries(version.signature.fields.map(({ name, kind }) => [name, kind === 'number' ? 0 : '']));
  if (!version.datasetVersionId) return empty;
  try {
    const page = await pageRows(scope, version.datasetVersionId, { offset: 0, limit: 1 });
    const cells = page.rows[0]?.cells ?? [];
    return Object.fromEntries(
      version.signature.fields.map(({ name, kind }) => {
        const value = cells[page.columns.indexOf(name)] ?? null;
        if (kind === 'number') return [name, value === null ? null : Number(value)];
        const text = String(value ?? '')
          .replace(/\s+/g, ' ')
          .trim();
        return [name, text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text];
      }),
    );
  } catch {
    return empty;
  }
}

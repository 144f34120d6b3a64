import type { ProjectScope } from '#server/auth/actor.ts';
import type { Signature } from '#server/domain/signature.ts';
import { pageRows } from '#server/features/datasets/rows.service.ts';

export type Instance = Record<string, string | number | null>;

const LONGEST = 120;
const CANDIDATES = 50;

/**
 * A row to try a model with: of the first rows of the data that it learned from the shortest that lacks nothing, its long
 * texts cut; where there is none, an empty one of the right form.
 */
export async function exampleInstance(
  scope: ProjectScope,
  version: { signature: Signature; datasetVersionId: string | null },
): Promise<Instance> {
  const empty = Object.fromEntries(version.signature.fields.map(({ name, kind }) => [name, kind === 'number' ? 0 : '']));
  if (!version.datasetVersionId) return empty;
  try {
    const page = await pageRows(scope, version.datasetVersionId, { offset: 0, limit: CANDIDATES });
    const places = version.signature.fields.map(({ name }) => page.columns.indexOf(name));
    const cells = shortest(page.rows.map((row) => places.map((place) => row.cells[place] ?? null)));
    return Object.fromEntries(
      version.signature.fields.map(({ name, kind }, index) => [name, fieldOf(kind, cells[index] ?? null)]),
    );
  } catch {
    return empty;
  }
}

type Cell = string | number | null;

function shortest(rows: Cell[][]): Cell[] {
  const size = (row: Cell[]) => row.reduce<number>((sum, cell) => sum + String(cell ?? '').length, 0);
  const whole = rows.filter((row) => row.every((cell) => cell !== null && cell !== ''));
  const [first, ...others] = whole.length > 0 ? whole : rows;
  return others.reduce((best, row) => (size(row) < size(best) ? row : best), first ?? []);
}

function fieldOf(kind: string, value: Cell): Cell {
  if (kind === 'number') return value === null ? null : Number(value);
  const text = String(value ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

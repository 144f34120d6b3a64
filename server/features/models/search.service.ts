import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { type Expression, operandsOf } from '#server/domain/query/ast.ts';
import { parseExpression } from '#server/domain/query/expression.ts';
import { joinPath } from '#server/domain/query/path.ts';
import { compileWhere } from '#server/domain/query/sql.ts';
import { DomainError } from '#server/errors.ts';
import { db } from '#server/platform/db/client.ts';
import { aliasNames } from './aliases.service.ts';
import { findFigures } from './figures.repo.ts';
import { findFigureKeys, searchVersionRows } from './search.repo.ts';
import type { SearchedVersions, searchKeysOutput, searchVersionsInput, VersionHit } from './search.schema.ts';
import { figureOf, VERSION_KEYS, versionFields } from './search-fields.view.ts';
import { listStages } from './stages.service.ts';

/**
 * Finds versions by a condition over their name, stage, aliases, creator, time, tags, the metrics and params of their
 * run and the facts of their last suite run; newest first. A condition that can't be read comes back with its errors.
 */
export async function searchVersions(scope: ProjectScope, input: z.infer<typeof searchVersionsInput>): Promise<SearchedVersions> {
  const nothing = { rows: [], total: 0, next: null };
  const parsed = input.query.trim() === '' ? null : parseExpression(input.query);
  if (parsed && !parsed.ok) return { ...nothing, errors: parsed.errors };
  const stages = (await listStages(scope)).map((stage) => stage.name);
  const known = [...VERSION_KEYS, 'metrics.…', 'params.…', 'tags.…', 'facts such as f1.spam'];
  const compiled = parsed
    ? compileWhere(parsed.ast, versionFields(stages), { known, first: 4 })
    : { ok: true as const, sql: 'true', values: [] };
  if (!compiled.ok) return { ...nothing, errors: compiled.errors };
  const offset = offsetOf(input.cursor);
  const found = await searchVersionRows(db, scope, { where: compiled.sql, values: compiled.values, limit: input.limit, offset });
  const total = Number(found[0]?.total ?? 0);
  const ids = found.map((row) => row.id);
  const asked = parsed ? figuresAsked(parsed.ast) : [];
  const [aliases, figures] = await Promise.all([
    aliasNames(db, scope, ids),
    asked.length > 0 && ids.length > 0 ? findFigures(db, scope, { versionIds: ids, keys: asked }) : [],
  ]);
  const rows = found.map(
    ({ id, total: _, sizeBytes, ...row }): VersionHit => ({
      ...row,
      versionId: id,
      sizeBytes: Number(sizeBytes),
      aliases: aliases.get(id) ?? [],
      figures: figures
        .filter((figure) => figure.modelVersionId === id)
        .map(({ kind, path, value, text }) => ({ key: keyOf(kind, path), value, text })),
    }),
  );
  const end = offset + found.length;
  return { errors: [], rows, total, next: end < total ? String(end) : null };
}

/** What can be searched by, for completion. */
export async function searchKeys(scope: ProjectScope): Promise<z.infer<typeof searchKeysOutput>> {
  const [stages, figures] = await Promise.all([listStages(scope), findFigureKeys(db, scope)]);
  const own = VERSION_KEYS.map((text) => {
    const kind =
      text === 'created' ? ('time' as const) : text === 'version' || text === 'size' ? ('number' as const) : ('text' as const);
    if (text === 'stage') return { text, kind, values: stages.map((stage) => stage.name) };
    return text === 'source' ? { text, kind, values: ['run', 'upload'] } : { text, kind };
  });
  return [
    ...own,
    ...figures.map(({ kind, path }) => ({
      text: keyOf(kind, path),
      kind: kind === 'metric' || kind === 'fact' ? ('number' as const) : ('text' as const),
    })),
  ];
}

function figuresAsked(ast: Expression) {
  return operandsOf(ast).flatMap((operand) => (operand.kind === 'path' ? (figureOf(operand.parts) ?? []) : []));
}

/** As it is written in a condition. */
function keyOf(kind: string, path: string): string {
  return kind === 'fact' ? path : joinPath([`${kind}s`, path]);
}

/** A cursor is where the page before ended. */
function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const offset = /^\d{1,7}$/.test(cursor) ? Number(cursor) : Number.NaN;
  if (Number.isNaN(offset)) throw new DomainError('INVALID', 'This page doesn’t exist. Search again from the start.');
  return offset;
}

import { z } from 'zod';
import { gateResultSchema, gateRulesSchema } from '#server/domain/gates.schema.ts';
import { DomainError } from '#server/errors.ts';
import { defineRoute, pathNumber, type RestRoute } from '#server/gateway/plugin.ts';
import { setAliasInput } from './aliases.schema.ts';
import { listAliases, removeAlias, setAlias } from './aliases.service.ts';
import { checkGates } from './gate-check.service.ts';
import { gatesFromSchema } from './gates.schema.ts';
import { getGates } from './gates.service.ts';
import { searchVersionsInput } from './search.schema.ts';
import { searchVersions } from './search.service.ts';

const alias = z.object({
  name: z.string(),
  version: z.number().int(),
  protected: z.boolean(),
  set_by: z.string(),
  set_at: z.date(),
});
const hit = z.object({
  model: z.string(),
  version: z.number().int(),
  stage: z.string(),
  aliases: z.array(z.string()),
  figures: z.array(z.object({ key: z.string(), value: z.number().nullable(), text: z.string().nullable() })),
});
const aliasPlace = '/v1/models/:model/aliases/:alias';

/** Gates, aliases and search of the registry, for programs. */
export const registryRest: RestRoute[] = [
  defineRoute({
    method: 'GET',
    url: '/v1/models/:model/gates',
    scope: 'project:read',
    summary: 'The gates that count for a model now, by stage',
    output: z.object({ from: gatesFromSchema, revision: z.number().int(), rules: gateRulesSchema }),
    handle: async ({ scope, params }) => {
      const { from, revision, rules } = await getGates(scope, { model: params.model ?? '' });
      return { from, revision, rules };
    },
  }),
  defineRoute({
    method: 'GET',
    url: '/v1/models/:model/versions/:number/gates',
    scope: 'project:read',
    summary: 'Whether a version would pass the gates of a stage, on what is known of it',
    description: 'Nothing is measured anew, and nothing is kept. A request for a promotion measures.',
    query: z.object({ stage: z.string().min(1).max(40) }),
    output: z.object({ passed: z.boolean(), source: z.string(), at: z.date().nullable(), gates: z.array(gateResultSchema) }),
    handle: ({ scope, params, query }) =>
      checkGates(scope, { model: params.model ?? '', number: pathNumber(params.number, 'version'), stage: query.stage }),
  }),
  defineRoute({
    method: 'GET',
    url: '/v1/models/:model/aliases',
    scope: 'project:read',
    summary: 'The aliases of a model',
    output: z.object({ aliases: z.array(alias) }),
    handle: async ({ scope, params }) => ({ aliases: await aliasesOf(scope, params.model) }),
  }),
  defineRoute({
    method: 'PUT',
    url: aliasPlace,
    scope: 'model:write',
    summary: 'Point an alias at a version',
    description: 'A protected alias is moved by people who may set gates, or by an approved request.',
    input: z.object({ version: z.number().int().min(1), reason: setAliasInput.shape.reason }),
    output: z.object({ aliases: z.array(alias) }),
    handle: async ({ scope, params, body }) => {
      const name = setAliasInput.shape.name.safeParse(params.alias);
      if (!name.success) throw new DomainError('INVALID', name.error.issues[0]?.message ?? 'This is no name for an alias.');
      await setAlias(scope, { model: params.model ?? '', name: name.data, number: body.version, reason: body.reason });
      return { aliases: await aliasesOf(scope, params.model) };
    },
  }),
  defineRoute({
    method: 'DELETE',
    url: aliasPlace,
    scope: 'model:write',
    summary: 'Take an alias away',
    output: z.object({ aliases: z.array(alias) }),
    handle: async ({ scope, params }) => {
      await removeAlias(scope, { model: params.model ?? '', name: params.alias ?? '', reason: '' });
      return { aliases: await aliasesOf(scope, params.model) };
    },
  }),
  defineRoute({
    method: 'GET',
    url: '/v1/versions',
    scope: 'project:read',
    summary: 'Search versions by a condition, such as stage = "production" and f1.spam > 0.9',
    query: searchVersionsInput.omit({ limit: true }).extend({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
    output: z.object({ versions: z.array(hit), total: z.number().int(), next_cursor: z.string().nullable() }),
    handle: async ({ scope, query }) => {
      const { errors, rows, total, next } = await searchVersions(scope, query);
      const [wrong] = errors;
      if (wrong) {
        throw new DomainError('INVALID', `The condition can't be read at character ${wrong.from + 1}: ${wrong.message}`, {
          errors,
        });
      }
      const versions = rows.map(({ model, number, stage, aliases, figures }) => ({
        model,
        version: number,
        stage,
        aliases,
        figures,
      }));
      return { versions, total, next_cursor: next };
    },
  }),
];

async function aliasesOf(scope: Parameters<typeof listAliases>[0], model = '') {
  const { aliases } = await listAliases(scope, { model });
  return aliases.map(({ name, number, protected: guarded, by, at }) => ({
    name,
    version: number,
    protected: guarded,
    set_by: by,
    set_at: at,
  }));
}

import { z } from 'zod';
import { defineRoute, type RestRoute } from '#server/gateway/plugin.ts';
import {
  aliasQuery,
  deleteTagBody,
  latestInput,
  mlflowModelSchema,
  mlflowVersionSchema,
  modelQuery,
  searchQuery,
  setAliasBody,
  setTagBody,
  transitionBody,
  versionQuery,
} from './mlflow-registry.schema.ts';
import {
  deleteMlflowAlias,
  deleteMlflowTag,
  getMlflowModel,
  getMlflowVersion,
  latestMlflowVersions,
  searchMlflowModels,
  searchMlflowVersions,
  setMlflowAlias,
  setMlflowTag,
  transitionStage,
  versionByAlias,
} from './mlflow-registry.service.ts';

const next = { next_page_token: z.string().optional() };
const nothing = z.object({});
const version = z.object({ model_version: mlflowVersionSchema });
const models = 'mlflow/registered-models';
const versions = 'mlflow/model-versions';

const routes: RestRoute[] = [
  defineRoute({
    method: 'GET',
    url: `${models}/get`,
    scope: 'project:read',
    summary: 'MLflow: one model',
    query: modelQuery,
    output: z.object({ registered_model: mlflowModelSchema }),
    handle: async ({ scope, query }) => ({ registered_model: await getMlflowModel(scope, query.name) }),
  }),
  defineRoute({
    method: 'GET',
    url: `${models}/search`,
    scope: 'project:read',
    summary: 'MLflow: models by name',
    query: searchQuery,
    output: z.object({ registered_models: z.array(mlflowModelSchema), ...next }),
    handle: ({ scope, query }) => searchMlflowModels(scope, query),
  }),
  defineRoute({
    method: 'POST',
    url: `${models}/get-latest-versions`,
    scope: 'project:read',
    summary: 'MLflow: the newest version of each stage',
    input: latestInput,
    output: z.object({ model_versions: z.array(mlflowVersionSchema) }),
    handle: async ({ scope, body }) => ({ model_versions: await latestMlflowVersions(scope, body) }),
  }),
  defineRoute({
    method: 'GET',
    url: `${models}/alias`,
    scope: 'project:read',
    summary: 'MLflow: the version that an alias points at',
    query: aliasQuery,
    output: version,
    handle: async ({ scope, query }) => ({ model_version: await versionByAlias(scope, query) }),
  }),
  defineRoute({
    method: 'POST',
    url: `${models}/alias`,
    scope: 'model:write',
    summary: 'MLflow: point a free alias at a version',
    input: setAliasBody,
    output: nothing,
    handle: async ({ scope, body }) => {
      await setMlflowAlias(scope, body);
      return {};
    },
  }),
  defineRoute({
    method: 'DELETE',
    url: `${models}/alias`,
    scope: 'model:write',
    summary: 'MLflow: take a free alias away',
    input: aliasQuery,
    output: nothing,
    handle: async ({ scope, body }) => {
      await deleteMlflowAlias(scope, body);
      return {};
    },
  }),
  defineRoute({
    method: 'GET',
    url: `${versions}/get`,
    scope: 'project:read',
    summary: 'MLflow: one version',
    query: versionQuery,
    output: version,
    handle: async ({ scope, query }) => ({ model_version: await getMlflowVersion(scope, query) }),
  }),
  defineRoute({
    method: 'GET',
    url: `${versions}/search`,
    scope: 'project:read',
    summary: 'MLflow: versions by a filter',
    query: searchQuery,
    output: z.object({ model_versions: z.array(mlflowVersionSchema), ...next }),
    handle: ({ scope, query }) => searchMlflowVersions(scope, query),
  }),
  defineRoute({
    method: 'POST',
    url: `${versions}/transition-stage`,
    scope: 'promotion:request',
    summary: 'MLflow: move a version to a stage, or open the request that does',
    description:
      'Down (None, Archived) it moves at once. Up it goes by a request: that is opened, and the answer is PERMISSION_DENIED naming it.',
    input: transitionBody,
    output: version,
    handle: async ({ scope, body }) => ({ model_version: await transitionStage(scope, body) }),
  }),
  defineRoute({
    method: 'POST',
    url: `${versions}/set-tag`,
    scope: 'model:write',
    summary: 'MLflow: set a tag of a version',
    input: setTagBody,
    output: nothing,
    handle: async ({ scope, body }) => {
      await setMlflowTag(scope, body);
      return {};
    },
  }),
  defineRoute({
    method: 'DELETE',
    url: `${versions}/delete-tag`,
    scope: 'model:write',
    summary: 'MLflow: remove a tag of a version',
    input: deleteTagBody,
    output: nothing,
    handle: async ({ scope, body }) => {
      await deleteMlflowTag(scope, body);
      return {};
    },
  }),
];

/** MLflow's registry calls, at both of its places, under the rules of this project. */
export const mlflowRegistryRest: RestRoute[] = routes.flatMap((route) =>
  ['/api/2.0/', '/ajax-api/2.0/'].map((place) => ({ ...route, url: `${place}${route.url}` })),
);

import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProjectScope } from '#server/auth/actor.ts';
import { TOKEN_SCOPES } from '#server/auth/roles.ts';
import { DomainError } from '#server/errors.ts';
import { sendError } from '#server/gateway/errors.ts';
import { restRoutes } from '#server/gateway/rest-routes.ts';
import { log } from '#server/log.ts';
import { db } from '#server/platform/db/client.ts';
import { createMember, createProject, scopeFor, type TestProject } from '#server/testing/factories.ts';
import { createDatasetVersion, createModel, createVersion } from '#server/testing/model-rows.ts';
import { setAlias } from './aliases.service.ts';
import { mlflowRegistryRest } from './mlflow-registry.rest.ts';

/** The forms are those of MLflow's REST API (mlflow.org/docs/latest/api_reference/rest-api.html, registry part). */

let app: FastifyInstance;
let project: TestProject;
let program: ProjectScope;
let reviewer: ProjectScope;

beforeEach(async () => {
  project = await createProject();
  reviewer = scopeFor(project, await createMember(project, 'reviewer'), 'reviewer');
  program = { ...reviewer, actor: { kind: 'token', id: null, name: 'ci', isAdmin: false }, scopes: new Set(TOKEN_SCOPES) };
  const model = await createModel(project);
  const data = await createDatasetVersion(project, [
    { id: 'a', from: 'x', body: 'hello', label: 'ham', split: 'train' },
    { id: 'b', from: 'x', body: 'money', label: 'spam', split: 'test' },
  ]);
  await createVersion(model, { stage: 'production' });
  await createVersion(model, { datasetVersionId: data.id });
  app = Fastify();
  app.decorateRequest('scope', null);
  app.setErrorHandler((error, request, reply) => sendError(log, error, request, reply, 1_000_000));
  restRoutes(app, mlflowRegistryRest, (required) => (request, _reply, done) => {
    request.scope = program;
    done(program.scopes.has(required) ? undefined : new DomainError('FORBIDDEN', `This needs the right ${required}.`));
  });
});

afterEach(() => app.close());

async function call(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  given: Record<string, unknown> = {},
  place = '/api/2.0/mlflow',
) {
  const answer = await app.inject({
    method,
    url: `${place}/${path}`,
    ...(method === 'GET' ? { query: given as Record<string, string> } : { payload: given }),
  });
  return { status: answer.statusCode, body: answer.json() };
}

const name = 'spam-filter';

describe('MLflow’s registry calls', () => {
  it('read models and versions in its form, at both places', async () => {
    const model = await call('GET', 'registered-models/get', { name });
    expect(model).toMatchObject({
      status: 200,
      body: {
        registered_model: {
          name,
          aliases: [],
          tags: [],
          latest_versions: [
            { version: '2', current_stage: 'None' },
            { version: '1', current_stage: 'Production' },
          ],
        },
      },
    });
    expect(await call('GET', 'registered-models/get', { name }, '/ajax-api/2.0/mlflow')).toEqual(model);
    expect((await call('GET', 'model-versions/get', { name, version: '1' })).body.model_version).toEqual({
      name,
      version: '1',
      creation_timestamp: expect.any(Number),
      last_updated_timestamp: expect.any(Number),
      user_id: '',
      current_stage: 'Production',
      description: '',
      source: expect.stringMatching(/^stagecraft:sha256\/[0-9a-f]{64}$/),
      run_id: '',
      status: 'READY',
      status_message: '',
      run_link: '',
      tags: [],
      aliases: [],
    });
    const latest = await call('POST', 'registered-models/get-latest-versions', { name, stages: ['Production'] });
    expect(latest.body.model_versions).toMatchObject([{ version: '1' }]);
  });

  it('search by filters, in pages', async () => {
    expect(
      (await call('GET', 'registered-models/search', { filter: "name ILIKE '%SPAM%'" })).body.registered_models,
    ).toHaveLength(1);
    expect((await call('GET', 'registered-models/search', { filter: "name = 'x'" })).body).toEqual({ registered_models: [] });
    const first = await call('GET', 'model-versions/search', { filter: `name = '${name}'`, max_results: '1' });
    expect(first.body).toMatchObject({ model_versions: [{ version: '2' }], next_page_token: '1' });
    const second = await call('GET', 'model-versions/search', { filter: `name = '${name}'`, max_results: '1', page_token: '1' });
    expect(second.body.model_versions).toMatchObject([{ version: '1' }]);
    expect(await call('GET', 'model-versions/search', { filter: 'name =' })).toMatchObject({
      status: 400,
      body: { error_code: 'INVALID_PARAMETER_VALUE', message: expect.stringContaining('at character 7') },
    });
  });

  it('set, read and delete aliases and tags; protected aliases are refused', async () => {
    expect(await call('POST', 'registered-models/alias', { name, alias: 'champion', version: '2' })).toEqual({
      status: 200,
      body: {},
    });
    expect((await call('GET', 'registered-models/alias', { name, alias: 'champion' })).body.model_version).toMatchObject({
      version: '2',
      aliases: ['champion'],
    });
    expect((await call('DELETE', 'registered-models/alias', { name, alias: 'champion' })).status).toBe(200);
    expect(await call('GET', 'registered-models/alias', { name, alias: 'champion' })).toMatchObject({
      status: 404,
      body: { error_code: 'RESOURCE_DOES_NOT_EXIST' },
    });
    await setAlias(reviewer, { model: name, name: 'champion', number: 1, protected: true, reason: 'The one to beat.' });
    expect(await call('POST', 'registered-models/alias', { name, alias: 'champion', version: '2' })).toMatchObject({
      status: 403,
      body: { error_code: 'PERMISSION_DENIED', message: expect.stringContaining('approved request') },
    });
    await call('POST', 'model-versions/set-tag', { name, version: '1', key: 'team', value: 'mail' });
    expect((await call('GET', 'model-versions/search', { filter: "tags.team = 'mail'" })).body.model_versions).toMatchObject([
      { version: '1', tags: [{ key: 'team', value: 'mail' }] },
    ]);
    await call('DELETE', 'model-versions/delete-tag', { name, version: '1', key: 'team' });
    expect((await call('GET', 'model-versions/get', { name, version: '1' })).body.model_version.tags).toEqual([]);
  });

  it('open the request that a stage needs, once, and name it', async () => {
    const ask = () =>
      call('POST', 'model-versions/transition-stage', {
        name,
        version: '2',
        stage: 'Production',
        archive_existing_versions: true,
      });
    const first = await ask();
    const request = await db.promotionRequest.findFirstOrThrow({ where: { projectId: project.id } });
    expect(first).toMatchObject({
      status: 403,
      body: {
        error_code: 'PERMISSION_DENIED',
        message: expect.stringContaining(`/${project.name}/models/requests/${request.id}`),
      },
    });
    expect((await ask()).body.message).toContain(request.id);
    expect(await db.promotionRequest.count({ where: { projectId: project.id } })).toBe(1);
    expect((await db.modelVersion.findFirstOrThrow({ where: { projectId: project.id, number: 2 } })).stage).toBe('development');
  });

  it('move a version down at once, by the rules', async () => {
    expect(
      (await call('POST', 'model-versions/transition-stage', { name, version: '2', stage: 'Archived' })).body.model_version,
    ).toMatchObject({ current_stage: 'Archived' });
    expect(
      (await call('POST', 'model-versions/transition-stage', { name, version: '2', stage: 'None' })).body.model_version,
    ).toMatchObject({ current_stage: 'None' });
    expect(await call('POST', 'model-versions/transition-stage', { name, version: '2', stage: 'Canary' })).toMatchObject({
      status: 400,
      body: {
        error_code: 'INVALID_PARAMETER_VALUE',
        message: 'There is no stage Canary here. The stages are None, Development, Staging, Production, Archived.',
      },
    });
  });

  it('fail in its form: unknown names, bad versions, missing rights', async () => {
    expect(await call('GET', 'registered-models/get', { name: 'nothing' })).toMatchObject({
      status: 404,
      body: { error_code: 'RESOURCE_DOES_NOT_EXIST' },
    });
    expect(await call('GET', 'model-versions/get', { name, version: 'one' })).toMatchObject({
      status: 400,
      body: { error_code: 'INVALID_PARAMETER_VALUE' },
    });
    expect(await call('GET', 'registered-models/get')).toMatchObject({
      status: 400,
      body: { error_code: 'INVALID_PARAMETER_VALUE' },
    });
    program = { ...program, scopes: new Set(['project:read']) };
    expect(await call('POST', 'registered-models/alias', { name, alias: 'a', version: '1' })).toEqual({
      status: 403,
      body: { error_code: 'PERMISSION_DENIED', message: 'This needs the right model:write.' },
    });
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Scope } from '#server/auth/roles.ts';
import { rest } from '#server/gateway/registry.ts';
import { hashToken } from '#server/platform/crypto/tokens.ts';
import { db } from '#server/platform/db/client.ts';
import { createScope, type TestProject } from '#server/testing/factories.ts';
import { MemorySources, startGateway, type TestGateway } from '#server/testing/gateway.ts';
import { createDatasetVersion, createModel, createVersion } from '#server/testing/model-rows.ts';

/** The registry by HTTP, as a program with a token sees it. */

const ALL: Scope[] = ['project:read', 'model:write', 'promotion:request', 'audit:read', 'deployment:write'];
const sources = new MemorySources();
let gateway: TestGateway;
let project: TestProject;
let auth: Record<string, string>;

beforeAll(async () => {
  gateway = await startGateway({ sources, rest });
});
afterAll(() => gateway.gateway.close());
beforeEach(async () => {
  ({ project } = await createScope('scientist'));
  auth = await tokenFor(project, ALL);
});

async function tokenFor(of: TestProject, scopes: Scope[]): Promise<Record<string, string>> {
  const token = `sc_${crypto.randomUUID()}`;
  const entry = { id: crypto.randomUUID(), hash: hashToken(token), name: 'pipeline', scopes, expiresAt: null };
  sources.tokens.push({ ...entry, projectId: of.id, projectName: of.name });
  await gateway.gateway.refreshTokens();
  return { authorization: `Bearer ${token}` };
}

async function two() {
  const model = await createModel(project);
  const learned = await createDatasetVersion(project, [{ id: 'a', from: 'x', body: 'win', label: 'spam', split: 'test' }]);
  await createVersion(model, { stage: 'production', datasetVersionId: learned.id });
  await createVersion(model, { stage: 'staging', datasetVersionId: learned.id });
  return model;
}

const put = async (url: string, payload: object) => {
  const reply = await gateway.gateway.app.inject({ method: 'PUT', url, payload, headers: auth });
  return { status: reply.statusCode, body: JSON.parse(reply.body) };
};

describe('the registry by REST', () => {
  test('lists models and versions, and one in full', async () => {
    await two();
    const { body: list } = await gateway.get('/v1/models', auth);
    expect(list.models).toMatchObject([{ name: 'spam-filter', positive_class: 'spam', versions: 2 }]);
    const { body: model } = await gateway.get('/v1/models/spam-filter', auth);
    expect(model.all_versions.map((one: { version: number; stage: string }) => [one.version, one.stage])).toEqual([
      [2, 'staging'],
      [1, 'production'],
    ]);
    const { body: version } = await gateway.get('/v1/models/spam-filter/versions/2', auth);
    expect(version).toMatchObject({ model: 'spam-filter', version: 2, fields: expect.any(Array), deleted: null });
    expect(await gateway.get('/v1/models/spam-filter/versions/x', auth)).toMatchObject({ status: 404 });
    expect(await gateway.get('/v1/models/spam-filter/versions/99', auth)).toMatchObject({ status: 404 });
  });

  test('searches by a condition, and says where one can’t be read', async () => {
    await two();
    const found = await gateway.get(`/v1/versions?query=${encodeURIComponent("stage = 'staging'")}`, auth);
    expect(found).toMatchObject({ status: 200, body: { total: 1, versions: [{ model: 'spam-filter', version: 2 }] } });
    const wrong = await gateway.get(`/v1/versions?query=${encodeURIComponent('stage = ')}`, auth);
    expect(wrong).toMatchObject({
      status: 400,
      body: { error: { code: 'INVALID', message: expect.stringContaining('at character') } },
    });
  });

  test('points a free alias, and takes it away', async () => {
    await two();
    const set = await put('/v1/models/spam-filter/aliases/champion', { version: 2 });
    expect(set).toMatchObject({ status: 200, body: { aliases: [{ name: 'champion', version: 2, protected: false }] } });
    expect(await put('/v1/models/spam-filter/aliases/v7', { version: 2 })).toMatchObject({ status: 400 });
    expect(await put('/v1/models/spam-filter/aliases/champion', { version: 'two' })).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining('Field version') } },
    });
    const gone = await gateway.gateway.app.inject({
      method: 'DELETE',
      url: '/v1/models/spam-filter/aliases/champion',
      headers: auth,
    });
    expect(gone.json()).toEqual({ aliases: [] });
  });

  test('tells the gates, and what a version never judged would come to', async () => {
    await two();
    const { body: gates } = await gateway.get('/v1/models/spam-filter/gates', auth);
    expect(gates).toMatchObject({ from: 'usual', rules: expect.any(Array) });
    const { body: judged } = await gateway.get('/v1/models/spam-filter/versions/2/gates?stage=production', auth);
    expect(judged).toMatchObject({ passed: false, source: 'never judged', gates: expect.any(Array) });
    expect(await gateway.get('/v1/models/spam-filter/versions/2/gates?stage=nowhere', auth)).toMatchObject({ status: 400 });
    expect(await gateway.get('/v1/models/spam-filter/versions/2/gates', auth)).toMatchObject({ status: 400 });
  });

  test('asks for a promotion, shows it, and takes it back', async () => {
    await two();
    const asked = await gateway.post(
      '/v1/models/spam-filter/promotions',
      { version: 2, stage: 'production', reason: 'Better.' },
      auth,
    );
    expect(asked).toMatchObject({ status: 201, body: { status: 'preparing' } });
    const seen = await gateway.get(`/v1/promotions/${asked.body.id}`, auth);
    expect(seen.body).toMatchObject({
      version: 2,
      stage: 'production',
      path: `/${project.name}/models/requests/${asked.body.id}`,
    });
    expect((await gateway.get('/v1/promotions?model=spam-filter', auth)).body.requests).toHaveLength(1);
    const back = await gateway.post(`/v1/promotions/${asked.body.id}/withdraw`, { reason: 'Not yet.' }, auth);
    expect(back.body).toMatchObject({ status: 'withdrawn' });
    const unknown = { version: 2, stage: 'production', reason: 'Better.', approve: true };
    expect(await gateway.post('/v1/models/spam-filter/promotions', unknown, auth)).toMatchObject({ status: 400 });
  });

  test('exports the record, and records that it did', async () => {
    await two();
    await put('/v1/models/spam-filter/aliases/champion', { version: 2 });
    const { body } = await gateway.get('/v1/record/entries?limit=1', auth);
    expect(body.entries).toHaveLength(1);
    const csv = await gateway.gateway.app.inject({ url: '/v1/record/export?format=csv', headers: auth });
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.body.split('\r\n')[0]).toContain('actor');
    expect(await gateway.get('/v1/record/export?format=xml', auth)).toMatchObject({ status: 400 });
  });

  test('nothing of another project, and nothing without the right', async () => {
    await two();
    const other = await createScope('scientist');
    const foreign = await tokenFor(other.project, ALL);
    expect((await gateway.get('/v1/models', foreign)).body).toEqual({ models: [] });
    expect(await gateway.get('/v1/models/spam-filter', foreign)).toMatchObject({ status: 404 });
    const poor = await tokenFor(project, ['predict']);
    for (const url of ['/v1/models', '/v1/promotions', '/v1/record/entries', '/v1/brief', '/v1/versions']) {
      expect(await gateway.get(url, poor)).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } });
      expect(await gateway.get(url, { authorization: '' })).toMatchObject({ status: 401 });
    }
    expect(await db.modelAlias.count({ where: { projectId: other.project.id } })).toBe(0);
  });
});

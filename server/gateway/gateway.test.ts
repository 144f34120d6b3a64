import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canary, MemorySources, PROJECT, route, startGateway, type TestGateway, TOKEN } from '#server/testing/gateway.ts';
import { writeTemporary } from '#server/testing/graphs.ts';

let g: TestGateway;
beforeAll(async () => {
  g = await startGateway({ bodyLimitBytes: 20_000 });
});
afterAll(() => g.gateway.close());

const predict = (body: unknown, headers?: Record<string, string>) => g.post('/v1/predict/spam-filter', body, headers);

describe('POST /v1/predict', () => {
  it('answers with class, probabilities, version, arm and timings, and logs each instance', async () => {
    const { status, body, headers } = await predict({
      instances: [{ body: 'Win money' }, { body: null }],
      request_id: 'r-1',
      event_time: '2002-08-22T13:17:22+02:00',
      routing_key: 'alice',
    });
    expect(status).toBe(200);
    expect(headers['x-request-id']).toBe('r-1');
    expect(body).toMatchObject({ request_id: 'r-1', deployment: 'spam-filter', model_version: 1, arm: 'primary' });
    expect(body.predictions).toMatchObject([{ label: 'spam', model_version: 1 }, { label: 'ham' }]);
    expect(body.predictions[0].probabilities.spam).toBeCloseTo(0.982, 3);
    expect(body.timings.total_ms).toBeGreaterThan(0);
    await g.gateway.shipper.drain();
    expect(g.sources.predictions.get('r-1/0')).toMatchObject({
      projectId: PROJECT,
      input: { body: 'Win money' },
      label: 'spam',
      eventTime: '2002-08-22T11:17:22.000Z',
      routingKey: 'alice',
      errorCode: null,
      id: body.predictions[0].id,
    });
    expect(g.sources.predictions.get('r-1/1')).toMatchObject({ index: 1, input: { body: null }, label: 'ham' });
  });

  it('takes one instance, and names the request by x-request-id or by itself', async () => {
    const named = await predict({ instance: { body: 'win' } }, { 'x-request-id': 'from-header' });
    expect(named.body.request_id).toBe('from-header');
    const unnamed = await predict({ instance: { body: 'win' } });
    expect(unnamed.body.request_id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect(unnamed.headers['x-request-id']).toBe(unnamed.body.request_id);
  });

  it.each([
    ['a list', [], 'INVALID', /Send an object/],
    ['no instances', { instances: [] }, 'INVALID', /at least one instance/],
    ['an instance that is a text', { instances: ['win'] }, 'INVALID', /instances\[0\] must be an object of fields, but is "win"/],
    [
      'an unknown field',
      { instance: { body: 'a', subject: 'b' } },
      'INVALID',
      /instances\[0\]\.subject is unknown\. The model takes: body/,
    ],
    ['a missing field', { instances: [{ body: 'a' }, {}] }, 'INVALID', /instances\[1\]\.body is missing\. Send null/],
    ['a wrong type', { instance: { body: 7 } }, 'INVALID', /instances\[0\]\.body must be a text or null, but is 7/],
    ['a wrong time', { instance: { body: 'a' }, event_time: 'yesterday' }, 'INVALID', /ISO 8601/],
    ['a wrong request id', { instance: { body: 'a' }, request_id: 'a b' }, 'INVALID', /request_id must be/],
    ['an unknown setting', { instance: { body: 'a' }, temperature: 1 }, 'INVALID', /temperature is unknown here/],
    ['a version that is not served', { instance: { body: 'a' }, version: 9 }, 'NOT_FOUND', /It serves: 1/],
    ['too many', { instances: Array(1001).fill({ body: 'a' }) }, 'TOO_LARGE', /1000 is the most/],
  ])('refuses %s', async (_what, body, code, message) => {
    const reply = await predict(body);
    expect(reply.body.error).toMatchObject({
      code,
      message: expect.stringMatching(message),
      requestId: reply.headers['x-request-id'],
    });
  });

  it('refuses an empty body, a body that is no JSON, another media type and a giant body, and names the limit', async () => {
    expect((await predict('')).body.error).toMatchObject({ code: 'INVALID', message: 'The body is empty. Send JSON.' });
    expect((await predict('{"instances": [')).body.error).toMatchObject({
      code: 'INVALID',
      message: expect.stringContaining('JSON'),
    });
    expect((await predict('a=1', { 'content-type': 'text/csv' })).status).toBe(415);
    const giant = await predict({ instance: { body: 'x'.repeat(20_000) } });
    expect(giant.status).toBe(413);
    expect(giant.body.error).toMatchObject({
      code: 'TOO_LARGE',
      message: expect.stringContaining('20000 bytes'),
      details: { limit: 20_000 },
    });
  });

  it('knows no other deployment, and nothing at other paths', async () => {
    expect((await g.post('/v1/predict/other', { instance: {} })).body.error.code).toBe('NOT_FOUND');
    expect((await g.get('/v3')).body.error).toMatchObject({ code: 'NOT_FOUND', message: 'There is nothing at GET /v3.' });
  });
});

describe('tokens', () => {
  it('refuses requests without, with a foreign and with an expired token, and with one that lacks the scope', async () => {
    const sources = g.sources;
    sources.tokens.push(
      sources.token('sc_old', ['predict'], '2020-01-01T00:00:00.000Z'),
      sources.token('sc_outcomes', ['outcome:write']),
      sources.token('sc_other', ['predict'], null, '018f0000-0000-7000-8000-000000000002'),
    );
    await g.gateway.refreshTokens();
    const as = (authorization: string) => predict({ instance: { body: 'a' } }, { authorization });
    expect((await as('')).body.error).toMatchObject({ code: 'UNAUTHENTICATED', message: expect.stringContaining('Bearer sc_') });
    expect((await as('Basic abc')).status).toBe(401);
    expect((await as('Bearer sc_unknown')).body.error.message).toContain('unknown, revoked or expired');
    expect((await as('Bearer sc_old')).body.error.message).toContain('expired at 2020-01-01');
    expect((await as('Bearer sc_outcomes')).body.error).toMatchObject({ code: 'FORBIDDEN', details: { scope: 'predict' } });
    expect((await as('Bearer sc_other')).body.error.code).toBe('NOT_FOUND');
    await g.gateway.reportUse();
    expect(sources.used.length).toBeGreaterThan(0);
  });

  it('limits the requests of a token and says when to come back', async () => {
    const limited = await startGateway({ requestsPerMinute: 60 });
    const statuses: number[] = [];
    for (let i = 0; i < 15; i++) statuses.push((await limited.get('/v1/deployments')).status);
    const last = await limited.get('/v1/deployments');
    await limited.gateway.close();
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(200));
    expect(last.status).toBe(429);
    expect(last.headers['retry-after']).toBe('1');
    expect(last.body.error).toMatchObject({ code: 'RATE_LIMITED', message: expect.stringContaining('60 requests a minute') });
  });
});

describe('POST /v1/outcomes', () => {
  it('stores outcomes once, lists contradictions, and keeps those of unknown requests', async () => {
    const outcome = { request_id: 'o-1', label: 'spam', event_time: '2002-09-01T00:00:00Z' };
    expect((await g.post('/v1/outcomes', [outcome])).body).toEqual({ stored: 1, repeated: 0 });
    expect((await g.post('/v1/outcomes', { outcomes: [outcome] })).body).toEqual({ stored: 0, repeated: 1 });
    const conflict = await g.post('/v1/outcomes', [
      { request_id: 'o-1', label: 'ham' },
      { request_id: 'o-2', label: 'ham' },
    ]);
    expect(conflict.status).toBe(409);
    expect(conflict.body.error).toMatchObject({
      code: 'CONFLICT',
      details: { conflicts: [{ request_id: 'o-1', index: 0, stored: 'spam', given: 'ham' }] },
    });
    expect(g.sources.outcomes.has('o-2/0')).toBe(false);
  });

  it('says what is wrong with an outcome', async () => {
    const reply = await g.post('/v1/outcomes', [{ request_id: 'a', label: 'x' }, { request_id: 'b' }]);
    expect(reply.body.error).toMatchObject({ code: 'INVALID', message: expect.stringContaining('1.label') });
    expect((await g.post('/v1/outcomes', [])).body.error.message).toContain('empty');
  });

  it('keeps outcomes in the spool while the database is away, and stores them when it is back', async () => {
    g.sources.down = true;
    const reply = await g.post('/v1/outcomes', [{ request_id: 'late', index: 2, label: true }]);
    expect(reply).toMatchObject({ status: 202, body: { accepted: 1 } });
    g.sources.down = false;
    await g.gateway.shipper.drain();
    expect(g.sources.outcomes.get('late/2')).toMatchObject({ label: 'true', projectId: PROJECT });
  });
});

describe('routing', () => {
  it('changes weights and versions without failing a request', async () => {
    const sources = new MemorySources();
    const swap = await startGateway({ sources });
    let stop = false;
    const seen = { primary: 0, canary: 0, other: 0 };
    const caller = async (name: number) => {
      for (let i = 0; !stop; i++) {
        const { status, body } = await swap.post('/v1/predict/spam-filter', {
          instance: { body: 'win' },
          routing_key: `${name}-${i}`,
        });
        const right = body.arm === 'canary' ? 'ham' : 'spam';
        if (status === 200 && body.predictions[0].label === right) seen[body.arm as 'primary']++;
        else seen.other++;
      }
    };
    const callers = Array.from({ length: 8 }, (_, i) => caller(i));
    for (let revision = 2; revision <= 9; revision++) {
      const weight = [0.1, 0.5, 1, 0][revision % 4] ?? 0;
      sources.routing = [
        route({
          revision,
          arms: weight > 0 ? [...route({}).arms.map((a) => ({ ...a, weight: 1 - weight })), canary(weight)] : route().arms,
        }),
      ];
      await swap.gateway.refreshRouting();
      expect(swap.gateway.info().routing).toEqual({ [route().deploymentId]: revision });
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    stop = true;
    await Promise.all(callers);
    await swap.gateway.close();
    expect(seen.other).toBe(0);
    expect(seen.primary).toBeGreaterThan(20);
    expect(seen.canary).toBeGreaterThan(20);
  });

  it('goes on with the old model when a new one can not be loaded, and says why', async () => {
    g.sources.files.corrupt = writeTemporary('corrupt.onnx', 'not a graph');
    g.sources.routing = [route({ revision: 7, arms: [canary(1, { name: 'primary', artifactKey: 'corrupt' })] })];
    await g.gateway.refreshRouting();
    expect((await predict({ instance: { body: 'win' } })).body).toMatchObject({ model_version: 1 });
    const info = g.gateway.info();
    expect(info.routing[route().deploymentId]).toBe(1);
    expect(info.problems[route().deploymentId]).toMatch(/Version 2 of spam-filter can't be served: The model can't be loaded/);
    g.sources.routing = [route({ revision: 8 })];
    await g.gateway.refreshRouting();
    expect(g.gateway.info().problems).toEqual({});
  });

  it('is ready only when all that it should serve is served', async () => {
    const sources = new MemorySources();
    sources.files = {};
    const empty = await startGateway({ sources });
    expect((await empty.get('/v2/health/ready')).status).toBe(503);
    expect((await empty.get('/v2/health/live')).status).toBe(200);
    const reply = await empty.post('/v1/predict/spam-filter', { instance: { body: 'a' } });
    expect(reply).toMatchObject({
      status: 503,
      body: { error: { code: 'NOT_READY', message: expect.stringContaining('no artifact spam') } },
    });
    await empty.gateway.close();
  });
});

it('starts without a database from what it saved, and loses none of what it logged', async () => {
  const first = await startGateway();
  await first.gateway.close();
  const sources = new MemorySources();
  sources.down = true;
  sources.files = {};
  const second = await startGateway({ sources, spoolDir: first.spoolDir });
  for (let i = 0; i < 50; i++) {
    const reply = await second.post(
      '/v1/predict/spam-filter',
      { instance: { body: 'win' }, request_id: `down-${i}` },
      { authorization: `Bearer ${TOKEN}` },
    );
    expect(reply.status).toBe(200);
  }
  expect(await second.gateway.shipper.drain()).toBe(false);
  expect(second.gateway.info().log).toMatchObject({ lastError: expect.stringContaining('ECONNREFUSED') });
  expect(second.gateway.info().log.backlogBytes).toBeGreaterThan(50 * 200);
  sources.down = false;
  expect(await second.gateway.shipper.drain()).toBe(true);
  expect(sources.predictions.size).toBe(50);
  expect(second.gateway.info().log.backlogBytes).toBe(0);
  await second.gateway.close();
});

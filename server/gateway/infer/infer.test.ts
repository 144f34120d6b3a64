import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canary, route, startGateway, type TestGateway } from '#server/testing/gateway.ts';

// The protocol's own description: open_inference_rest.yaml as JSON, with its licence note.
type Schema = {
  $ref?: string;
  type?: string;
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  additionalProperties?: Schema;
};
type Operation = { responses: Record<string, { content?: { 'application/json': { schema: Schema } } }> };
const spec = JSON.parse(readFileSync(new URL('fixtures/open-inference-rest.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};

let g: TestGateway;
beforeAll(async () => {
  g = await startGateway();
});
afterAll(() => g.gateway.close());

const text = (...data: string[]) => ({ name: 'body', shape: [data.length], datatype: 'BYTES', data });
const infer = (body: unknown, path = '/v2/models/spam-filter/infer') => g.post(path, body);

describe('the contract of the Open Inference Protocol', () => {
  const calls = Object.entries(spec.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => method === 'get' || method === 'post')
      .map(([method, operation]) => ({ method, path, operation })),
  );

  it.each(calls)('$method $path answers as described', async ({ method, path, operation }) => {
    const url = path.replace(/\$\{MODEL_NAME\}/, 'spam-filter').replace(/\$\{MODEL_VERSION\}/, '1');
    const reply = method === 'get' ? await g.get(url) : await infer({ id: '42', inputs: [text('win')] }, url);
    expect(reply.status).toBe(200);
    const schema = operation.responses['200']?.content?.['application/json'].schema;
    if (schema) expect(problems(reply.body, schema, '$')).toEqual([]);
    const withoutVersion = url.replace('/versions/1', '');
    const again = method === 'get' ? await g.get(withoutVersion) : await infer({ inputs: [text('win')] }, withoutVersion);
    expect(again.status).toBe(200);
  });

  it('answers errors in the form that is described, with their code in a header', async () => {
    const reply = await infer({ inputs: [] });
    const schema = spec.components.schemas.inference_error_response as Schema;
    expect(problems(reply.body, schema, '$')).toEqual([]);
    expect(reply).toMatchObject({
      status: 400,
      body: { error: 'Inputs are missing: body.' },
      headers: { 'x-error-code': 'INVALID' },
    });
  });
});

describe('POST /v2/models/{name}/infer', () => {
  it('gives label and probabilities by row, and logs the request', async () => {
    const { body } = await infer({
      id: 'req-1',
      parameters: { routing_key: 'bob', event_time: '2002-10-01T00:00:00Z' },
      inputs: [text('Win', 'the meeting')],
    });
    expect(body).toMatchObject({ model_name: 'spam-filter', model_version: '1', id: 'req-1', parameters: { arm: 'primary' } });
    expect(body.outputs).toEqual([
      { name: 'label', datatype: 'BYTES', shape: [2], data: ['spam', 'ham'] },
      { name: 'probabilities', datatype: 'FP32', shape: [2, 2], data: expect.any(Array) },
    ]);
    expect(body.outputs[1].data[1]).toBeCloseTo(0.8807, 3);
    await g.gateway.shipper.drain();
    expect(g.sources.predictions.get('req-1/1')).toMatchObject({
      input: { body: 'the meeting' },
      label: 'ham',
      routingKey: 'bob',
      eventTime: '2002-10-01T00:00:00.000Z',
    });
  });

  it('takes data nested or flat, and a list of texts as [n, 1] too', async () => {
    const nested = await infer({ inputs: [{ name: 'body', shape: [2, 1], datatype: 'BYTES', data: [['win'], ['meeting']] }] });
    expect(nested.body.outputs[0].data).toEqual(['spam', 'ham']);
  });

  it('gives only the outputs that are asked for', async () => {
    const { body } = await infer({ inputs: [text('win')], outputs: [{ name: 'label' }] });
    expect(body.outputs).toEqual([{ name: 'label', datatype: 'BYTES', shape: [1], data: ['spam'] }]);
  });

  it('serves the version that is named, when it is one of the arms', async () => {
    g.sources.routing = [route({ revision: 2, arms: [...route().arms.map((arm) => ({ ...arm, weight: 1 })), canary(0)] })];
    await g.gateway.refreshRouting();
    const second = await infer({ inputs: [text('win')] }, '/v2/models/spam-filter/versions/2/infer');
    expect(second.body).toMatchObject({ model_version: '2', outputs: [{ data: ['ham'] }, {}] });
    const third = await infer({ inputs: [text('win')] }, '/v2/models/spam-filter/versions/3/infer');
    expect(third).toMatchObject({ status: 404, body: { error: "spam-filter doesn't serve version 3 now. It serves: 1, 2." } });
    expect((await g.get('/v2/models/spam-filter')).body).toMatchObject({
      versions: ['1', '2'],
      properties: { provider: 'cpu', classes: '["ham","spam"]', revision: '2' },
    });
  });

  it.each([
    ['no inputs', {}, /inputs/],
    ['an unknown input', { inputs: [{ ...text('a'), name: 'subject' }] }, /The model has no input subject\. It takes: body\./],
    ['an input twice', { inputs: [text('a'), text('a')] }, /Input body is there twice/],
    ['a wrong datatype', { inputs: [{ ...text('a'), datatype: 'FP32' }] }, /has the datatype FP32; the model takes BYTES/],
    ['a wrong shape', { inputs: [{ ...text('a'), shape: [1, 2] }] }, /has the shape \[1, 2\]; the model takes \[-1\]/],
    ['too few values', { inputs: [{ ...text('a'), shape: [3] }] }, /has 1 values; its shape \[3\] needs 3/],
    ['a wrong value', { inputs: [{ ...text('a'), data: [5] }] }, /must hold a string at place 0, but has 5/],
    ['no rows', { inputs: [text()] }, /no rows/],
    [
      'an unknown output',
      { inputs: [text('a')], outputs: [{ name: 'score' }] },
      /no output score\. It gives: label, probabilities/,
    ],
    ['a wrong event time', { inputs: [text('a')], parameters: { event_time: 5 } }, /ISO 8601/],
  ])('refuses %s', async (_what, body, message) => {
    const reply = await infer(body);
    expect(reply.status).toBe(400);
    expect(reply.body.error).toMatch(message);
  });
});

/** Where a value differs from a schema of the description: types, required properties and list items. */
function problems(value: unknown, schema: Schema, at: string): string[] {
  if (schema.$ref) return problems(value, spec.components.schemas[schema.$ref.split('/').at(-1) ?? ''] as Schema, at);
  if (schema.anyOf) return schema.anyOf.some((option) => problems(value, option, at).length === 0) ? [] : [`${at}: fits none`];
  if (schema.type === 'array') {
    if (!Array.isArray(value)) return [`${at}: no list`];
    return value.flatMap((item, i) => (schema.items ? problems(item, schema.items, `${at}[${i}]`) : []));
  }
  if (schema.type === 'integer') return Number.isInteger(value) ? [] : [`${at}: no whole number`];
  if (schema.type !== 'object')
    return schema.type === undefined || schema.type === typeof value ? [] : [`${at}: no ${schema.type}`];
  if (typeof value !== 'object' || value === null) return [`${at}: no object`];
  const record = value as Record<string, unknown>;
  const missing = (schema.required ?? []).filter((name) => !(name in record)).map((name) => `${at}.${name}: missing`);
  const known = Object.entries(schema.properties ?? {}).filter(([name]) => name in record);
  const inner = known.flatMap(([name, property]) => problems(record[name], property, `${at}.${name}`));
  const extra = schema.additionalProperties;
  return [
    ...missing,
    ...inner,
    ...(extra ? Object.entries(record).flatMap(([name, v]) => problems(v, extra, `${at}.${name}`)) : []),
  ];
}

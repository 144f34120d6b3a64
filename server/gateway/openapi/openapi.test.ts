import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SCOPES } from '#server/auth/roles.ts';
import { rest } from '#server/gateway/registry.ts';
import { startGateway, type TestGateway } from '#server/testing/gateway.ts';
import type { OpenApiDocument, Operation } from './document.ts';

/** The parts of OpenAPI 3.1 (spec.openapis.org/oas/v3.1.0) that we use, with what they require. */
const content = z.record(z.string().regex(/^[\w.+-]+\/[\w.+-]+$/), z.strictObject({ schema: z.record(z.string(), z.unknown()) }));
const operation = z.strictObject({
  operationId: z.string().regex(/^\w+$/),
  summary: z.string().min(5).max(120),
  description: z.string().min(1),
  tags: z.array(z.string()).length(1),
  parameters: z.array(
    z.strictObject({
      name: z.string().min(1),
      in: z.enum(['path', 'query']),
      required: z.boolean(),
      schema: z.record(z.string(), z.unknown()),
      description: z.string().optional(),
    }),
  ),
  requestBody: z.strictObject({ required: z.boolean(), content }).optional(),
  responses: z.record(
    z.string().regex(/^([1-5]\d\d|default)$/),
    z.strictObject({ description: z.string(), content: content.optional() }),
  ),
  security: z.array(z.record(z.string(), z.array(z.string()))),
});
const documentForm = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
  paths: z.record(z.string().startsWith('/'), z.partialRecord(z.enum(['get', 'post', 'put', 'patch', 'delete']), operation)),
  components: z.strictObject({
    schemas: z.record(z.string().regex(/^[\w.-]+$/), z.record(z.string(), z.unknown())),
    securitySchemes: z.record(z.string(), z.record(z.string(), z.unknown())),
  }),
});

let gateway: TestGateway;
let document: OpenApiDocument;
beforeAll(async () => {
  gateway = await startGateway({ rest });
  document = (await gateway.get('/v1/openapi.json', { authorization: '' })).body as OpenApiDocument;
});
afterAll(() => gateway.gateway.close());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, all]) =>
    Object.entries(all).map(([method, one]: [string, Operation]) => ({ path, method, one })),
  );

/** Routes as Fastify knows them: `GET /v1/models/:model`. */
const registered = () =>
  gateway.gateway.app.routes.filter((route) => route.method !== 'HEAD').map(({ method, url }) => `${method} ${url}`);

describe('the document of the API', () => {
  it('is OpenAPI 3.1', () => {
    expect(documentForm.safeParse(document).error?.issues ?? []).toEqual([]);
  });

  it('tells of every route that is registered, and of no other', () => {
    const told = operations().map(({ path, method }) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`);
    expect(registered().length).toBeGreaterThan(20);
    expect([...told].sort()).toEqual([...registered()].sort());
  });

  it('names each operation once', () => {
    const ids = operations().map(({ one }) => one.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('declares every parameter of a path, and refers to nothing that is not there', () => {
    for (const { path, one } of operations()) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(one.parameters.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name)).toEqual(named);
    }
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
      ([, name]) => name ?? '',
    );
    expect(refs.length).toBeGreaterThan(0);
    for (const name of new Set(refs)) expect(Object.keys(document.components.schemas)).toContain(name);
    expect(JSON.stringify(document)).not.toContain('#/$defs/');
  });

  it('says which right each route needs', () => {
    for (const { one } of operations()) {
      const needs = /Needs the right `([\w:]+)`\.|Needs no token\./.exec(one.description ?? '');
      expect(needs).not.toBeNull();
      if (needs?.[1]) expect(SCOPES).toContain(needs[1]);
      expect(one.security).toEqual(needs?.[1] ? [{ token: [] }] : []);
    }
  });

  it('shows the form of every answer in JSON', () => {
    const silent = operations().filter(({ path, one }) => {
      const [success] = Object.values(one.responses);
      return path !== '/docs' && !success?.content;
    });
    expect(silent.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  it('can be read by people, without a token and without a script', async () => {
    const reply = await gateway.gateway.app.inject({ url: '/docs' });
    expect(reply.statusCode).toBe(200);
    expect(reply.headers['content-type']).toContain('text/html');
    expect(reply.body).not.toContain('<script');
    for (const { path } of operations()) expect(reply.body).toContain(path);
  });
});

import type { Scope } from '#server/auth/roles.ts';
import type { RestRoute } from '#server/gateway/plugin.ts';
import { type JsonSchema, schemaOf } from './schema-of.ts';

/** A route as the document tells of it; `scope` null needs no token. */
export type ToldRoute = Pick<
  RestRoute,
  'method' | 'url' | 'summary' | 'description' | 'query' | 'input' | 'output' | 'status' | 'stream'
> & {
  scope: Scope | null;
};

export type Parameter = { name: string; in: 'path' | 'query'; required: boolean; schema: JsonSchema; description?: string };
export type Operation = {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  parameters: Parameter[];
  requestBody?: { required: boolean; content: Record<string, { schema: JsonSchema }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: JsonSchema }> }>;
  security: Record<string, string[]>[];
};
export type OpenApiDocument = {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, JsonSchema>; securitySchemes: Record<string, JsonSchema> };
};

const ERROR: JsonSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'requestId'],
      properties: {
        code: { type: 'string', description: 'Stable, for programs: INVALID, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT …' },
        message: { type: 'string', description: 'For people: what is wrong, where, and how to go on.' },
        details: { type: 'object' },
        requestId: { type: 'string' },
      },
    },
  },
};
/** Of the Open Inference Protocol: a sentence; the code is in the header `x-error-code`. */
const PROTOCOL_ERROR: JsonSchema = { type: 'object', required: ['error'], properties: { error: { type: 'string' } } };

const COUNTED = /(^|_)(version|number|n)$/;

/** The gateway's routes as an OpenAPI 3.1 document. Pure: the same routes make the same document. */
export function openApiDocument(routes: readonly ToldRoute[], version: string): OpenApiDocument {
  const schemas: Record<string, JsonSchema> = { Error: ERROR, ProtocolError: PROTOCOL_ERROR };
  const paths: OpenApiDocument['paths'] = {};
  for (const route of [...routes].sort((a, b) => a.url.localeCompare(b.url))) {
    const path = route.url.replace(/:(\w+)/g, '{$1}');
    const operations = paths[path] ?? {};
    operations[route.method.toLowerCase()] = operationOf(route, schemas);
    paths[path] = operations;
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Stagecraft',
      version,
      description:
        'What programs may do: ask for predictions, send outcomes, ask for promotions, read the record. Every call carries a token of a project: `Authorization: Bearer sc_…`; a token sees its project only. Paths and fields are stable: fields are added, never renamed.',
    },
    paths,
    components: { schemas, securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'sc_…' } } },
  };
}

function operationOf(route: ToldRoute, components: Record<string, JsonSchema>): Operation {
  const name = operationId(route);
  const form = (schema: NonNullable<ToldRoute['input']>, io: 'input' | 'output') => schemaOf(schema, { io, name, components });
  const needs = route.scope ? `Needs the right \`${route.scope}\`.` : 'Needs no token.';
  const failure = { schema: { $ref: `#/components/schemas/${route.url.startsWith('/v2') ? 'ProtocolError' : 'Error'}` } };
  return {
    operationId: name,
    summary: route.summary ?? '',
    description: [route.description, needs].filter(Boolean).join(' '),
    tags: [tagOf(route.url)],
    parameters: [...pathParameters(route.url), ...(route.query ? queryParameters(form(route.query, 'input')) : [])],
    ...(route.stream
      ? { requestBody: { required: true, content: { 'application/octet-stream': { schema: {} } } } }
      : route.input
        ? { requestBody: { required: true, content: { 'application/json': { schema: form(route.input, 'input') } } } }
        : {}),
    responses: {
      [String(route.status ?? 200)]: {
        description: 'Done.',
        ...(route.output ? { content: { 'application/json': { schema: form(route.output, 'output') } } } : {}),
      },
      default: { description: 'It was not done, and why.', content: { 'application/json': failure } },
    },
    security: route.scope ? [{ token: [] }] : [],
  };
}

function pathParameters(url: string): Parameter[] {
  return [...url.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path' as const,
    required: true,
    schema: COUNTED.test(name) ? { type: 'integer', minimum: 1 } : { type: 'string' },
  }));
}

function queryParameters(schema: JsonSchema): Parameter[] {
  const required = new Set((schema.required as string[] | undefined) ?? []);
  return Object.entries((schema.properties as Record<string, JsonSchema> | undefined) ?? {}).map(([name, one]) => ({
    name,
    in: 'query' as const,
    required: required.has(name),
    schema: one,
  }));
}

function operationId({ method, url }: ToldRoute): string {
  const words = url
    .split('/')
    .filter(Boolean)
    .map((part) => part.replace(/^:(.*)$/, 'by_$1').replace(/\W+/g, '_'));
  return [method.toLowerCase(), ...words, ...(url.endsWith('/') ? ['root'] : [])].join('_');
}

function tagOf(url: string): string {
  const [, surface = '', noun = ''] = url.split('/');
  return surface === 'v2' ? 'Open Inference Protocol' : surface === 'api' ? 'MLflow' : noun || surface;
}

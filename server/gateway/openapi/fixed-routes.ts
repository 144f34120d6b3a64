import { z } from 'zod';
import type { ToldRoute } from './document.ts';

/** The routes that the gateway has of itself: predictions, outcomes, the Open Inference Protocol, this document. */

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const instance = z.record(z.string(), value);
const options = {
  event_time: z.iso.datetime({ offset: true }).optional().meta({ description: 'When it happened, if not now.' }),
  routing_key: z.string().max(256).optional().meta({ description: 'Requests of one key get the same arm of a rollout.' }),
  request_id: z.string().max(128).optional().meta({ description: 'Your own id; outcomes name it later.' }),
  version: z.number().int().optional().meta({ description: 'Asks for one version that is served, past the split.' }),
};
const timings = z.object({ queue_ms: z.number(), inference_ms: z.number(), total_ms: z.number() });
const tensor = z.object({ name: z.string(), datatype: z.string(), shape: z.array(z.number().int()), data: z.array(z.unknown()) });
const metadata = z.object({
  name: z.string(),
  versions: z.array(z.string()),
  platform: z.string(),
  inputs: z.array(z.object({ name: z.string(), datatype: z.string(), shape: z.array(z.number().int()) })),
  outputs: z.array(z.object({ name: z.string(), datatype: z.string(), shape: z.array(z.number().int()) })),
  properties: z.record(z.string(), z.string()),
});
const outcome = z.object({
  request_id: z.string().max(128),
  index: z.number().int().min(0).default(0).meta({ description: 'Which row of the request.' }),
  label: z.union([z.string(), z.number(), z.boolean()]),
  event_time: z.iso.datetime({ offset: true }).optional(),
});
const served = z.object({
  name: z.string(),
  model: z.string(),
  fields: z.array(z.object({ name: z.string(), kind: z.enum(['text', 'number', 'category']) })),
  arms: z.array(z.object({ arm: z.enum(['primary', 'canary']), version: z.number().int(), weight: z.number() })),
});

const own: ToldRoute[] = [
  {
    method: 'POST',
    url: '/v1/predict/:deployment',
    scope: 'predict',
    summary: 'Ask a deployment for predictions',
    description: 'Named fields in, class and probabilities out. A row that fails has an `error` in place of a label.',
    input: z.union([z.object({ instances: z.array(instance).min(1).max(1000), ...options }), z.object({ instance, ...options })]),
    output: z.object({
      request_id: z.string(),
      deployment: z.string(),
      model: z.string(),
      model_version: z.number().int(),
      arm: z.enum(['primary', 'canary']),
      predictions: z.array(z.record(z.string(), z.unknown())),
      timings,
    }),
  },
  {
    method: 'GET',
    url: '/v1/deployments',
    scope: 'predict',
    summary: 'List the deployments that this gateway serves',
    output: z.object({ deployments: z.array(served) }),
  },
  {
    method: 'POST',
    url: '/v1/outcomes',
    scope: 'outcome:write',
    summary: 'Say what turned out to be true of served requests',
    description:
      'The same outcome may come twice; one that contradicts a stored one is a CONFLICT, and nothing of the call is stored. 202: kept here until the database is back.',
    input: z.union([z.array(outcome), z.object({ outcomes: z.array(outcome).max(10_000) })]),
    output: z.object({ stored: z.number().int(), repeated: z.number().int() }),
  },
  {
    method: 'GET',
    url: '/v1/openapi.json',
    scope: null,
    summary: 'This document',
    output: z.object({ openapi: z.string() }).loose(),
  },
  { method: 'GET', url: '/docs', scope: null, summary: 'This document as a page for people (HTML)' },
];

const about = (what: string) => `${what} (Open Inference Protocol, version 2)`;
const server: ToldRoute[] = ['/v2', '/v2/'].map((url) => ({
  method: 'GET' as const,
  url,
  scope: null,
  summary: about('Name and version of the server'),
  output: z.object({ name: z.string(), version: z.string(), extensions: z.array(z.string()) }),
}));
const health: ToldRoute[] = (['live', 'ready'] as const).map((what) => ({
  method: 'GET' as const,
  url: `/v2/health/${what}`,
  scope: null,
  summary: about(what === 'live' ? 'Whether the process answers' : 'Whether it has its models'),
  output: z.object({ [what]: z.boolean() }),
}));
const models: ToldRoute[] = ['/v2/models/:name', '/v2/models/:name/versions/:version'].flatMap((base): ToldRoute[] => [
  { method: 'GET', url: base, scope: 'predict', summary: about('Inputs and outputs of a deployment'), output: metadata },
  {
    method: 'GET',
    url: `${base}/ready`,
    scope: 'predict',
    summary: about('Whether a deployment answers'),
    output: z.object({ name: z.string(), ready: z.boolean() }),
  },
  {
    method: 'POST',
    url: `${base}/infer`,
    scope: 'predict',
    summary: about('Tensors in, tensors out'),
    input: z.object({
      id: z.string().optional(),
      parameters: z.record(z.string(), value).optional(),
      inputs: z.array(tensor).min(1),
      outputs: z.array(z.object({ name: z.string() })).optional(),
    }),
    output: z.object({
      model_name: z.string(),
      model_version: z.string(),
      id: z.string(),
      parameters: z.record(z.string(), z.unknown()),
      outputs: z.array(tensor),
    }),
  },
]);

export const fixedRoutes: readonly ToldRoute[] = [...own, ...server, ...health, ...models];

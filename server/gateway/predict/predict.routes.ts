import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '#server/errors.ts';
import { type GatewayContext, type Guard, scopeOf } from '#server/gateway/context.ts';
import { asRequestId } from '#server/gateway/ids.ts';
import { instanceInputs, loggedInstance, readInstances } from '#server/gateway/predict/instances.ts';
import { readEventTime, readRoutingKey } from '#server/gateway/request.ts';

const KNOWN = new Set(['instance', 'instances', 'event_time', 'routing_key', 'request_id', 'version']);

type PredictRequest = FastifyRequest<{ Params: { deployment: string } }>;

/** `POST /v1/predict/{deployment}`: named fields in, class and probabilities out. */
export function predictRoutes(app: FastifyInstance, context: GatewayContext, guard: Guard): void {
  app.post<{ Params: { deployment: string } }>('/v1/predict/:deployment', { onRequest: guard('predict') }, (request, reply) =>
    predict(context, request, reply),
  );
  app.get('/v1/deployments', { onRequest: guard('predict') }, (request) => ({
    deployments: context.serving.list(scopeOf(request).projectId).map((route) => ({
      name: route.deployment,
      model: route.model,
      fields: route.arms[0]?.signature.fields ?? [],
      arms: route.arms.map(({ name, number, weight }) => ({ arm: name, version: number, weight })),
    })),
  }));
}

async function predict(context: GatewayContext, request: PredictRequest, reply: FastifyReply) {
  const scope = scopeOf(request);
  const route = context.serving.find(scope.projectId, request.params.deployment);
  const body = readBody(request.body);
  const instances = readInstances(body);
  const requestId = readRequestId(body.request_id) ?? request.id;
  const routingKey = readRoutingKey(body.routing_key);
  const eventTime = readEventTime(body.event_time);
  const version = body.version === undefined ? undefined : String(body.version);
  const arm = context.predictor.chooseArm(route, routingKey ?? requestId, version);
  const { predictions, timings } = await context.predictor.predict({
    scope,
    route,
    arm,
    requestId,
    routingKey,
    eventTime,
    arrived: request.arrived,
    inputs: instanceInputs(instances, arm),
    rows: instances.length,
    logged: (row) => loggedInstance(instances[row] ?? {}),
  });
  if (requestId !== request.id) reply.header('x-request-id', requestId);
  reply.header('content-type', 'application/json; charset=utf-8');
  // By hand: a third of the time that turning an object into the same text takes.
  const { queue_ms, inference_ms, total_ms } = timings;
  return (
    `{"request_id":${JSON.stringify(requestId)},"deployment":${JSON.stringify(route.deployment)},` +
    `"model":${JSON.stringify(route.model)},"model_version":${arm.number},"arm":"${arm.name}",` +
    `"predictions":[${predictions.join(',')}],` +
    `"timings":{"queue_ms":${queue_ms},"inference_ms":${inference_ms},"total_ms":${total_ms}}}`
  );
}

function readBody(body: unknown): Record<string, unknown> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new DomainError('INVALID', 'Send an object: { "instances": [{ … }] } or { "instance": { … } }.');
  }
  for (const name in body) {
    if (!KNOWN.has(name))
      throw new DomainError('INVALID', `${name} is unknown here. The body may have: ${[...KNOWN].join(', ')}.`, { field: name });
  }
  return body as Record<string, unknown>;
}

function readRequestId(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  const id = asRequestId(value);
  if (!id) throw new DomainError('INVALID', 'request_id must be 1 to 128 printable ASCII characters without spaces.');
  return id;
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type GatewayContext, type Guard, scopeOf } from '#server/gateway/context.ts';
import { asRequestId } from '#server/gateway/ids.ts';
import { chosenOutputs, inferInputs, inferOptions, inputRow, parseInferBody } from '#server/gateway/infer/infer-request.ts';
import { writeData } from '#server/gateway/infer/tensor-json.ts';
import type { ServedRoute } from '#server/gateway/serving.ts';

type ModelParams = { name: string; version?: string };

/** The Open Inference Protocol, version 2, over REST. A deployment is a model of the protocol. */
export function inferRoutes(app: FastifyInstance, context: GatewayContext, guard: Guard): void {
  const server = () => ({ name: 'stagecraft', version: context.version, extensions: [] });
  app.get('/v2', server);
  app.get('/v2/', server);
  app.get('/v2/health/live', () => ({ live: true }));
  app.get('/v2/health/ready', (_request, reply) => {
    const { ready } = context.serving;
    return reply.status(ready ? 200 : 503).send({ ready });
  });

  const mayPredict = { onRequest: guard('predict') };
  for (const base of ['/v2/models/:name', '/v2/models/:name/versions/:version']) {
    app.get<{ Params: ModelParams }>(base, mayPredict, (request) => {
      const route = context.serving.find(scopeOf(request).projectId, request.params.name);
      return modelMetadata(context, route, request.params.version);
    });
    app.get<{ Params: ModelParams }>(`${base}/ready`, mayPredict, (request) => {
      const { name, version } = request.params;
      const route = context.serving.find(scopeOf(request).projectId, name);
      context.predictor.chooseArm(route, '', version);
      return { name, ready: true };
    });
    app.post<{ Params: ModelParams }>(`${base}/infer`, mayPredict, (request, reply) => infer(context, request, reply));
  }
}

async function infer(context: GatewayContext, request: FastifyRequest<{ Params: ModelParams }>, reply: FastifyReply) {
  const scope = scopeOf(request);
  const route = context.serving.find(scope.projectId, request.params.name);
  const body = parseInferBody(request.body);
  const requestId = asRequestId(body.id) ?? request.id;
  const { routingKey, eventTime } = inferOptions(body);
  const arm = context.predictor.chooseArm(route, routingKey ?? requestId, request.params.version);
  const chosen = chosenOutputs(body, arm);
  const { inputs, rows } = inferInputs(body, arm);
  const answer = await context.predictor.predict({
    scope,
    route,
    arm,
    requestId,
    routingKey,
    eventTime,
    arrived: request.arrived,
    inputs,
    rows,
    logged: (row) => JSON.stringify(inputRow(inputs, row)),
  });
  reply.header('x-request-id', requestId);
  return {
    model_name: route.deployment,
    model_version: String(arm.number),
    id: requestId,
    parameters: { arm: arm.name, model: route.model, ...answer.timings },
    outputs: chosen.flatMap((name) => {
      const tensor = answer.outputs[name];
      return tensor ? [{ name, datatype: tensor.datatype, shape: tensor.shape, data: writeData(tensor) }] : [];
    }),
  };
}

function modelMetadata(context: GatewayContext, route: ServedRoute, version: string | undefined) {
  const arm = context.predictor.chooseArm(route, '', version);
  const refusals = arm.info.refusals.map(({ provider, reason }) => [`provider.${provider}`, `not used: ${reason}`]);
  return {
    name: route.deployment,
    versions: route.arms.map(({ number }) => String(number)),
    platform: 'onnxruntime_onnx',
    inputs: arm.signature.inputs,
    outputs: arm.signature.outputs,
    properties: {
      model: route.model,
      revision: String(route.revision),
      arms: route.arms.map(({ name, number, weight }) => `${name}: version ${number}, weight ${weight}`).join('; '),
      provider: arm.info.provider,
      ...Object.fromEntries(refusals),
      ...(arm.signature.classes ? { classes: JSON.stringify(arm.signature.classes) } : {}),
    },
  };
}

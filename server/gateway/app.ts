import type { Server } from 'node:http';
import Fastify, { type FastifyHttpOptions, type FastifyInstance } from 'fastify';
import { DomainError } from '#server/errors.ts';
import { type GatewayContext, type Guard, makeGuards } from '#server/gateway/context.ts';
import { sendError } from '#server/gateway/errors.ts';
import { asRequestId, uuid7 } from '#server/gateway/ids.ts';
import { inferRoutes } from '#server/gateway/infer/infer.routes.ts';
import { openApiRoutes } from '#server/gateway/openapi/openapi.routes.ts';
import { outcomeRoutes } from '#server/gateway/outcomes/outcome.routes.ts';
import type { RestRoute } from '#server/gateway/plugin.ts';
import { predictRoutes } from '#server/gateway/predict/predict.routes.ts';
import { restRoutes } from '#server/gateway/rest-routes.ts';

export type AppOptions = {
  bodyLimitBytes: number;
  tls?: { cert: Buffer; key: Buffer };
  trustProxy?: string;
  rest?: readonly RestRoute[];
};

/** The gateway's HTTP side: routes, limits and errors, on top of a context that was made before. */
export function createGateway(context: GatewayContext, options: AppOptions): FastifyInstance {
  const server: FastifyHttpOptions<Server> = {
    logger: false,
    bodyLimit: options.bodyLimitBytes,
    trustProxy: options.trustProxy ?? false,
    genReqId: (request) => asRequestId(request.headers['x-request-id']) ?? uuid7(Date.now()),
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    requestTimeout: 120_000,
    keepAliveTimeout: 65_000,
  };
  // The two servers share all that is used here; only their types differ.
  const app = Fastify(options.tls ? ({ ...server, https: options.tls } as FastifyHttpOptions<Server>) : server);
  app.decorate('routes', [] as { method: string; url: string }[]);
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) app.routes.push({ method: one, url });
  });
  app.decorateRequest('arrived', 0);
  app.decorateRequest('scope', null);
  app.addHook('onRequest', (request, reply, done) => {
    request.arrived = performance.now();
    reply.header('x-request-id', request.id);
    reply.header('x-content-type-options', 'nosniff');
    done();
  });
  app.setErrorHandler((error, request, reply) =>
    sendError(context.log, error, request, reply, request.routeOptions.bodyLimit ?? options.bodyLimitBytes),
  );
  app.setNotFoundHandler((request, reply) => {
    const error = new DomainError('NOT_FOUND', `There is nothing at ${request.method} ${request.url.split('?')[0]}.`);
    return sendError(context.log, error, request, reply, options.bodyLimitBytes);
  });
  const guard: Guard = makeGuards(context);
  inferRoutes(app, context, guard);
  predictRoutes(app, context, guard);
  outcomeRoutes(app, context, guard);
  restRoutes(app, options.rest ?? [], guard);
  openApiRoutes(app, context.version, options.rest ?? []);
  return app;
}

import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { type Guard, scopeOf } from '#server/gateway/context.ts';
import { isAnswer, type RestRoute } from '#server/gateway/plugin.ts';

/** Mounts the routes that slices offer to programs. Those with `stream` live where no body is parsed. */
export function restRoutes(app: FastifyInstance, routes: readonly RestRoute[], guard: Guard): void {
  for (const route of routes) if (!route.stream) mount(app, route, guard);
  app.register(async (streams) => {
    streams.removeAllContentTypeParsers();
    streams.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    for (const route of routes) if (route.stream) mount(streams, route, guard);
  });
}

function mount(app: FastifyInstance, route: RestRoute, guard: Guard): void {
  app.route({
    method: route.method,
    url: route.url,
    onRequest: guard(route.scope),
    ...(route.bodyLimitBytes ? { bodyLimit: route.bodyLimitBytes } : {}),
    handler: async (request, reply) => {
      const result = await route.handle({
        scope: scopeOf(request),
        params: request.params as Record<string, string>,
        query: request.query as Record<string, unknown>,
        body: route.stream ? undefined : request.body,
        stream: route.stream ? (request.body as Readable) : undefined,
        headers: request.headers,
        requestId: request.id,
      });
      if (!isAnswer(result)) return result;
      if (result.headers) reply.headers(result.headers);
      return reply.status(result.status).send(result.body);
    },
  });
}

import type { FastifyInstance } from 'fastify';
import type { RestRoute } from '#server/gateway/plugin.ts';
import { docsPage } from './docs-page.ts';
import { type OpenApiDocument, openApiDocument } from './document.ts';
import { fixedRoutes } from './fixed-routes.ts';

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

/** `GET /v1/openapi.json` and `GET /docs`: what programs may do, for programs and for people. It names no secret and needs no token. */
export function openApiRoutes(app: FastifyInstance, version: string, rest: readonly RestRoute[]): void {
  let made: OpenApiDocument | undefined;
  const document = () => {
    made ??= openApiDocument([...fixedRoutes, ...rest], version);
    return made;
  };
  app.get('/v1/openapi.json', document);
  app.get('/docs', (_request, reply) =>
    reply.header('content-security-policy', POLICY).type('text/html; charset=utf-8').send(docsPage(document())),
  );
}

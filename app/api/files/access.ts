import type { ProjectScope } from '#server/auth/actor.ts';
import { resolveProjectScope } from '#server/auth/project-scope.ts';
import type { Scope } from '#server/auth/roles.ts';
import { resolveSession } from '#server/auth/session.ts';
import { DomainError, httpStatusOf, isDomainError, notFound } from '#server/errors.ts';
import { log } from '#server/log.ts';

/**
 * Answers a request for a file as the person of its session, who holds `scope` in the project; errors become JSON
 * `{ error: { code, message, requestId } }`.
 */
export async function asMember(
  request: Request,
  o: { project: string; scope: Scope },
  answer: (scope: ProjectScope) => Promise<Response>,
): Promise<Response> {
  const requestId = crypto.randomUUID();
  try {
    assertOwnSite(request);
    const session = await resolveSession(request.headers);
    if (!session) throw new DomainError('UNAUTHENTICATED', 'Sign in first.');
    const scope = await resolveProjectScope(session.actor, o.project);
    if (!scope) throw notFound(`project ${o.project}`);
    if (!scope.scopes.has(o.scope)) {
      throw new DomainError(
        'FORBIDDEN',
        `Your role here (${scope.role ?? 'none'}) doesn't include this. It needs the right ${o.scope}; ask an admin of the project.`,
      );
    }
    return await answer(scope);
  } catch (error) {
    return failure(error, requestId);
  }
}

/** A page of another site may not act with this person's cookie. Programs and old browsers send no such header. */
function assertOwnSite(request: Request): void {
  const site = request.headers.get('sec-fetch-site');
  if (site === null || site === 'same-origin' || site === 'none') return;
  throw new DomainError('FORBIDDEN', 'This request came from another site.');
}

function failure(error: unknown, requestId: string): Response {
  const known = isDomainError(error);
  if (!known) log.error({ part: 'files', requestId, err: error }, 'a file request failed');
  const code = known ? error.code : 'INTERNAL';
  const message = known ? error.message : 'Something failed on our side. Nothing was changed. Try again.';
  return Response.json(
    { error: { code, message, requestId } },
    { status: httpStatusOf(code), headers: { 'x-request-id': requestId } },
  );
}

/** Headers of a download that no browser opens as a page. */
export function attachment(filename: string, mediaType: string): Record<string, string> {
  const plain = filename.replace(/[^\w.-]+/g, '-');
  return {
    'content-type': mediaType,
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(filename)}`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  };
}

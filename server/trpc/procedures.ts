import { initTRPC, TRPCError } from '@trpc/server';
import superjson from 'superjson';
import { ZodError, z } from 'zod';
import { resolveProjectScope } from '#server/auth/project-scope.ts';
import type { Scope } from '#server/auth/roles.ts';
import { isDomainError, notFound } from '#server/errors.ts';
import type { Context } from '#server/trpc/context.ts';
import { toTrpcError } from '#server/trpc/errors.ts';

/** Who may call a procedure. `root.test.ts` walks the router and fails on one that says nothing. */
export type Access = { access: 'public' | 'user' | 'admin' } | { access: 'project'; scope: Scope };

const t = initTRPC
  .context<Context>()
  .meta<Access>()
  .create({
    transformer: superjson,
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
    errorFormatter({ shape, error, ctx }) {
      const cause = error.cause;
      const masked = shape.data.code === 'INTERNAL_SERVER_ERROR' && !isDomainError(cause);
      return {
        ...shape,
        message: masked
          ? 'Something failed on our side. Try again; if it stays, tell an administrator the request id.'
          : readable(shape.message, cause),
        data: {
          code: shape.data.code,
          httpStatus: shape.data.httpStatus,
          path: shape.data.path,
          requestId: ctx?.requestId ?? null,
          details: isDomainError(cause) ? (cause.details ?? null) : null,
          issues:
            cause instanceof ZodError
              ? cause.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
              : null,
        },
      };
    },
  });

export const router = t.router;
export const mergeRouters = t.mergeRouters;
export const createCallerFactory = t.createCallerFactory;

const guarded = t.procedure.use(async ({ ctx, path, type, next }) => {
  const started = performance.now();
  const result = await next();
  const ms = Math.round(performance.now() - started);
  if (result.ok) {
    ctx.log.debug({ path, type, ms }, 'done');
    return result;
  }
  const error = toTrpcError(result.error.cause && isDomainError(result.error.cause) ? result.error.cause : result.error);
  const defect = error.code === 'INTERNAL_SERVER_ERROR';
  ctx.log[defect ? 'error' : 'info'](
    { path, type, ms, code: error.code, err: defect ? (result.error.cause ?? result.error) : undefined },
    error.message,
  );
  throw error;
});

/** For anybody, signed in or not. */
export const publicProcedure = guarded.meta({ access: 'public' });

const signedIn = guarded.use(({ ctx, next }) => {
  if (!ctx.actor) throw new TRPCError({ code: 'UNAUTHORIZED', message: 'Sign in first.' });
  return next({ ctx: { ...ctx, actor: ctx.actor } });
});

/** For whoever is signed in. */
export const userProcedure = signedIn.meta({ access: 'user' });

/** For administrators of this installation. */
export const adminProcedure = signedIn.meta({ access: 'admin' }).use(({ ctx, next }) => {
  if (!ctx.actor.isAdmin) throw new TRPCError({ code: 'FORBIDDEN', message: 'Only an administrator can do this.' });
  return next();
});

const projectInput = z.object({ project: z.string().min(1).max(64) });

/**
 * For members of the project that the input names, who hold `scope` there. A stranger gets NOT_FOUND, a member
 * without the scope FORBIDDEN. Puts `ctx.scope`.
 */
export function projectProcedure(scope: Scope) {
  return signedIn
    .meta({ access: 'project', scope })
    .input(projectInput)
    .use(async ({ ctx, input, next }) => {
      const projectScope = await resolveProjectScope(ctx.actor, input.project);
      if (!projectScope) throw toTrpcError(notFound(`project ${input.project}`));
      if (!projectScope.scopes.has(scope)) {
        throw new TRPCError({
          code: 'FORBIDDEN',
          message: `Your role here (${projectScope.role ?? 'none'}) doesn't include this. It needs the right ${scope}; ask an admin of the project.`,
        });
      }
      return next({ ctx: { ...ctx, scope: projectScope } });
    });
}

function readable(message: string, cause: unknown): string {
  if (!(cause instanceof ZodError)) return message;
  return cause.issues
    .map((issue) => (issue.path.length > 0 ? `${issue.path.join('.')}: ${issue.message}` : issue.message))
    .join('; ');
}

import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { resolveSession } from '#server/auth/session.ts';
import { createInnerContext } from '#server/trpc/context.ts';
import { appRouter } from '#server/trpc/root.ts';

export const dynamic = 'force-dynamic';

async function handle(request: Request): Promise<Response> {
  const requestId = crypto.randomUUID();
  const response = await fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    allowMethodOverride: false,
    createContext: async () => {
      const session = await resolveSession(request.headers);
      return createInnerContext({
        actor: session?.actor ?? null,
        sessionId: session?.sessionId ?? null,
        requestId,
        address: request.headers.get('x-stagecraft-address') ?? '',
      });
    },
  });
  response.headers.set('x-request-id', requestId);
  return response;
}

export { handle as GET, handle as POST };

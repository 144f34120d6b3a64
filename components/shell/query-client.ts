import { QueryClient } from '@tanstack/react-query';
import { createTRPCClient, httpBatchStreamLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import superjson from 'superjson';
import { describeError } from '#components/ui/describe-error.ts';
import type { AppRouter } from '#server/trpc/root.ts';

const FINAL = new Set([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'INVALID',
  'CONFLICT',
  'TOO_LARGE',
  'PAYLOAD_TOO_LARGE',
  'TOO_MANY_REQUESTS',
]);

/** Asks again twice, but only for what may go away by itself. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => failures < 2 && !FINAL.has(describeError(error).code ?? ''),
        retryDelay: (attempt) => Math.min(4000, 500 * 2 ** attempt),
      },
      mutations: { retry: false },
    },
  });
}

/** Calls in one stream a batch; subscriptions over server-sent events, which reconnect by themselves. */
export function makeTrpcClient() {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (op) => op.type === 'subscription',
        true: httpSubscriptionLink({ url: '/api/trpc', transformer: superjson }),
        false: httpBatchStreamLink({ url: '/api/trpc', transformer: superjson, maxURLLength: 4000 }),
      }),
    ],
  });
}

import type { APIRequestContext } from '@playwright/test';
import superjson from 'superjson';

/**
 * Asks one procedure, as the browser does.
 * @param session HTTP with a person's cookies: the `request` of their window
 * @throws Error with the answer's text when it isn't 200
 */
export async function ask<T>(session: APIRequestContext, path: string, input: unknown): Promise<T> {
  const query = encodeURIComponent(superjson.stringify(input));
  const response = await session.get(`/api/trpc/${path}?input=${query}`);
  if (!response.ok()) throw new Error(`${path} answered ${response.status()}: ${(await response.text()).slice(0, 300)}`);
  const { result } = (await response.json()) as { result: { data: Parameters<typeof superjson.deserialize>[0] } };
  return superjson.deserialize<T>(result.data);
}

import { type APIRequestContext, request } from '@playwright/test';
import superjson from 'superjson';
import { type Role, readWorld, sessionFile } from './world.ts';

/** HTTP with a person's cookies; dispose it after use. */
export function sessionOf(role: Role): Promise<APIRequestContext> {
  return request.newContext({ baseURL: readWorld().console, storageState: sessionFile(role) });
}

/**
 * Asks one procedure, as the browser does.
 * @throws Error with the answer's text when it isn't 200
 */
export async function ask<T>(session: APIRequestContext, path: string, input: unknown): Promise<T> {
  const query = encodeURIComponent(superjson.stringify(input));
  const response = await session.get(`/api/trpc/${path}?input=${query}`);
  if (!response.ok()) throw new Error(`${path} answered ${response.status()}: ${(await response.text()).slice(0, 300)}`);
  const { result } = (await response.json()) as { result: { data: Parameters<typeof superjson.deserialize>[0] } };
  return superjson.deserialize<T>(result.data);
}

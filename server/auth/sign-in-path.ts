/** The header in which `proxy.ts` tells layouts the address that was asked for. */
export const PATH_HEADER = 'x-stagecraft-path';

/** The sign-in page, which leads back to where somebody wanted to go. */
export function signInPath(headers: Headers): string {
  const path = headers.get(PATH_HEADER);
  return path && path !== '/' ? `/sign-in?next=${encodeURIComponent(path)}` : '/sign-in';
}

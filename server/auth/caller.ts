import type { Caller } from '#server/auth/sign-in.ts';

/**
 * Where a request comes from. The console's own server writes `x-stagecraft-address` (the socket's address, or what a
 * trusted proxy says) over whatever the client has sent.
 */
export function callerOf(headers: Headers): Caller {
  const address = headers.get('x-stagecraft-address')?.trim() ?? '';
  return { address: address.replace(/^::ffff:/, ''), userAgent: headers.get('user-agent') ?? '' };
}

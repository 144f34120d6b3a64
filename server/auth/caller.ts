import type { Caller } from '#server/auth/sign-in.ts';

/**
 * Where a request comes from. The console's own server sets `x-forwarded-for` to the address of the socket, or, when the
 * socket is a trusted proxy's, leaves what that proxy wrote; so the last entry is one that a client can't make up.
 */
export function callerOf(headers: Headers): Caller {
  const forwarded = headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '';
  return { address: forwarded.replace(/^::ffff:/, ''), userAgent: headers.get('user-agent') ?? '' };
}

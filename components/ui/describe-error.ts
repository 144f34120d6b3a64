export type ToldError = { code: string | null; why: string; todo: string; requestId: string | null };

const TODO: Record<string, string> = {
  UNAUTHENTICATED: 'Sign in again, and come back to this page.',
  FORBIDDEN: 'Ask an administrator of the project for a role that may do this.',
  NOT_FOUND: 'Check the address, or go back to the list: it may have been removed.',
  CONFLICT: 'Load the page again to see what changed, then repeat your change.',
  RATE_LIMITED: 'Wait a minute, then try again.',
  TIMEOUT: 'Try again; if it happens again, ask for less at once.',
  UNAVAILABLE: 'Try again in a moment. Nothing that you entered is lost.',
  INVALID: 'Correct it and try again.',
  TOO_LARGE: 'Send less at once.',
  INTERNAL: 'Try again. If it happens again, give the request’s id to whoever runs this installation.',
};

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** What a thrown thing says to a person: why, what to do next, and the request's id where the server named one. */
export function describeError(error: unknown): ToldError {
  const data = field(error, 'data');
  const domain =
    text(field(data, 'domainCode')) ?? text(field(data, 'errorCode')) ?? text(field(data, 'code')) ?? text(field(error, 'code'));
  const code =
    domain === 'UNAUTHORIZED'
      ? 'UNAUTHENTICATED'
      : domain === 'BAD_REQUEST'
        ? 'INVALID'
        : domain === 'INTERNAL_SERVER_ERROR'
          ? 'INTERNAL'
          : domain;
  const message = text(field(error, 'message')) ?? 'The reason is not known.';
  const unreachable = code === null && /fetch|network|load failed|stream closed/i.test(message);
  if (unreachable)
    return {
      code: 'UNAVAILABLE',
      why: 'The server did not answer.',
      todo: 'Check that you are connected and that Stagecraft runs, then try again.',
      requestId: null,
    };
  return {
    code,
    why: message,
    todo: TODO[code ?? 'INTERNAL'] ?? TODO.INTERNAL ?? '',
    requestId: text(field(data, 'requestId')) ?? text(field(error, 'digest')),
  };
}

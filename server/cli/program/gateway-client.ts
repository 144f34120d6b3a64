import { Ending, EXIT } from './exit.ts';

type Failure = { error?: { code?: string; message?: string; details?: Record<string, unknown> } | string };

/** The gateway said no: with its own code and sentence. */
export class Refusal extends Ending {
  readonly status: number;
  readonly reason: string;
  readonly details: Record<string, unknown>;

  constructor(status: number, reason: string, message: string, details: Record<string, unknown>) {
    super(EXIT.refused, message);
    this.status = status;
    this.reason = reason;
    this.details = details;
  }
}

/** Nobody answered, or not now. The same call may succeed later. */
export class Unreachable extends Ending {
  constructor(message: string) {
    super(EXIT.unreachable, message);
  }
}

const TIMEOUT_MS = 30_000;

export type GatewayClient = {
  get<T>(path: string, query?: Record<string, string | undefined>): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
};

/**
 * Calls the gateway with a token. Answers are what docs/programs.md says; nothing else of Stagecraft is needed to be here.
 * @throws Refusal, Unreachable; what `signal` says when it is aborted
 */
export function gatewayClient(o: { url: string; token: string; signal: AbortSignal }): GatewayClient {
  const call = async <T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> => {
    const url = new URL(path.replace(/^\//, ''), o.url.endsWith('/') ? o.url : `${o.url}/`);
    let reply: Response;
    let text: string;
    try {
      reply = await fetch(url, {
        method,
        redirect: 'error',
        headers: { authorization: `Bearer ${o.token}`, ...(method === 'POST' ? { 'content-type': 'application/json' } : {}) },
        ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}),
        signal: AbortSignal.any([o.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      text = await reply.text();
    } catch (error) {
      o.signal.throwIfAborted();
      throw new Unreachable(`The gateway at ${url.origin} does not answer: ${reasonOf(error)}.`);
    }
    const answer = parse(text);
    if (reply.ok && answer !== undefined) return answer as T;
    throw failureOf(reply.status, answer as Failure | undefined, url);
  };
  return {
    get: (path, query = {}) => {
      const wanted = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
      return call('GET', wanted.length ? `${path}?${new URLSearchParams(wanted)}` : path);
    },
    post: (path, body) => call('POST', path, body),
  };
}

function failureOf(status: number, answer: Failure | undefined, url: URL): Ending {
  const { code, message, details } = typeof answer?.error === 'object' ? answer.error : {};
  if (!message)
    return new Unreachable(`What answers at ${url.origin} is no gateway of Stagecraft: it said ${status} to ${url.pathname}.`);
  if (status === 401)
    return new Refusal(status, code ?? '', `${message} The token is read from STAGECRAFT_TOKEN.`, details ?? {});
  if (status === 429 || status >= 500) return new Unreachable(message);
  return new Refusal(status, code ?? '', message, details ?? {});
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Error;
  if (name === 'TimeoutError') return `nothing came within ${TIMEOUT_MS / 1000} seconds`;
  const { code, message: why } = (cause ?? {}) as NodeJS.ErrnoException;
  return why || code || message;
}

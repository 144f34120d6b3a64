import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { Scope } from '#server/auth/roles.ts';
import { DomainError, notFound } from '#server/errors.ts';

/** One call of a program, after its token has been checked. */
export type RestCall = {
  /** The token's project and rights. */
  scope: ProjectScope;
  params: Record<string, string>;
  query: Record<string, unknown>;
  /** Parsed JSON; undefined for a route with `stream`. */
  body: unknown;
  /** The body as it arrives, for a route with `stream`. */
  stream: Readable | undefined;
  headers: Record<string, string | string[] | undefined>;
  requestId: string;
};

/** What a route answers: a value sent as JSON with status 200, or one made with `answer`. */
export type RestAnswer = { status: number; body: unknown; headers?: Record<string, string> };

/**
 * A route that a slice offers to programs (`<noun>.rest.ts` exports a list of them, `gateway/registry.ts` names the
 * lists). Thin: parse, one call of the service, view.
 */
export type RestRoute = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Fastify's form: `/v1/predictions/:request_id`. */
  url: string;
  /** The right that the token must carry. */
  scope: Scope;
  /** Hands the body over unread, for uploads. */
  stream?: boolean;
  bodyLimitBytes?: number;
  /** What the document of the API says: one line, and more where it needs more. A test asks for a summary of every route. */
  summary?: string;
  description?: string;
  /** Forms of what is given and answered, for the document; `defineRoute` also holds callers to them. */
  query?: z.ZodType;
  input?: z.ZodType;
  output?: z.ZodType;
  /** The status of a success, where it isn't 200. */
  status?: number;
  handle(call: RestCall): Promise<unknown>;
};

type Shaped<I, Q, O> = Omit<RestRoute, 'query' | 'input' | 'output' | 'handle'> & {
  summary: string;
  query?: z.ZodType<Q>;
  input?: z.ZodType<I>;
  output: z.ZodType<O>;
  handle(call: Omit<RestCall, 'body' | 'query'> & { body: I; query: Q }): Promise<O>;
};

/** A route whose query and body are parsed by its schemas before it is called, and whose answer has the form that is documented. */
export function defineRoute<I = undefined, Q = undefined, O = unknown>(route: Shaped<I, Q, O>): RestRoute {
  return {
    ...route,
    handle: async (call) => {
      const query = route.query ? parseGiven(route.query, call.query, 'Parameter') : (undefined as Q);
      const body = route.input ? parseGiven(route.input, call.body ?? {}, 'Field') : (undefined as I);
      const answered = await route.handle({ ...call, query, body });
      return route.status ? answer(route.status, answered) : answered;
    },
  };
}

/** @throws DomainError INVALID naming the first thing that can't be read */
export function parseGiven<T>(schema: z.ZodType<T>, given: unknown, what: 'Parameter' | 'Field'): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.');
  throw new DomainError(
    'INVALID',
    `${where ? `${what} ${where}` : 'The body'} can't be read: ${issue?.message ?? 'its form is wrong'}.`,
  );
}

/**
 * A number from 1 on that stands in an address.
 * @throws DomainError NOT_FOUND when it is none
 */
export function pathNumber(text: string | undefined, what: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0 && number < 2 ** 31) return number;
  throw notFound(`${what} ${text ?? ''}`);
}

const ANSWER = Symbol('answer');

/** An answer with a status or headers of its own. */
export function answer(status: number, body: unknown, headers?: Record<string, string>): RestAnswer {
  return Object.assign({ status, body, ...(headers ? { headers } : {}) }, { [ANSWER]: true });
}

export function isAnswer(value: unknown): value is RestAnswer {
  return typeof value === 'object' && value !== null && ANSWER in value;
}

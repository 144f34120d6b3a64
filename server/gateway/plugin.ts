import type { Readable } from 'node:stream';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { Scope } from '#server/auth/roles.ts';

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
  handle(call: RestCall): Promise<unknown>;
};

const ANSWER = Symbol('answer');

/** An answer with a status or headers of its own. */
export function answer(status: number, body: unknown, headers?: Record<string, string>): RestAnswer {
  return Object.assign({ status, body, ...(headers ? { headers } : {}) }, { [ANSWER]: true });
}

export function isAnswer(value: unknown): value is RestAnswer {
  return typeof value === 'object' && value !== null && ANSWER in value;
}

import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { Scope } from '#server/auth/roles.ts';
import { DomainError } from '#server/errors.ts';
import type { Predictor } from '#server/gateway/predictor.ts';
import { RateLimit } from '#server/gateway/rate-limit.ts';
import type { Serving } from '#server/gateway/serving.ts';
import type { GatewaySources } from '#server/gateway/sources.ts';
import type { Shipper } from '#server/gateway/spool/shipper.ts';
import type { SpoolWriter } from '#server/gateway/spool/writer.ts';
import { requireScope, type TokenBook } from '#server/gateway/token-book.ts';
import type { Logger } from '#server/log.ts';

/** What the routes of one gateway share. */
export type GatewayContext = {
  version: string;
  log: Logger;
  tokens: TokenBook;
  serving: Serving;
  predictor: Predictor;
  writer: SpoolWriter;
  shipper: Shipper;
  sources: Pick<GatewaySources, 'saveOutcomes'>;
  requestsPerMinute: number;
};

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route, as it was registered. */
    routes: { method: string; url: string }[];
  }
  interface FastifyRequest {
    /** `performance.now()` when the request's headers were read. */
    arrived: number;
    scope: ProjectScope | null;
  }
}

/** A hook that lets through whoever holds this scope. */
export type Guard = (scope: Scope) => onRequestHookHandler;

const FAILED_PER_MINUTE = 600;

/** Hooks that check a token's rights and its rate before a body is read. */
export function makeGuards(context: Pick<GatewayContext, 'tokens' | 'requestsPerMinute'>): Guard {
  const byToken = new RateLimit(context.requestsPerMinute);
  const failedByAddress = new RateLimit(FAILED_PER_MINUTE);

  return function guard(scope: Scope) {
    return (request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void => {
      try {
        const now = Date.now();
        request.scope = authenticate(request, now);
        limit(
          byToken,
          request.scope.actor.id ?? '',
          now,
          `The limit of this token is ${context.requestsPerMinute} requests a minute.`,
        );
        requireScope(request.scope, scope);
        done();
      } catch (error) {
        done(error as Error);
      }
    };
  };

  function authenticate(request: FastifyRequest, now: number): ProjectScope {
    try {
      return context.tokens.authenticate(request.headers.authorization, now);
    } catch (error) {
      limit(failedByAddress, request.ip, now, 'Too many requests without a valid token come from this address.');
      throw error;
    }
  }
}

function limit(rates: RateLimit, key: string, now: number, message: string): void {
  const retryAfter = rates.take(key, now);
  if (retryAfter > 0) throw new DomainError('RATE_LIMITED', `${message} Try again in ${retryAfter} s.`, { retryAfter });
}

/** The scope that a guard has put. */
export function scopeOf(request: FastifyRequest): ProjectScope {
  if (!request.scope) throw new Error(`The route ${request.routeOptions.url} has no guard.`);
  return request.scope;
}

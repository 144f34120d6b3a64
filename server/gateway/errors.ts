import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, type ErrorCode, httpStatusOf, isDomainError } from '#server/errors.ts';
import { isMlflowCall, mlflowError } from '#server/gateway/mlflow-errors.ts';
import type { Logger } from '#server/log.ts';

/** Header with the code of an error, for callers of /v2 whose body has room for a sentence only. */
export const CODE_HEADER = 'x-error-code';

/**
 * Anything thrown as an answer: `{ error: { code, message, details?, requestId } }`, or for the Open Inference Protocol
 * `{ error: "…" }` with the same code in the header x-error-code, and for MLflow's calls
 * `{ error_code, message }`. A defect of ours says no more than its request id.
 */
export function sendError(
  log: Logger,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  bodyLimit: number,
): FastifyReply {
  const known = asDomainError(error, bodyLimit);
  if (!known) log.error({ err: error, requestId: request.id, url: request.url }, 'a request failed on our side');
  const failure =
    known ??
    new DomainError(
      'INTERNAL',
      'Something failed on our side. Send it again; if it stays, tell an administrator the request id.',
    );
  const { reason, retryAfter, ...details } = failure.details ?? {};
  const code = typeof reason === 'string' ? reason : failure.code;
  reply.status(httpStatusOf(failure.code)).header(CODE_HEADER, code);
  const wait = typeof retryAfter === 'number' ? retryAfter : failure.code === 'UNAVAILABLE' ? 1 : undefined;
  if (wait !== undefined) reply.header('retry-after', String(wait));
  if (isMlflowCall(request.url)) {
    const told = mlflowError(failure, request.routeOptions.url !== undefined);
    return reply.status(told.status).send(told.body);
  }
  if (request.url.startsWith('/v2')) return reply.send({ error: failure.message });
  return reply.send({
    error: {
      code,
      message: failure.message,
      ...(Object.keys(details).length > 0 ? { details } : {}),
      requestId: request.id,
    },
  });
}

const FASTIFY_CODES: Record<string, [ErrorCode, string]> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['UNSUPPORTED', 'Send the body as JSON, with the header content-type: application/json.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['INVALID', 'The body is empty. Send JSON.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['INVALID', 'The body is not as long as its content-length says.'],
};

function asDomainError(error: unknown, bodyLimit: number): DomainError | undefined {
  if (isDomainError(error)) return error;
  const { code, statusCode, message } = error as FastifyError;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return new DomainError('TOO_LARGE', `The body is larger than ${bodyLimit} bytes, the limit here. Send it in parts.`, {
      limit: bodyLimit,
    });
  }
  const mapped = FASTIFY_CODES[code];
  if (mapped) return new DomainError(...mapped);
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new DomainError('INVALID', `The request can't be read: ${message}`);
  return undefined;
}

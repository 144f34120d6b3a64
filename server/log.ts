import pino from 'pino';
import { config } from '#server/config.ts';

const SECRET_FIELDS = ['password', 'token', 'secret', 'authorization', 'cookie', 'passwordHash', 'hash', 'clientSecret'];

/** The one logger: JSON lines on standard output; `log.child({ part })` names the room that speaks. */
export const log = pino({
  level: config.logLevel,
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: {
    paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`, `req.headers.${field}`]),
    censor: '[redacted]',
  },
});

export type Logger = typeof log;

import { type LookupAddress, lookup } from 'node:dns';
import { type ClientRequest, type IncomingMessage, request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { DomainError } from '#server/errors.ts';
import { isInternalAddress } from './internal-address.ts';

export type Outgoing = {
  url: string;
  body: string;
  headers: Record<string, string>;
  /** For the whole exchange. */
  timeoutMs: number;
  /** False: an address of this host or its network is refused, by the very address that would be connected to. */
  allowInternal: boolean;
  signal?: AbortSignal;
};

/** `excerpt`: the first 1,000 characters of the answer. */
export type OutgoingAnswer = { status: number; excerpt: string };

const EXCERPT_BYTES = 4_000;
const EXCERPT = 1_000;

/**
 * Posts to an address that somebody has given us. Redirects are not followed; a name is resolved once, and all of its
 * addresses must be allowed, so that a name server can't lead us inside (neither now nor by changing its mind).
 * @throws DomainError INVALID for an address that is not allowed, TIMEOUT, UNAVAILABLE when there was no answer
 */
export async function post(o: Outgoing): Promise<OutgoingAnswer> {
  const url = new URL(o.url);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!o.allowInternal && isIP(host) && isInternalAddress(host)) throw refused(host);
  const timeout = AbortSignal.timeout(o.timeoutMs);
  const signal = o.signal ? AbortSignal.any([timeout, o.signal]) : timeout;
  try {
    return await exchange(url, o, signal);
  } catch (error) {
    if (error instanceof DomainError) throw error;
    if (timeout.aborted) throw new DomainError('TIMEOUT', `No answer within ${o.timeoutMs / 1000} seconds.`);
    const { code, message } = error as NodeJS.ErrnoException;
    throw new DomainError('UNAVAILABLE', `No answer: ${message || code || 'the connection broke'}.`, undefined, { cause: error });
  }
}

function exchange(url: URL, o: Outgoing, signal: AbortSignal): Promise<OutgoingAnswer> {
  return new Promise((done, failed) => {
    const options = {
      method: 'POST',
      headers: { ...o.headers, 'content-length': String(Buffer.byteLength(o.body)) },
      agent: false as const,
      signal,
      ...(o.allowInternal ? {} : { lookup: guardedLookup }),
    };
    const onAnswer = (answer: IncomingMessage) => void read(answer).then(done, failed);
    const sent: ClientRequest =
      url.protocol === 'https:' ? tlsRequest(url, options, onAnswer) : plainRequest(url, options, onAnswer);
    sent.on('error', failed);
    sent.end(o.body);
  });
}

async function read(answer: IncomingMessage): Promise<OutgoingAnswer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    parts.push(part);
    size += part.length;
    if (size >= EXCERPT_BYTES) break;
  }
  answer.destroy();
  // A text column takes no NUL.
  const excerpt = Buffer.concat(parts).toString('utf8').replaceAll('\0', '').slice(0, EXCERPT);
  return { status: answer.statusCode ?? 0, excerpt };
}

/** Node's own look-up, but a name with any internal address is refused. */
const guardedLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
    const first = found?.[0];
    if (error || !first) return callback(error ?? refused(hostname), '', 0);
    if (found.some(({ address }) => isInternalAddress(address))) return callback(refused(hostname), '', 0);
    if (options.all) return (callback as unknown as (e: null, all: LookupAddress[]) => void)(null, found);
    return callback(null, first.address, first.family);
  });
};

function refused(host: string): DomainError {
  return new DomainError(
    'INVALID',
    `${host} lies inside our own network, where webhooks are not sent. Whoever runs this installation can allow it with STAGECRAFT_WEBHOOKS_INTERNAL=1.`,
  );
}

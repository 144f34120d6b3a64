import { createServer } from 'node:net';
import { DomainError } from '#server/errors.ts';

/** True when this process could listen there now. */
export function isPortFree(port: number, host: string): Promise<boolean> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => done(true)));
  });
}

/** The wanted port or the next free one above it; 0 asks the system for any. */
export async function freePort(wanted: number, host = '127.0.0.1', taken: readonly number[] = []): Promise<number> {
  if (wanted === 0) return anyPort(host);
  for (let port = wanted; port < Math.min(wanted + 200, 65_536); port += 1) {
    if (!taken.includes(port) && (await isPortFree(port, host))) return port;
  }
  throw new DomainError(
    'UNAVAILABLE',
    `No port from ${wanted} to ${wanted + 199} is free on ${host}: name another with STAGECRAFT_PORT or STAGECRAFT_GATEWAY_PORT.`,
  );
}

function anyPort(host: string): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen({ port: 0, host }, () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? done(address.port) : failed(new Error('no port'))));
    });
  });
}

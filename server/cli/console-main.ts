import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { join } from 'node:path';
import { clientAddress } from '#server/auth/client-address.ts';
import { config } from '#server/config.ts';
import { log } from '#server/log.ts';
import { closeDatabase } from '#server/platform/db/client.ts';
import { registerProcess, unregisterProcess } from '#server/platform/processes/registry.ts';
import { onShutdown } from '#server/platform/processes/shutdown.ts';

/** The console: Next behind an HTTP or HTTPS server of our own, on the address that the settings name. */

const root = join(import.meta.dirname, '..', '..');
const dev = config.mode === 'development';
const scheme = config.tls ? 'https' : 'http';
const shownHost = ['0.0.0.0', '::'].includes(config.host) ? '127.0.0.1' : config.host;
const publicUrl = config.publicUrl ?? `${scheme}://${shownHost}:${config.consolePort}`;
// next-auth reads it when Next loads, and nothing else gives it the port that was really taken.
process.env.NEXTAUTH_URL = publicUrl;

const { default: next } = await import('next');
const app = next({ dev, dir: root, hostname: shownHost, port: config.consolePort });
await app.prepare();
const handle = app.getRequestHandler();

const listener = (request: IncomingMessage, response: ServerResponse) => {
  const elsewhere = otherName(request);
  if (elsewhere) {
    response.writeHead(307, { location: elsewhere }).end();
    return;
  }
  // Sign-in counts failures by address; what a client says of itself here is overwritten.
  request.headers['x-stagecraft-address'] = clientAddress({
    remote: request.socket.remoteAddress ?? '',
    forwarded: [request.headers['x-forwarded-for']].flat().join(','),
    trusted: config.trustProxy,
  });
  handle(request, response).catch((error: unknown) => {
    log.error({ part: 'console', err: String(error), url: request.url }, 'a page failed');
    response.statusCode = 500;
    response.end();
  });
};

const server: Server = config.tls
  ? createSecureServer({ cert: readFileSync(config.tls.certFile), key: readFileSync(config.tls.keyFile) }, listener)
  : createServer(listener);
if (dev) server.on('upgrade', app.getUpgradeHandler());
server.keepAliveTimeout = 65_000;
server.once('error', (error) => {
  log.fatal({ part: 'console', err: error.message }, 'the console could not listen');
  process.exit(1);
});
server.listen(config.consolePort, config.host, () => log.info({ part: 'console', url: publicUrl }, 'listening'));
await registerProcess({ kind: 'console', info: { url: publicUrl } });

onShutdown('console', async () => {
  const closed = new Promise<void>((done) => server.close(() => done()));
  server.closeIdleConnections();
  // Live streams never end by themselves; browsers connect again.
  setTimeout(() => server.closeAllConnections(), 1_000);
  await closed;
  await unregisterProcess();
  await closeDatabase();
});

/** A session belongs to one host name: who types `localhost` is sent to the address on which the sign-in works. */
function otherName(request: IncomingMessage): string | undefined {
  if (request.method !== 'GET' || request.headers.host !== `localhost:${config.consolePort}`) return undefined;
  const target = new URL(publicUrl);
  return target.hostname === '127.0.0.1' ? new URL(request.url ?? '/', target).href : undefined;
}

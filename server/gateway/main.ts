import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { config } from '#server/config.ts';
import { messageOf } from '#server/errors.ts';
import { openGateway } from '#server/gateway/gateway.ts';
import { rest, sources } from '#server/gateway/registry.ts';
import { log as root } from '#server/log.ts';
import { databaseBackends } from '#server/platform/db/backends.ts';
import { closeDatabase } from '#server/platform/db/client.ts';
import { subscribe } from '#server/platform/events/events.ts';
import { heartbeat, registerProcess, unregisterProcess } from '#server/platform/processes/registry.ts';
import { reportRunInfo } from '#server/platform/processes/shutdown.ts';

// The programs' door: predictions, outcomes, and what slices offer over REST.

const REFRESH_MS = 30_000;
const REPORT_MS = 5_000;
const STOP_MS = 4_500;

const log = root.child({ part: 'gateway' });
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const workers = config.inferenceWorkers ?? Math.max(1, availableParallelism() - 1);

const gateway = await openGateway({
  spoolDir: config.spoolDir,
  instance: randomUUID(),
  version,
  workers,
  threads: Math.max(1, Math.floor((availableParallelism() - 1) / workers)),
  providers: config.executionProviders,
  requestsPerMinute: config.requestsPerMinute,
  bodyLimitBytes: config.bodyLimitBytes,
  ...(config.tls ? { tls: { cert: readFileSync(config.tls.certFile), key: readFileSync(config.tls.keyFile) } } : {}),
  ...(config.trustProxy ? { trustProxy: config.trustProxy } : {}),
  rest,
  sources,
  log,
});
await gateway.app.listen({ host: config.host, port: config.gatewayPort });
const url = gateway.app.listeningOrigin;
log.info({ url, workers, providers: config.executionProviders }, 'the gateway answers');

// From here on the database is welcome but not needed.
let reported = '';
const unsubscribe = subscribe((event) => {
  if (event.type === 'token.changed' || event.type.startsWith('project.') || event.type === 'resync')
    void gateway.refreshTokens();
  if (event.type === 'deployment.routing' || event.type === 'resync') void refreshRouting();
});
await Promise.all([gateway.refreshTokens(), gateway.refreshRouting()]);
await registerProcess({ kind: 'gateway', info: { url, ...gateway.info() } });
const timers = [
  setInterval(() => {
    void gateway.refreshTokens();
    void refreshRouting();
    void gateway.reportUse();
  }, REFRESH_MS),
  setInterval(() => void heartbeat({ url, ...gateway.info() }), REPORT_MS),
  setInterval(tellProcesses, 500),
];
process.send?.({ type: 'ready', url });

async function refreshRouting(): Promise<void> {
  await gateway.refreshRouting();
  const report = JSON.stringify(gateway.serving.report());
  if (report === reported) return;
  reported = report;
  await heartbeat({ url, ...gateway.info() });
}

// `.data/run.json` names the inference workers and the database's side of our connections, too.
let told = '';
function tellProcesses(): void {
  const info = { inferenceWorkers: gateway.info().workers.map((worker) => worker.pid), databaseBackends: databaseBackends() };
  if (told === JSON.stringify(info)) return;
  told = JSON.stringify(info);
  reportRunInfo(info);
}

let stopping = false;
async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ signal }, 'the gateway stops: it answers what is under way and keeps its log');
  setTimeout(() => process.exit(1), STOP_MS).unref();
  for (const timer of timers) clearInterval(timer);
  unsubscribe();
  await gateway.close();
  await gateway.reportUse();
  await unregisterProcess();
  await closeDatabase();
  process.exit(0);
}
process.on('SIGTERM', () => void stop('SIGTERM'));
process.on('SIGINT', () => void stop('SIGINT'));
process.on('disconnect', () => void stop('the supervisor is gone'));
process.on('unhandledRejection', (reason) => log.error({ err: messageOf(reason) }, 'a promise was rejected and nobody looked'));

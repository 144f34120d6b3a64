import { join } from 'node:path';
import { config } from '#server/config.ts';
import { DomainError } from '#server/errors.ts';
import { appSecret } from '#server/platform/crypto/secret.ts';
import { closeDatabase } from '#server/platform/db/client.ts';
import { makeDataFolder } from '#server/platform/postgres/embedded.ts';
import { lockDataFolder } from '#server/platform/processes/data-lock.ts';
import { freePort } from '#server/platform/processes/ports.ts';
import { SupervisedChild } from './child.ts';
import { childEnv } from './child-env.ts';
import { type Database, openDatabase, prepareDatabase } from './database.ts';
import { type RunProcess, readRunFile, removeRunFile, writeRunFile } from './run-file.ts';

export type Running = {
  console: string;
  gateway: string;
  databaseUrl: string;
  /** Ends every process, the database last, within five seconds; safe to call twice. */
  stop(): Promise<void>;
};

export type StartOptions = {
  dev?: boolean;
  /** The command, for the message that a second start shows. */
  what: string;
  say(line: string): void;
  /** Settings that the children get beside the environment. */
  settings?: Record<string, string>;
  /** Gives the start up: what has begun is ended, and the promise rejects. */
  signal?: AbortSignal;
};

const SERVER = join(import.meta.dirname, '..', '..');
const READY_MS = 60_000;
const CHILD_GRACE_MS = 3_300;
const DATABASE_GRACE_MS = 1_200;

/**
 * Starts database, console, gateway and worker of one data folder, and keeps them running.
 * @throws DomainError CONFLICT when the folder is in use, with the addresses of what runs there
 */
export async function startAll(o: StartOptions): Promise<Running> {
  const { dataDir } = config;
  makeDataFolder(dataDir);
  const unlock = takeFolder(dataDir, o.what);
  // Made before the children start, so that they agree on it.
  appSecret();
  const startedAt = new Date().toISOString();
  const children: SupervisedChild[] = [];
  let database: Database | undefined;
  let opening: Promise<Database> | undefined;
  let urls: { console: string; gateway: string } | undefined;
  let stopped: Promise<void> | undefined;

  const write = () => {
    if (!urls || !database || stopped) return;
    const processes: Record<string, RunProcess> = { supervisor: { pid: process.pid } };
    if (database.embedded) processes.postgres = { pid: database.embedded.pid(), port: database.embedded.port };
    for (const child of children) processes[child.spec.name] = { pid: child.pid, ...child.spec.address, ...child.info };
    writeRunFile(dataDir, { startedAt, ...urls, processes });
  };
  const stop = () => {
    stopped ??= (async () => {
      await Promise.all(children.map((child) => child.stop(CHILD_GRACE_MS)));
      await closeDatabase().catch(() => undefined);
      database ??= await opening?.catch(() => undefined);
      await database?.embedded?.stop(DATABASE_GRACE_MS);
      removeRunFile(dataDir);
      unlock();
    })();
    return stopped;
  };

  try {
    o.say(config.databaseUrl ? 'database: the one that DATABASE_URL names' : 'database: embedded PostgreSQL');
    o.signal?.addEventListener('abort', () => void stop());
    opening = openDatabase({ say: o.say, onChange: write });
    database = await opening;
    await prepareDatabase(database.url, o.say);
    const ports = await choosePorts(o.say);
    urls = addresses(ports);
    const env = childEnv({ ...settingsOf(o.dev ?? false, database.url, ports, urls), ...o.settings });
    const events = { onChange: write, say: o.say };
    const child = (name: string, script: string, port?: number) => {
      const address = port === undefined ? undefined : { host: config.host, port };
      const logFile = join(dataDir, 'logs', `${name}.log`);
      children.push(
        new SupervisedChild({ name, script: join(SERVER, script), env, logFile, echo: o.dev ?? false, address }, events),
      );
    };
    child('gateway', 'gateway/main.ts', ports.gateway);
    child('console', 'cli/console-main.ts', ports.console);
    child('worker', 'worker/main.ts');
    o.signal?.throwIfAborted();
    for (const one of children) one.start();
    await Promise.all(children.map((one) => one.ready(READY_MS)));
    o.signal?.throwIfAborted();
    return { ...urls, databaseUrl: database.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function takeFolder(dataDir: string, what: string): () => void {
  try {
    return lockDataFolder(dataDir, what);
  } catch (error) {
    const run = readRunFile(dataDir);
    if (!(error instanceof DomainError) || !run) throw error;
    throw new DomainError(
      'CONFLICT',
      `Stagecraft runs already on ${dataDir} (process ${run.processes.supervisor?.pid}): console ${run.console}, gateway ${run.gateway}. Use it, or end it first.`,
      { run },
    );
  }
}

type Ports = { console: number; gateway: number };

async function choosePorts(say: (line: string) => void): Promise<Ports> {
  const console = await freePort(config.consolePort, config.host);
  const gateway = await freePort(config.gatewayPort, config.host, [console]);
  for (const [name, wanted, got] of [
    ['console', config.consolePort, console],
    ['gateway', config.gatewayPort, gateway],
  ] as const) {
    if (wanted && wanted !== got) say(`port ${wanted} is taken: the ${name} uses ${got}`);
  }
  return { console, gateway };
}

function addresses(ports: Ports): { console: string; gateway: string } {
  const scheme = config.tls ? 'https' : 'http';
  const host = ['0.0.0.0', '::'].includes(config.host) ? '127.0.0.1' : config.host;
  return {
    console: config.publicUrl ?? `${scheme}://${host}:${ports.console}`,
    gateway: config.gatewayUrl ?? `${scheme}://${host}:${ports.gateway}`,
  };
}

function settingsOf(
  dev: boolean,
  databaseUrl: string,
  ports: Ports,
  urls: { console: string; gateway: string },
): Record<string, string> {
  return {
    NODE_ENV: dev ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    DATABASE_URL: databaseUrl,
    STAGECRAFT_DATA: config.dataDir,
    STAGECRAFT_PORT: String(ports.console),
    STAGECRAFT_GATEWAY_PORT: String(ports.gateway),
    STAGECRAFT_URL: urls.console,
    STAGECRAFT_GATEWAY_URL: urls.gateway,
  };
}

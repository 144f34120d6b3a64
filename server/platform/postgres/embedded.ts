import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '#server/log.ts';
import { isAlive } from '#server/platform/processes/alive.ts';
import { freePort, isPortFree } from '#server/platform/processes/ports.ts';
import { APPLICATION_DATABASE, APPLICATION_ROLE, isOurs, localUrl, provision } from './provision.ts';
import { type RunningServer, readPostmaster, startServer, stopServer } from './server.ts';

export type EmbeddedDatabase = {
  /** Connection string of the application's role, which isn't superuser. */
  url: string;
  port: number;
  pid(): number;
  /** Stops the server; call it last. */
  stop(graceMs?: number): Promise<void>;
};

type Secrets = { superuser: string; application: string; port: number };

const settle = (dataDir: string) => join(dataDir, 'database.json');

/** Passwords and last port of the cluster in a data folder; made at random at the first start, readable by the owner only. */
function readSecrets(dataDir: string): Secrets {
  const file = settle(dataDir);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  const made = { superuser: randomBytes(24).toString('base64url'), application: randomBytes(24).toString('base64url'), port: 0 };
  saveSecrets(dataDir, made);
  return made;
}

function saveSecrets(dataDir: string, secrets: Secrets): void {
  const temporary = `${settle(dataDir)}.new`;
  writeFileSync(temporary, `${JSON.stringify(secrets)}\n`, { mode: 0o600 });
  renameSync(temporary, settle(dataDir));
}

/** Makes the data folder. Others may pass through as root (the database's user must), and never look inside. */
export function makeDataFolder(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
}

/** The database of a data folder whose server runs already, as a second command (backup, doctor) finds it. */
export async function findEmbedded(dataDir: string): Promise<{ url: string; pid: number; port: number } | undefined> {
  const state = readPostmaster(join(dataDir, 'postgres'));
  if (!state || !isAlive(state.pid) || !existsSync(settle(dataDir))) return undefined;
  const secrets = readSecrets(dataDir);
  if (!(await isOurs(state.port, secrets.superuser))) return undefined;
  return { url: urlOf(secrets, state.port), ...state };
}

/** The application's database as superuser, while the embedded server of this data folder runs: for what only its owner may do. */
export function embeddedAdminUrl(dataDir: string): string | undefined {
  const state = readPostmaster(join(dataDir, 'postgres'));
  if (!state || !isAlive(state.pid) || !existsSync(settle(dataDir))) return undefined;
  return localUrl({
    user: 'postgres',
    password: readSecrets(dataDir).superuser,
    port: state.port,
    database: APPLICATION_DATABASE,
  });
}

function urlOf(secrets: Secrets, port: number): string {
  return localUrl({ user: APPLICATION_ROLE, password: secrets.application, port, database: APPLICATION_DATABASE });
}

/**
 * Starts the server of a data folder, or adopts the one that a killed supervisor left running, and makes sure of
 * role and database. The caller holds the data folder's lock.
 * @param options.onExit called when the server ends without having been told to; `restart` brings it back on its port
 */
export async function startEmbedded(
  dataDir: string,
  options: { onExit?: (restart: () => Promise<void>) => void } = {},
): Promise<EmbeddedDatabase> {
  makeDataFolder(dataDir);
  const folder = join(dataDir, 'postgres');
  const secrets = readSecrets(dataDir);
  const logFile = join(dataDir, 'postgres.log');
  if (existsSync(logFile) && statSync(logFile).size > 20 * 1024 * 1024) renameSync(logFile, `${logFile}.1`);
  let stopping = false;
  let running = await adopt(folder, secrets.superuser);
  const start = async (port: number) => {
    running = await startServer({ folder, port, superuserPassword: secrets.superuser, logFile });
    watch(running);
  };
  const watch = (server: RunningServer) => {
    const gone = () => {
      if (!stopping) options.onExit?.(() => start(server.port));
    };
    if (server.child) server.child.once('exit', gone);
    else void poll(server.pid, () => stopping).then(gone);
  };
  if (running) watch(running);
  else await start(await choosePort(secrets.port));
  const server = running as RunningServer;
  await provision({ port: server.port, superuserPassword: secrets.superuser, password: secrets.application });
  if (secrets.port !== server.port) saveSecrets(dataDir, { ...secrets, port: server.port });
  return {
    url: urlOf(secrets, server.port),
    port: server.port,
    pid: () => (running as RunningServer).pid,
    stop: async (graceMs) => {
      stopping = true;
      await stopServer((running as RunningServer).pid, graceMs);
    },
  };
}

async function choosePort(last: number): Promise<number> {
  return last && (await isPortFree(last, '127.0.0.1')) ? last : freePort(0);
}

async function adopt(folder: string, password: string): Promise<RunningServer | undefined> {
  const state = readPostmaster(folder);
  if (!state || !isAlive(state.pid)) return undefined;
  for (let attempt = 0; attempt < 10 && isAlive(state.pid); attempt += 1) {
    if (await isOurs(state.port, password)) {
      log.info({ part: 'postgres', pid: state.pid }, 'a database server left by an earlier start is taken over');
      return { ...state, child: undefined };
    }
    await sleep(200);
  }
  // The process is there and doesn't answer to us: either it is ending, or its id was used again by a stranger.
  return undefined;
}

async function poll(pid: number, stopped: () => boolean): Promise<void> {
  while (isAlive(pid) && !stopped()) await sleep(500);
}

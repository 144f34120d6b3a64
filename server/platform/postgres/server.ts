import { type ChildProcess, spawn } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '#server/errors.ts';
import { isAlive } from '#server/platform/processes/alive.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { type Identity, identityFor } from './identity.ts';

export type ServerOptions = {
  /** Data folder of the cluster; made when it isn't there. */
  folder: string;
  port: number;
  superuserPassword: string;
  logFile: string;
  /** Off only for throw-away clusters of tests: faster, and unsafe against a power cut. */
  durable?: boolean;
  maxConnections?: number;
};

/** A running cluster. `child` is there when this process started it. */
export type RunningServer = { pid: number; port: number; child: ChildProcess | undefined };

/** What a running server writes into its data folder: process id and port. */
export function readPostmaster(folder: string): { pid: number; port: number } | undefined {
  try {
    const lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    const port = Number(lines[3]);
    return pid > 0 && port > 0 ? { pid, port } : undefined;
  } catch {
    return undefined;
  }
}

/** Makes the cluster when there is none. A run that was cut off leaves nothing behind but a folder that the next removes. */
export async function initCluster(options: ServerOptions): Promise<void> {
  if (existsSync(join(options.folder, 'PG_VERSION'))) return checkMajor(options.folder);
  const binaries = findBinaries();
  const parent = dirname(options.folder);
  mkdirSync(parent, { recursive: true });
  const identity = identityFor([parent, binaries.folder]);
  const fresh = `${options.folder}.new`;
  const passwordFile = join(parent, `.${basename(options.folder)}.password`);
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  writeFileSync(passwordFile, `${options.superuserPassword}\n`, { mode: 0o600 });
  try {
    own(identity, fresh);
    own(identity, passwordFile);
    await runInitdb(binaries, identity, fresh, passwordFile);
    renameSync(fresh, options.folder);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function own(identity: Identity, path: string): void {
  if (identity.owner) chownSync(path, identity.owner.uid, identity.owner.gid);
}

function checkMajor(folder: string): void {
  const present = Number(readFileSync(join(folder, 'PG_VERSION'), 'utf8'));
  const { major } = findBinaries();
  if (present === major) return;
  throw new DomainError(
    'UNSUPPORTED',
    `The database in ${folder} was made by PostgreSQL ${present}, this version of Stagecraft brings ${major}: back it up with the version that made it, and restore here.`,
  );
}

async function runInitdb(binaries: Binaries, identity: Identity, folder: string, passwordFile: string): Promise<void> {
  const { command, args, options } = identity.wrap(binaries.initdb, [
    `--pgdata=${folder}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ]);
  const child = spawn(command, args, { ...options, cwd: '/', env: serverEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const keep = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const code = await new Promise<number | null>((done, failed) => child.once('error', failed).once('close', done));
  if (code === 0) return;
  if (/no space left|ENOSPC/i.test(output)) throw diskFull(folder);
  throw new DomainError(
    'INTERNAL',
    `The database could not be made in ${folder}: ${output.trim().split('\n').slice(-4).join(' ')}`,
  );
}

function diskFull(folder: string): DomainError {
  return new DomainError('UNAVAILABLE', `The disk of ${folder} is full: make room and start again.`);
}

function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC', NODE_ENV: 'production' };
}

/**
 * Starts the server. After a kill its memory and files stay taken for a moment, so a start that fails is repeated
 * for ten seconds. It runs in a process group of its own: the terminal's Ctrl-C must not end it before the others.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  await initCluster(options);
  const until = Date.now() + 10_000;
  for (;;) {
    const attempt = await tryStart(options);
    if ('pid' in attempt) return attempt;
    if (/no space left/i.test(attempt.output)) throw diskFull(options.folder);
    if (Date.now() > until) {
      throw new DomainError(
        'UNAVAILABLE',
        `The database does not start: ${attempt.output.trim().split('\n').slice(-3).join(' ')} (see ${options.logFile})`,
      );
    }
    await sleep(250);
  }
}

async function tryStart(options: ServerOptions): Promise<RunningServer | { output: string }> {
  const binaries = findBinaries();
  const identity = identityFor([dirname(options.folder), binaries.folder]);
  const settings = [
    `port=${options.port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    `max_connections=${options.maxConnections ?? 120}`,
    'shared_buffers=128MB',
    'timezone=UTC',
    'log_timezone=UTC',
    'idle_in_transaction_session_timeout=300000',
    ...(options.durable === false ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off'] : []),
  ];
  const {
    command,
    args,
    options: as,
  } = identity.wrap(binaries.postgres, ['-D', options.folder, ...settings.flatMap((s) => ['-c', s])]);
  const logStart = existsSync(options.logFile) ? statSync(options.logFile).size : 0;
  const sink = openSync(options.logFile, 'a', 0o600);
  const child = spawn(command, args, {
    ...as,
    cwd: '/',
    env: serverEnvironment(),
    detached: true,
    stdio: ['ignore', sink, sink],
  });
  closeSync(sink);
  let ended = false;
  child.once('error', () => {
    ended = true;
  });
  child.once('exit', () => {
    ended = true;
  });
  while (!ended) {
    const state = readPostmaster(options.folder);
    if (state && state.pid === child.pid && isReady(options.folder)) {
      child.unref();
      return { pid: state.pid, port: options.port, child };
    }
    await sleep(20);
  }
  return { output: readFileSync(options.logFile).subarray(logStart).toString() };
}

/** The last line of postmaster.pid becomes `ready` when connections are accepted. */
function isReady(folder: string): boolean {
  return readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[7]?.trim() === 'ready';
}

/** Stops a server: first in order (SIGINT ends sessions and writes a checkpoint), after `graceMs` at once; nothing committed is lost. */
export async function stopServer(pid: number, graceMs = 10_000): Promise<void> {
  signal(pid, 'SIGINT');
  const until = Date.now() + graceMs;
  while (isAlive(pid) && Date.now() < until) await sleep(20);
  if (!isAlive(pid)) return;
  signal(pid, 'SIGQUIT');
  const last = Date.now() + 5_000;
  while (isAlive(pid) && Date.now() < last) await sleep(20);
}

function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended in between.
  }
}

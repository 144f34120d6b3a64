import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMark } from '#server/platform/processes/alive.ts';
import { freePort } from '#server/platform/processes/ports.ts';
import { localUrl } from './provision.ts';
import { readPostmaster, startServer, stopServer } from './server.ts';

/** A cluster in a temporary folder, gone after use: for tests, and for comparing migrations with the schema. Not durable. */
export type Throwaway = {
  port: number;
  adminUrl(database?: string): string;
  stop(): Promise<void>;
};

const PREFIX = 'stagecraft-pg-';

export async function startThrowaway(): Promise<Throwaway> {
  await clearLeftovers();
  const root = mkdtempSync(join(tmpdir(), PREFIX));
  chmodSync(root, 0o711);
  writeFileSync(join(root, 'owner'), `${process.pid} ${startMark(process.pid)}`);
  const password = randomBytes(16).toString('hex');
  const port = await freePort(0);
  const folder = join(root, 'postgres');
  const server = await startServer({
    folder,
    port,
    superuserPassword: password,
    logFile: join(root, 'log'),
    durable: false,
    maxConnections: 200,
  });
  return {
    port,
    adminUrl: (database = 'postgres') => localUrl({ user: 'postgres', password, port, database }),
    stop: async () => {
      await stopServer(server.pid, 3_000);
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Ends and removes clusters whose test run was killed before it could. */
async function clearLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const root = join(tmpdir(), name);
    const [pid, ...mark] = readOwner(root);
    if (!pid || startMark(Number(pid)) === mark.join(' ')) continue;
    const server = readPostmaster(join(root, 'postgres'));
    if (server) await stopServer(server.pid, 2_000);
    rmSync(root, { recursive: true, force: true });
  }
}

function readOwner(root: string): string[] {
  try {
    return readFileSync(join(root, 'owner'), 'utf8').split(' ');
  } catch {
    return [];
  }
}

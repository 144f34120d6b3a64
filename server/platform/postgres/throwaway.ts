import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#server/platform/processes/ports.ts';
import { localUrl } from './provision.ts';
import { startServer, stopServer } from './server.ts';

/** A cluster in a temporary folder, gone after use: for tests, and for comparing migrations with the schema. Not durable. */
export type Throwaway = {
  port: number;
  adminUrl(database?: string): string;
  stop(): Promise<void>;
};

export async function startThrowaway(): Promise<Throwaway> {
  const root = mkdtempSync(join(tmpdir(), 'stagecraft-pg-'));
  chmodSync(root, 0o711);
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

import { PrismaPg } from '@prisma/adapter-pg';
import { type Prisma, PrismaClient } from '#prisma/generated/client/client.ts';
import { isWriteConflict } from './errors.ts';
import { lazy } from './lazy.ts';
import { closePool, sharedPool } from './pool.ts';

declare global {
  var stagecraftPrisma: PrismaClient | undefined;
}

function sharedClient(): PrismaClient {
  globalThis.stagecraftPrisma ??= new PrismaClient({ adapter: new PrismaPg(sharedPool()) });
  return globalThis.stagecraftPrisma;
}

/** The database of this process; connects at the first query. */
export const db: PrismaClient = lazy(sharedClient);

/** What every repo function takes first: a transaction, or the database itself. */
export type Tx = Prisma.TransactionClient | PrismaClient;

const ATTEMPTS = 4;

/**
 * Runs `fn` in one transaction; what it throws rolls back. A transaction that lost against another one
 * (serialization failure, deadlock) runs again, so `fn` must have no effect but on the database.
 */
export async function transaction<T>(
  fn: (tx: Prisma.TransactionClient) => Promise<T>,
  options: { isolation?: 'Serializable'; timeoutMs?: number } = {},
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.$transaction(fn, {
        timeout: options.timeoutMs ?? 20_000,
        maxWait: 10_000,
        ...(options.isolation ? { isolationLevel: options.isolation } : {}),
      });
    } catch (error) {
      if (attempt >= ATTEMPTS || !isWriteConflict(error)) throw error;
      await new Promise((done) => setTimeout(done, 10 * 2 ** attempt * (0.5 + Math.random())));
    }
  }
}

/** Ends all connections of this process. */
export async function closeDatabase(): Promise<void> {
  const open = globalThis.stagecraftPrisma;
  globalThis.stagecraftPrisma = undefined;
  await open?.$disconnect();
  await closePool();
}

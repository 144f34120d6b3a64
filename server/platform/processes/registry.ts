import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Prisma } from '#prisma/generated/client/client.ts';
import { messageOf } from '#server/errors.ts';
import { log } from '#server/log.ts';
import { db } from '#server/platform/db/client.ts';

export type ProcessKind = 'console' | 'gateway' | 'worker' | 'supervisor';
export type ProcessInfo = Record<string, unknown>;

export type ProcessView = {
  id: string;
  kind: string;
  host: string;
  pid: number;
  info: ProcessInfo;
  startedAt: Date;
  heartbeatAt: Date;
  /** Heard of in the last 20 seconds. */
  alive: boolean;
};

const BEAT_MS = 5_000;
const ALIVE_MS = 20_000;
const FORGET_MS = 3_600_000;

let self: { id: string; kind: ProcessKind; info: ProcessInfo; startedAt: Date; timer: NodeJS.Timeout } | undefined;

/**
 * Makes this process known to the installation, and keeps its row fresh. A database that is down delays the row, and
 * nothing else.
 */
export async function registerProcess(o: { kind: ProcessKind; info?: ProcessInfo }): Promise<{ id: string }> {
  if (self) clearInterval(self.timer);
  const timer = setInterval(() => void beat(), BEAT_MS);
  timer.unref();
  self = { id: randomUUID(), kind: o.kind, info: o.info ?? {}, startedAt: new Date(), timer };
  await beat();
  return { id: self.id };
}

/** Merges `info` into what this process tells of itself, and writes it now. */
export async function heartbeat(info: ProcessInfo = {}): Promise<void> {
  if (self) self.info = { ...self.info, ...info };
  await beat();
}

/** Takes this process off the list: the last act of an orderly end. */
export async function unregisterProcess(): Promise<void> {
  const gone = self;
  if (!gone) return;
  self = undefined;
  clearInterval(gone.timer);
  await db.process.deleteMany({ where: { id: gone.id } }).catch(() => undefined);
}

async function beat(): Promise<void> {
  if (!self) return;
  const now = new Date();
  const info = { ...self.info, memoryMb: Math.round(process.memoryUsage.rss() / 1024 ** 2) } as Prisma.InputJsonObject;
  try {
    await db.process.upsert({
      where: { id: self.id },
      update: { info, heartbeatAt: now },
      create: {
        id: self.id,
        kind: self.kind,
        host: hostname(),
        pid: process.pid,
        info,
        startedAt: self.startedAt,
        heartbeatAt: now,
      },
    });
    await db.process.deleteMany({ where: { heartbeatAt: { lt: new Date(now.getTime() - FORGET_MS) } } });
  } catch (error) {
    log.warn({ part: 'processes', err: messageOf(error) }, 'the row of this process could not be written');
  }
}

/** Every process heard of in the last hour, the youngest first. */
export async function listProcesses(): Promise<ProcessView[]> {
  const rows = await db.process.findMany({ orderBy: { startedAt: 'desc' } });
  const now = Date.now();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    host: row.host,
    pid: row.pid,
    info: row.info as ProcessInfo,
    startedAt: row.startedAt,
    heartbeatAt: row.heartbeatAt,
    alive: now - row.heartbeatAt.getTime() < ALIVE_MS,
  }));
}

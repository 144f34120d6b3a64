import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type RunInfo = {
  console: string;
  gateway: string;
  processes: Record<string, { pid: number; inferenceWorkers?: number[]; databaseBackends?: number[] }>;
};

/** What runs on a data folder, by its `run.json`; undefined when nothing does. */
export function readRun(data: string): RunInfo | undefined {
  try {
    return JSON.parse(readFileSync(join(data, 'run.json'), 'utf8')) as RunInfo;
  } catch {
    return undefined;
  }
}

export const TARGETS = ['inference worker', 'database connection', 'worker'] as const;
export type Target = (typeof TARGETS)[number];

/** The processes that are meant, by the ids in `run.json`. */
export function pidsOf(data: string, target: Target): number[] {
  const { gateway, worker } = readRun(data)?.processes ?? {};
  if (target === 'worker') return worker ? [worker.pid] : [];
  return (target === 'inference worker' ? gateway?.inferenceWorkers : gateway?.databaseBackends) ?? [];
}

/** Kills without warning. @returns the ids of those that were there */
export function killNow(pids: readonly number[]): number[] {
  return pids.filter((pid) => {
    try {
      return pid > 0 && process.kill(pid, 'SIGKILL');
    } catch {
      return false;
    }
  });
}

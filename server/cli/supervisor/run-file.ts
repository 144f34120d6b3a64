import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type RunProcess = { pid: number; port?: number; url?: string } & Record<string, unknown>;

/** What runs on a data folder: `.data/run.json`, readable by its owner only. */
export type RunFile = {
  startedAt: string;
  console: string;
  gateway: string;
  processes: Record<string, RunProcess>;
};

const fileOf = (dataDir: string) => join(dataDir, 'run.json');

export function readRunFile(dataDir: string): RunFile | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as RunFile;
  } catch {
    return undefined;
  }
}

/** Written whole or not at all: others read it at any moment. */
export function writeRunFile(dataDir: string, run: RunFile): void {
  const temporary = `${fileOf(dataDir)}.new`;
  writeFileSync(temporary, `${JSON.stringify(run, null, 2)}\n`, { mode: 0o600 });
  renameSync(temporary, fileOf(dataDir));
}

export function removeRunFile(dataDir: string): void {
  rmSync(fileOf(dataDir), { force: true });
}

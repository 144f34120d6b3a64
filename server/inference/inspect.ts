import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Inspection } from '#server/inference/inspect-child.ts';

export type InspectLimits = { memoryMb?: number; timeoutMs?: number };

const PRLIMIT = ['/usr/bin/prlimit', '/bin/prlimit'].find((path) => existsSync(path));
const WATCH_MS = 25;
const PAGE_BYTES = 4096;
/** What Node itself reserves before it runs a line. */
const ENGINE_MB = 1_024;

/**
 * Opens an uploaded ONNX file in a throwaway process: one that needs too much memory or time, or that crashes the
 * runtime, ends that process and gives a reason in plain words. Memory is limited by the kernel where `prlimit` is
 * there (Linux), and watched from here as well.
 * @returns the signature read from the graph, or why the file can't be served
 */
export function inspectFile(path: string, limits: InspectLimits = {}): Promise<Inspection> {
  const memoryMb = limits.memoryMb ?? 2_048;
  const timeoutMs = limits.timeoutMs ?? 30_000;
  const { promise, resolve } = Promise.withResolvers<Inspection>();
  const child = start(path, memoryMb);
  let reason = `the process that opened it ended without an answer`;
  const stop = (why: string) => {
    reason = why;
    child.kill('SIGKILL');
  };
  const timer = setTimeout(() => stop(`opening it takes longer than ${timeoutMs / 1000} s`), timeoutMs);
  const watch = setInterval(() => {
    if (residentMb(child.pid) > memoryMb) stop(`opening it takes more than ${memoryMb} MB of memory`);
  }, WATCH_MS);
  child.on('message', (message: Inspection) => {
    if (!message.ok && /bad_alloc|failed to allocate|out of memory/i.test(message.reason)) {
      resolve({ ok: false, reason: `The file can't be opened: it takes more than ${memoryMb} MB of memory.` });
    }
    resolve(message);
  });
  const end = (why?: string) => {
    clearTimeout(timer);
    clearInterval(watch);
    resolve({ ok: false, reason: `The file can't be opened: ${why ?? reason}.` });
  };
  child.on('error', (error) => end(error.message));
  child.on('exit', (_code, signal) => end(signal && signal !== 'SIGKILL' ? `the runtime crashed on it (${signal})` : undefined));
  return promise;
}

function start(path: string, memoryMb: number): ChildProcess {
  const node = [
    process.execPath,
    '--max-old-space-size=512',
    join(process.cwd(), 'server', 'inference', 'inspect-child.ts'),
    path,
  ];
  // Data, not address space: the engine reserves far more addresses than it ever uses.
  const limited = PRLIMIT ? [PRLIMIT, `--data=${(memoryMb + ENGINE_MB) * 1024 * 1024}`, '--core=0', ...node] : node;
  const [command, ...args] = limited;
  return spawn(command as string, args, { env: { NODE_ENV: 'production' }, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
}

/** Resident memory of a process in MB; 0 where the system doesn't tell. */
function residentMb(pid: number | undefined): number {
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
    return (pages * PAGE_BYTES) / 1024 / 1024;
  } catch {
    return 0;
  }
}

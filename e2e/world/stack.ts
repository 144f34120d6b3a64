import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const STOP_MS = 8_000;

export type Stack = {
  child: ChildProcess;
  /** Calls `fn` with each line that the command prints. */
  onLine(fn: (line: string) => void): void;
  /** The last lines that it printed. */
  tail(): string;
  /** Ends it as Ctrl-C does; kills it when that takes too long. */
  stop(): Promise<void>;
};

/** Runs the demo on a data folder of its own, on ports that are free, with its output kept in `logFile`. */
export function startDemo(o: { data: string; args: string[]; logFile: string; env?: Record<string, string> }): Stack {
  const child = spawn(process.execPath, ['server/cli/demo.ts', ...o.args], {
    env: { ...process.env, STAGECRAFT_DATA: o.data, STAGECRAFT_PORT: '0', STAGECRAFT_GATEWAY_PORT: '0', ...o.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = createWriteStream(o.logFile, { mode: 0o600 });
  const lines: string[] = [];
  const listeners: ((line: string) => void)[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      log.write(`${line}\n`);
      lines.push(line);
      if (lines.length > 60) lines.shift();
      for (const listener of listeners) listener(line);
    });
  }
  return {
    child,
    onLine: (fn) => listeners.push(fn),
    tail: () => lines.join('\n'),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await Promise.race([ended, sleep(STOP_MS, undefined, { ref: false })]);
      if (child.exitCode === null) child.kill('SIGKILL');
    },
  };
}

/** Resolves when the story is over and the installation stays up. @throws Error when it ends or takes too long */
export async function untilUp(stack: Stack, limitMs: number): Promise<void> {
  const up = new Promise<void>((done) => stack.onLine((line) => line === 'Ctrl-C ends it.' && done()));
  const ended = once(stack.child, 'exit').then(([code]) => {
    throw new Error(`The demo ended by itself with code ${code}.`);
  });
  const late = sleep(limitMs, undefined, { ref: false }).then(() => {
    throw new Error(`The demo took longer than ${limitMs / 1000} s.`);
  });
  await Promise.race([up, ended, late]);
}

/** Resolves with the exit code. @throws Error when it takes too long */
export async function untilEnd(stack: Stack, limitMs: number): Promise<number | null> {
  if (stack.child.exitCode !== null) return stack.child.exitCode;
  const ended = once(stack.child, 'exit').then(([code]) => code as number | null);
  const late = sleep(limitMs, undefined, { ref: false }).then(() => {
    throw new Error(`The demo took longer than ${limitMs / 1000} s.`);
  });
  return Promise.race([ended, late]);
}

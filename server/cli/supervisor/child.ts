import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '#server/platform/processes/alive.ts';
import { nextRestart } from './backoff.ts';

export type ChildSpec = {
  name: string;
  script: string;
  env: NodeJS.ProcessEnv;
  logFile: string;
  /** Output goes to the terminal as well: for work on the code. */
  echo: boolean;
  /** Where it listens when it is ready; without one it is ready at once. */
  address?: { host: string; port: number };
};

export type ChildEvents = {
  /** Called at each start, and when the process tells something for `run.json`. */
  onChange(): void;
  /** One line for the person: what happened and what is done about it. */
  say(line: string): void;
};

const ROOT = join(import.meta.dirname, '..', '..', '..');
const OLD_LOG_BYTES = 20 * 1024 * 1024;

/** One supervised process: started again, after a growing pause, whenever it ends untold. */
export class SupervisedChild {
  readonly spec: ChildSpec;
  info: Record<string, unknown> = {};
  readonly #events: ChildEvents;
  #process: ChildProcess | undefined;
  #stopping = false;
  #shortLives = 0;
  #pause: AbortController | undefined;

  constructor(spec: ChildSpec, events: ChildEvents) {
    this.spec = spec;
    this.#events = events;
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  start(): void {
    if (this.#stopping) return;
    const { script, env, logFile, echo, name } = this.spec;
    mkdirSync(dirname(logFile), { recursive: true, mode: 0o700 });
    if (existsSync(logFile) && statSync(logFile).size > OLD_LOG_BYTES) renameSync(logFile, `${logFile}.1`);
    const sink = openSync(logFile, 'a', 0o600);
    const started = Date.now();
    // A group of its own: the terminal's Ctrl-C goes to the supervisor, which ends the others in order.
    const child = fork(script, [], {
      cwd: ROOT,
      env,
      detached: true,
      stdio: ['ignore', echo ? 'inherit' : sink, echo ? 'inherit' : sink, 'ipc'],
    });
    closeSync(sink);
    this.#process = child;
    this.info = {};
    child.on('message', (message: { type?: string; info?: Record<string, unknown> }) => {
      if (message?.type !== 'run-info') return;
      this.info = { ...this.info, ...message.info };
      this.#events.onChange();
    });
    child.once('error', (error) => this.#events.say(`${name} could not be started: ${error.message}`));
    child.once('exit', (code, signal) => void this.#ended(started, signal ? `killed by ${signal}` : `exit code ${code}`));
    this.#events.onChange();
  }

  async #ended(started: number, how: string): Promise<void> {
    if (this.#stopping) return;
    const next = nextRestart({ livedMs: Date.now() - started, shortLives: this.#shortLives });
    this.#shortLives = next.shortLives;
    const pause = next.waitMs ? `in ${next.waitMs / 1000} s` : 'now';
    this.#events.say(`${this.spec.name} ended (${how}${lastError(this.spec.logFile)}); it starts again ${pause}`);
    this.#pause = new AbortController();
    await sleep(next.waitMs, undefined, { signal: this.#pause.signal }).catch(() => undefined);
    this.start();
  }

  /** Resolves when it accepts connections; rejects with what its log says when it doesn't within `limitMs`. */
  async ready(limitMs: number): Promise<void> {
    const { address } = this.spec;
    if (!address) return;
    const until = Date.now() + limitMs;
    while (!(await accepts(address))) {
      if (this.#stopping) return;
      if (Date.now() > until)
        throw new Error(
          `${this.spec.name} does not answer on port ${address.port}${lastError(this.spec.logFile)} (see ${this.spec.logFile})`,
        );
      await sleep(100);
    }
  }

  /** Tells it to end, and ends it after `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    this.#pause?.abort();
    const pid = this.pid;
    if (!pid) return;
    this.#process?.kill('SIGTERM');
    const until = Date.now() + graceMs;
    while (isAlive(pid) && Date.now() < until) await sleep(20);
    if (isAlive(pid)) this.#process?.kill('SIGKILL');
  }
}

function accepts(address: { host: string; port: number }): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ ...address, host: ['0.0.0.0', '::'].includes(address.host) ? '127.0.0.1' : address.host });
    const finish = (answer: boolean) => {
      socket.destroy();
      done(answer);
    };
    socket.setTimeout(1_000, () => finish(false));
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}

/** The last error in a log, to say why a process ended. */
function lastError(logFile: string): string {
  try {
    const lines = readFileSync(logFile, 'utf8').slice(-8_000).trim().split('\n').slice(-12).reverse();
    for (const line of lines) {
      const plain = /^\w*(Error|TypeError)\b.*: (.*)$/.exec(line.trim());
      if (plain) return `: ${line.trim()}`;
      if (!line.startsWith('{')) continue;
      const entry = JSON.parse(line) as { level?: number; msg?: string; err?: unknown };
      if ((entry.level ?? 0) >= 60) return `: ${entry.err ?? entry.msg}`;
    }
  } catch {
    // No log, or a line cut in two: there is nothing to tell.
  }
  return '';
}

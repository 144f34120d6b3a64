import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRun } from './world/run-info.ts';
import { sabotage, THREE_KILLS } from './world/saboteur.ts';
import { signInAll } from './world/sign-in.ts';
import { startDemo, untilUp } from './world/stack.ts';
import { type Report, writeWorld } from './world/world.ts';

const STORY_MS = 240_000;

/**
 * Plays a small story while its processes are killed, and keeps the installation up for all specs.
 * With STAGECRAFT_E2E_DATA the specs use what already runs on that data folder.
 * @returns the function that ends it and leaves nothing behind
 */
export default async function setUpWorld(): Promise<() => Promise<void>> {
  const { STAGECRAFT_E2E_DATA: used } = process.env;
  if (used) return joinRunning(used);
  const data = mkdtempSync(join(tmpdir(), 'stagecraft-e2e-'));
  mkdirSync(join('test-results', 'world'), { recursive: true });
  const report = join(data, 'report.json');
  const stack = startDemo({ data, args: ['--small', '--report', report], logFile: join('test-results', 'world', 'story.log') });
  const tearDown = async () => {
    await stack.stop();
    rmSync(data, { recursive: true, force: true });
  };
  process.once('exit', () => stack.child.kill('SIGTERM'));
  try {
    const began = Date.now();
    const kills = sabotage(stack, data, THREE_KILLS);
    await untilUp(stack, STORY_MS);
    const story = JSON.parse(readFileSync(report, 'utf8')) as Report;
    writeWorld({ ...story, data, kills, seconds: (Date.now() - began) / 1000 });
    await signInAll(story);
  } catch (error) {
    console.error(`${stack.tail()}\n${logsOf(data)}`);
    await tearDown();
    throw error;
  }
  return tearDown;
}

async function joinRunning(data: string): Promise<() => Promise<void>> {
  const run = readRun(data);
  if (!run) throw new Error(`Nothing runs on ${data}.`);
  const { people, steps } = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8')) as Report;
  writeWorld({ console: run.console, gateway: run.gateway, data, people, steps, kills: [], seconds: 0 });
  await signInAll({ console: run.console, people });
  return async () => {};
}

function logsOf(data: string): string {
  return ['console', 'gateway', 'worker'].map((name) => `--- ${name}\n${tailOf(join(data, 'logs', `${name}.log`))}`).join('\n');
}

function tailOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim().split('\n').slice(-15).join('\n');
  } catch {
    return '(nothing)';
  }
}

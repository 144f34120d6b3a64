import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { childEnv } from '../supervisor/child-env.ts';
import { type Counts, judge, readPlaywright, readVitest } from './results.ts';

export type Stage = {
  name: string;
  /** A program below node_modules, and its arguments. */
  program: string;
  args: string[];
  /** Where the report lies and how it is read; a stage without one counts as one check. */
  report?: { file: string; read(report: unknown): Counts };
};

export type StageResult = { name: string; counts: Counts; seconds: number; output: string };

const ROOT = join(import.meta.dirname, '..', '..', '..');
const REPORTS = join(ROOT, 'test-results');
const LIMIT_MS = 15 * 60_000;
const KEPT_CHARACTERS = 200_000;

const module = (path: string) => join(ROOT, 'node_modules', path);

function vitest(project: string): Stage {
  const file = join(REPORTS, `${project}.json`);
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  return {
    name: project === 'db' ? 'integration' : project,
    program: module('vitest/vitest.mjs'),
    args,
    report: { file, read: readVitest },
  };
}

/** The checks, in the order of how fast they answer. */
export const STAGES: Stage[] = [
  { name: 'types', program: module('typescript-native/bin/tsc'), args: ['--noEmit'] },
  { name: 'lint', program: module('@biomejs/biome/bin/biome'), args: ['check', '--error-on-warnings', '.'] },
  {
    name: 'rules',
    program: module('dependency-cruiser/bin/dependency-cruiser.mjs'),
    args: ['--config', '.dependency-cruiser.cjs', 'app', 'components', 'server', 'e2e'],
  },
  vitest('unit'),
  vitest('db'),
  {
    name: 'browser',
    program: module('@playwright/test/cli.js'),
    args: ['test'],
    report: { file: join(REPORTS, 'e2e.json'), read: readPlaywright },
  },
];

/** Runs one stage to its end and reads what it came to. */
export async function runStage(stage: Stage): Promise<StageResult> {
  const started = Date.now();
  mkdirSync(REPORTS, { recursive: true });
  if (stage.report) rmSync(stage.report.file, { force: true });
  const { code, output } = await execute(stage);
  const counts = stage.report ? readReport(stage.report) : oneCheck(code);
  return { name: stage.name, counts: judge(code, counts), seconds: (Date.now() - started) / 1000, output };
}

function oneCheck(code: number | null): Counts {
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

function readReport(report: NonNullable<Stage['report']>): Counts | undefined {
  try {
    return report.read(JSON.parse(readFileSync(report.file, 'utf8')));
  } catch {
    return undefined;
  }
}

function execute(stage: Stage): Promise<{ code: number | null; output: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [stage.program, ...stage.args], {
      cwd: ROOT,
      env: childEnv({ FORCE_COLOR: '0', NO_COLOR: '1', CI: '1' }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-KEPT_CHARACTERS);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const limit = setTimeout(() => {
      output += `\nstopped: longer than ${LIMIT_MS / 60_000} minutes\n`;
      child.kill('SIGKILL');
    }, LIMIT_MS);
    const forward = (signal: NodeJS.Signals) => child.kill(signal);
    process.once('SIGINT', forward).once('SIGTERM', forward);
    const finish = (code: number | null) => {
      clearTimeout(limit);
      process.off('SIGINT', forward).off('SIGTERM', forward);
      done({ code, output });
    };
    child.once('error', (error) => {
      output += error.message;
      finish(null);
    });
    child.once('close', finish);
  });
}

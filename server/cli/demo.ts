import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { config } from '#server/config.ts';
import { DomainError } from '#server/errors.ts';
import { createSetupLink } from '#server/features/people/links.service.ts';
import type { Played, Report, Step } from './demo/report.ts';
import { describeStep, readPlayed, writePrivately } from './demo/report.ts';
import { SMALL, WHOLE } from './demo/scale.ts';
import { openStage, playStep, storySteps } from './demo/story.ts';
import { option, runCommand, say } from './run-command.ts';
import { endingSignal } from './supervisor/ending.ts';
import { type Running, startAll } from './supervisor/start-all.ts';

const PLAYED = join(config.dataDir, 'demo.json');

/**
 * `npm run demo`: starts everything, plays the story once over HTTP, prints addresses and sign-ins, and stays up.
 * `--exit` stops afterwards, `--report FILE` writes what happened, `--small` plays with about 600 mails, `--fresh` begins anew.
 */
await runCommand(async () => {
  const args = process.argv.slice(2);
  if (args.includes('--fresh')) forget();
  const before = readPlayed(PLAYED);
  if (before && !before.done) throw interrupted(before);
  const ending = endingSignal();
  const started = Date.now();
  const running = await startAll({
    what: 'npm run demo',
    dev: args.includes('--dev'),
    say,
    signal: ending,
    settings: { STAGECRAFT_DEMO: '1' },
  });
  const played = before ? reuse(before) : await play(running, args.includes('--small'), ending);
  const report: Report = {
    ok: played.done && played.steps.every((step) => step.ok),
    console: running.console,
    gateway: running.gateway,
    people: played.people,
    steps: played.steps,
  };
  const file = option(args, 'report');
  if (file) writePrivately(file, report);
  console.log(summary(report, (Date.now() - started) / 1000));
  if (!args.includes('--exit') && !ending.aborted) {
    console.log('Ctrl-C ends it.');
    await once(ending, 'abort');
  }
  say('ending');
  await running.stop();
  return report.ok ? 0 : 1;
});

async function play(running: Running, small: boolean, signal: AbortSignal): Promise<Played> {
  const link = await createSetupLink();
  if (!link)
    throw new DomainError(
      'CONFLICT',
      `${config.dataDir} is in use by people already: the story needs a data folder of its own (STAGECRAFT_DATA).`,
    );
  const stage = await openStage({ scale: small ? SMALL : WHOLE, console: running.console, gateway: running.gateway, say });
  const steps: Step[] = [];
  say(`playing the story with ${stage.mails.length} mails`);
  for (const step of storySteps(link.path)) {
    if (signal.aborted) break;
    say(`${step.name} …`);
    const result = await playStep(step, stage);
    steps.push(result);
    console.log(describeStep(result));
    writePrivately(PLAYED, { done: false, people: stage.people, steps });
    if (!result.ok) break;
  }
  const done = steps.length === storySteps(link.path).length && steps.every((step) => step.ok);
  const played = { done, people: stage.people, steps };
  writePrivately(PLAYED, played);
  return played;
}

function reuse(before: Played): Played {
  return { ...before, steps: before.steps.map((step) => ({ ...step, reused: true })) };
}

function forget(): void {
  if (!existsSync(PLAYED)) {
    if (existsSync(join(config.dataDir, 'postgres'))) {
      throw new DomainError(
        'CONFLICT',
        `${config.dataDir} holds no demo, so it is not removed. Name another folder with STAGECRAFT_DATA.`,
      );
    }
    return;
  }
  if (existsSync(join(config.dataDir, 'run.json'))) throw new DomainError('CONFLICT', 'The demo is running. End it first.');
  rmSync(config.dataDir, { recursive: true, force: true });
}

function interrupted(before: Played): DomainError {
  const last = before.steps.at(-1);
  const where = last ? `at "${last.name}"${last.ok ? '' : ` (${last.error})`}` : 'before its first step';
  return new DomainError('CONFLICT', `The story stopped ${where} last time. Play it anew with: npm run demo -- --fresh`);
}

function summary(report: Report, seconds: number): string {
  const people = report.people.map((person) => `  ${person.role.padEnd(10)} ${person.email.padEnd(24)} ${person.password}`);
  const failed = report.steps.filter((step) => !step.ok);
  return [
    '',
    failed.length > 0 ? `The story stopped: ${failed[0]?.error}` : `Stagecraft is up after ${seconds.toFixed(1)} s.`,
    `  console  ${report.console}`,
    `  gateway  ${report.gateway}`,
    ...(people.length > 0 ? ['', 'Sign in as', ...people] : []),
    '',
  ].join('\n');
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from './browser.ts';
import type { Mail } from './corpus.ts';
import type { Program } from './program.ts';
import type { Figures, Person } from './report.ts';
import type { Scale } from './scale.ts';

export const PROJECT = 'mail';
export const DATASET = 'mail';
export const MODEL = 'spam-filter';
export const POSITIVE = 'spam';
export const FEATURES = [
  { name: 'subject', kind: 'text' as const },
  { name: 'body', kind: 'text' as const },
  { name: 'from_domain', kind: 'category' as const },
];

export type Role = 'admin' | 'annotator' | 'scientist' | 'reviewer' | 'manager';
export type ServedMail = {
  id: string;
  subject: string | null;
  body: string | null;
  fromDomain: string | null;
  receivedAt: string;
};

/** Everything that one step leaves for the next. Every field is set by the step that its comment names. */
export type Stage = {
  scale: Scale;
  console: string;
  gateway: string;
  mails: Mail[];
  people: Person[];
  as: Record<Role, Browser>;
  program: Program;
  /** Dataset versions by what they are. Step: data, labels, retraining, bad import, again. */
  versions: Record<string, { id: string; number: number }>;
  /** The best run of the first launch and its parameters. Step: experiments. */
  best?: { experiment: string; run: string; runId: string; params: Record<string, string> };
  /** The newest part, in order of delivery. Step: serving. */
  production: ServedMail[];
  /** How many of them have been sent. */
  sent: number;
  say(line: string): void;
};

export type StoryStep = { name: string; play(stage: Stage): Promise<Figures> };

/**
 * Asks again every 300 ms until the answer satisfies.
 * @throws Error with `what` when it doesn't in time
 */
export async function until<T>(what: string, ask: () => Promise<T>, satisfied: (value: T) => boolean, seconds = 180): Promise<T> {
  const end = Date.now() + seconds * 1000;
  let last: unknown;
  while (Date.now() < end) {
    try {
      const value = await ask();
      if (satisfied(value)) return value;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await sleep(300);
  }
  throw new Error(`${what}: not within ${seconds} s${last instanceof Error ? ` (${last.message})` : ''}.`);
}

/** The mail's true label, which only the corpus knows. */
export function truthOf(stage: Stage): Map<string, string> {
  return new Map(stage.mails.map((mail) => [mail.id, mail.label]));
}

/** @throws Error when a step before should have made it */
export function versionOf(stage: Stage, name: string): { id: string; number: number } {
  const version = stage.versions[name];
  if (!version) throw new Error(`The dataset version "${name}" should exist by now.`);
  return version;
}

/** A step's own check: what it promises must be so. */
export function insist(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Error(otherwise);
}

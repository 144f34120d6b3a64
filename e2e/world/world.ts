import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Role = 'admin' | 'annotator' | 'scientist' | 'reviewer' | 'manager';
export type Person = { role: Role; name: string; email: string; password: string; token: string | null };
export type Step = { name: string; ok: boolean; seconds: number; figures: Record<string, unknown>; error?: string };
export type Report = { ok: boolean; console: string; gateway: string; people: Person[]; steps: Step[] };

/** One process that was killed while the story was played. */
export type Kill = {
  what: string;
  pids: number[];
  /** The step of the story that was under way. */
  during: string;
  /** Seconds since the story began. */
  at: number;
};

/** What all specs share: one running installation in which the story has been played. */
export type World = {
  console: string;
  gateway: string;
  data: string;
  people: Person[];
  steps: Step[];
  kills: Kill[];
  seconds: number;
};

const FOLDER = join(process.env.STAGECRAFT_E2E_RESULTS ?? 'test-results', 'world');
const FILE = join(FOLDER, 'world.json');

export function writeWorld(world: World): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(FILE, JSON.stringify(world, null, 2), { mode: 0o600 });
}

/** @throws Error when the set-up has not run */
export function readWorld(): World {
  return JSON.parse(readFileSync(FILE, 'utf8')) as World;
}

/** Where the cookies of a signed-in person lie. */
export function sessionFile(role: Role): string {
  return join(FOLDER, `${role}.json`);
}

/** @throws Error when the story has no such person */
export function personOf(people: readonly Person[], role: Role): Person {
  const person = people.find((one) => one.role === role);
  if (!person) throw new Error(`The story has no ${role}.`);
  return person;
}

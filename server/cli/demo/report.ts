import { readFileSync, renameSync, writeFileSync } from 'node:fs';

export type Person = { role: string; name: string; email: string; password: string; token: string | null };
export type Figures = Record<string, string | number | boolean | null>;
export type Step = { name: string; ok: boolean; seconds: number; figures: Figures; reused?: boolean; error?: string };
export type Report = { ok: boolean; console: string; gateway: string; people: Person[]; steps: Step[] };

/** What a story leaves behind: who can sign in, what each step found. `done` says that it was played to its end. */
export type Played = { done: boolean; people: Person[]; steps: Step[] };

/** Written whole or not at all, readable by its owner only: it holds passwords. */
export function writePrivately(file: string, value: unknown): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** What an earlier run left, or undefined. */
export function readPlayed(file: string): Played | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Played;
  } catch {
    return undefined;
  }
}

/** One line of a step for the terminal. */
export function describeStep(step: Step): string {
  const figures = Object.entries(step.figures)
    .map(([name, value]) => `${name} ${typeof value === 'number' ? Number(value.toPrecision(4)) : value}`)
    .join(' · ');
  const mark = step.ok ? '✓' : '✕';
  return `${mark} ${step.name.padEnd(46)} ${step.seconds.toFixed(1).padStart(6)} s  ${step.error ?? figures}`;
}

import type { Scope } from '#server/auth/roles.ts';
import type { SuiteRunStatus } from './evaluations.schema.ts';

type Holder = { scopes: ReadonlySet<Scope> };

/** Who may start a run: whoever may ask for a promotion. */
export function mayRunSuite({ scopes }: Holder): boolean {
  return scopes.has('promotion:request');
}

/** Who may change what a model is measured on. */
export function mayEditSuite({ scopes }: Holder): boolean {
  return scopes.has('model:write');
}

/** Who may lock rows for judging, and free them: whoever may change data. */
export function mayLockGold({ scopes }: Holder): boolean {
  return scopes.has('data:write');
}

/** A run that is under way may be stopped by whoever may start one, unless a promotion request waits for it. */
export function mayCancelRun(holder: Holder, run: { status: SuiteRunStatus; requestId: string | null }): boolean {
  return mayRunSuite(holder) && run.requestId === null && (run.status === 'queued' || run.status === 'running');
}

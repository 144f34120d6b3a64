import type { Stage } from './models.schema.ts';

export type May = { ok: true } | { ok: false; why: string };

const ORDER: Record<Stage, number> = { archived: 0, development: 1, staging: 2, production: 3 };

/** Whether `to` lies above `from`, so that a request with its gates is needed. */
export function isUp(from: Stage, to: Stage): boolean {
  return ORDER[to] > ORDER[from];
}

/** Which stage changes a person makes alone: down, or out of the archive. Up goes by request; production never by hand. */
export function moveStageByHand(from: Stage, to: 'development' | 'archived'): May {
  if (from === to) return { ok: false, why: `it is in ${to} already.` };
  if (from === 'production') {
    return { ok: false, why: 'it is in production. Promote another version, or go back to the one before it, first.' };
  }
  return { ok: true };
}

/** Whether a version in this stage can be asked up to `target`. */
export function canAskFor(from: Stage, target: Stage): May {
  if (target !== 'staging' && target !== 'production') return { ok: false, why: 'Ask for staging or production.' };
  if (isUp(from, target)) return { ok: true };
  return { ok: false, why: from === target ? `It is in ${target} already.` : `It is in ${from}, which lies above ${target}.` };
}

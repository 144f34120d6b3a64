import type { Stage } from '#server/domain/stages.schema.ts';
import { isUp, roleOf, targetsFrom, titleOf } from '#server/domain/stages.ts';

export type May = { ok: true } | { ok: false; why: string };

/**
 * Which stage changes a person makes alone: down to where versions begin or end, or out of the archive. Up goes by
 * request; out of a stage that serves never by hand.
 */
export function moveStageByHand(stages: readonly Stage[], from: string, to: string): May {
  const role = roleOf(stages, to);
  if (role === null) return { ok: false, why: `this project has no stage ${to}.` };
  if (from === to) return { ok: false, why: `it is in ${to} already.` };
  if (roleOf(stages, from) === 'serving') {
    return { ok: false, why: `it is in ${from}. Promote another version, or go back to the one before it, first.` };
  }
  if (role !== 'start' && role !== 'end') return { ok: false, why: `to ${to} it goes by a request, which passes the gates.` };
  return { ok: true };
}

/** Whether a version in this stage can be asked up to `target`. */
export function canAskFor(stages: readonly Stage[], from: string, target: string): May {
  const role = roleOf(stages, target);
  if (role !== 'gate' && role !== 'serving') {
    const possible = targetsFrom(stages, from).map((stage) => stage.name);
    const ask = possible.length > 0 ? `Ask for ${possible.join(' or ')}.` : `There is no stage above ${from}.`;
    return { ok: false, why: role === null ? `This project has no stage ${target}. ${ask}` : ask };
  }
  if (isUp(stages, from, target)) return { ok: true };
  return {
    ok: false,
    why: from === target ? `It is in ${target} already.` : `It is in ${titleOf(stages, from)}, which lies above ${target}.`,
  };
}

import type { Stage } from '#server/domain/stages.schema.ts';
import { isUp, roleOf, targetsFrom, titleOf } from '#server/domain/stages.ts';

export type May = { ok: true } | { ok: false; why: string };

/**
 * Which stage changes a person makes alone: down, or out of the archive. Up goes by request. Out of a stage that serves
 * only a version that answers nobody: `answersFor` names the deployments in which it does.
 */
export function moveStageByHand(stages: readonly Stage[], from: string, to: string, answersFor: readonly string[] = []): May {
  const role = roleOf(stages, to);
  if (role === null) return { ok: false, why: `this project has no stage ${to}.` };
  if (from === to) return { ok: false, why: `it is in ${to} already.` };
  if (answersFor.length > 0) {
    const where = answersFor.join(', ');
    return { ok: false, why: `it answers for ${where}. Promote another version, or go back to the one before it, first.` };
  }
  if (role === 'serving' || (role === 'gate' && isUp(stages, from, to))) {
    return { ok: false, why: `to ${to} it goes by a request, which passes the gates.` };
  }
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

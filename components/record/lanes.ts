/** One stretch of time in which one version of a model stood in one stage; `to` is null while it still does. */
export type Stretch = { version: number; stage: string; from: Date; to: Date | null };
export type Lane = { model: string; stretches: Stretch[] };
type Change = { at: Date; model: string; version: number; from: string; to: string };

/**
 * The changes of stage as stretches, a lane a model, of the stages that count.
 * @param changes oldest first
 */
export function lanesOf(changes: readonly Change[], counts: (stage: string) => boolean): Lane[] {
  const lanes = new Map<string, Lane>();
  const open = new Map<string, Stretch>();
  for (const { at, model, version, to } of changes) {
    const key = `${model}/${version}`;
    const running = open.get(key);
    if (running) running.to = at;
    open.delete(key);
    if (!counts(to)) continue;
    const lane = lanes.get(model) ?? { model, stretches: [] };
    lanes.set(model, lane);
    const stretch: Stretch = { version, stage: to, from: at, to: null };
    lane.stretches.push(stretch);
    open.set(key, stretch);
  }
  return [...lanes.values()].sort((a, b) => a.model.localeCompare(b.model));
}

/** Where a moment lies on the line, from 0 to 1. */
export function shareOf(at: Date, from: Date, to: Date): number {
  const length = to.getTime() - from.getTime();
  return length <= 0 ? 1 : Math.min(1, Math.max(0, (at.getTime() - from.getTime()) / length));
}

import { unitHash } from '#server/domain/hash.ts';

/**
 * The arm of a request: the same routing key always gets the same place in [0, 1), and the arms share that interval by
 * weight. The last arm begins at 0, so that a key which saw the canary at 10 % still sees it at 50 %.
 * @param deployment its name, so that the same traffic meets the same split on another installation too
 * @param arms in the order primary, canary; weights are relative and must not all be 0
 */
export function assignArm<A extends { weight: number }>(deployment: string, key: string, arms: readonly A[]): A {
  const first = arms[0];
  if (!first) throw new RangeError("A deployment without arms can't route.");
  if (arms.length === 1) return first;
  const total = arms.reduce((sum, arm) => sum + arm.weight, 0);
  let left = unitHash(`${deployment}/${key}`) * total;
  for (let i = arms.length - 1; i > 0; i--) {
    const arm = arms[i] as A;
    if (left < arm.weight) return arm;
    left -= arm.weight;
  }
  return first;
}

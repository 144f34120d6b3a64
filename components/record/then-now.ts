import type { Standing } from '#server/features/record/record.schema.ts';

/** One line of the comparison: what stood there then, and what became of it. */
export type ThenNow = {
  key: string;
  model: string;
  stage: string;
  before: Standing | null;
  /** What stands in the same stage of the same model now. */
  after: Standing | null;
  change: 'same' | 'replaced' | 'gone' | 'new';
};

/**
 * Sets what stood in each stage then against now, by model and stage. Several versions in one stage are compared each
 * with itself; what is left over on both sides is taken as replaced, one for one.
 */
export function thenAndNow(then: readonly Standing[], now: readonly Standing[]): ThenNow[] {
  const place = (one: Standing) => JSON.stringify([one.model, one.stage]);
  const before = Map.groupBy(then, place);
  const after = Map.groupBy(now, place);
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [model, stage] = JSON.parse(key) as [string, string];
    const [old, present] = [before.get(key) ?? [], after.get(key) ?? []];
    const stayed = old.filter((one) => present.some((other) => other.versionId === one.versionId));
    const left = old.filter((one) => !stayed.includes(one));
    const came = present.filter((one) => !stayed.some((other) => other.versionId === one.versionId));
    const pairs: [Standing | null, Standing | null][] = [
      ...stayed.map((one): [Standing, Standing | null] => [
        one,
        present.find((other) => other.versionId === one.versionId) ?? null,
      ]),
      ...Array.from({ length: Math.max(left.length, came.length) }, (_, i): [Standing | null, Standing | null] => [
        left[i] ?? null,
        came[i] ?? null,
      ]),
    ];
    return pairs.map(([a, b]) => ({
      key: `${key}${a?.versionId ?? ''}${b?.versionId ?? ''}`,
      model,
      stage,
      before: a,
      after: b,
      change: a && b ? (a.versionId === b.versionId ? 'same' : 'replaced') : a ? 'gone' : 'new',
    }));
  });
}

/** Who let it: the people who approved, else whoever moved it. */
export function wordOf(one: Standing): string {
  const approved = one.ground?.words.filter((word) => word.verdict === 'approve') ?? [];
  const names = [...new Set(approved.map((word) => (word.instead ? `${word.by} for ${word.instead}` : word.by)))];
  if (names.length === 0) return one.ground?.emergency ? `${one.ground.askedBy}, in an emergency` : one.by;
  return names.length > 2 ? `${names[0]} and ${names.length - 1} others` : names.join(' and ');
}

/** What it rested on, in few words. */
export function evidenceOf(one: Standing): string | null {
  const e = one.ground?.evidence;
  if (!e) return null;
  const on = e.dataset === null ? '' : ` on ${e.dataset} v${e.number}`;
  return `${e.passed} of ${e.gates} gates${on}`;
}

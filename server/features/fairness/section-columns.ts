import { crossGroups, type Groups, groupRows } from '#server/domain/fairness/groups.ts';
import type { FairnessRules } from '#server/domain/fairness/policy.schema.ts';
import type { GoldRows } from '#server/features/evaluations/section-context.schema.ts';

const MOST_BY_DEFAULT = 3;
const NEVER = new Set(['label', 'key', 'ignore']);

/** Columns to look at: those of the policy, or the first categories of the data when there is none. */
export function chooseColumns(rules: FairnessRules | null, gold: GoldRows, target: string): string[][] {
  if (rules && rules.rules.length > 0) {
    return [...new Map(rules.rules.map(({ columns }) => [columns.join('\0'), columns])).values()];
  }
  return Object.keys(gold.columns)
    .filter((name) => gold.kinds[name] === 'category' && name !== target)
    .filter((name) => new Set(gold.columns[name]).size > 1)
    .slice(0, MOST_BY_DEFAULT)
    .map((name) => [name]);
}

/** The groups of one column or of two crossed; null when a column isn't there. */
export function groupsOf(columns: readonly string[], gold: Pick<GoldRows, 'columns' | 'kinds'>): Groups | null {
  const parts = columns.flatMap((name) => {
    const values = gold.columns[name];
    return values ? [groupRows(name, gold.kinds[name] ?? 'category', values)] : [];
  });
  const [first, second] = parts;
  if (!first || parts.length < columns.length) return null;
  return second ? crossGroups(first, second) : first;
}

/** Columns that might betray another one: all but itself, the label, keys and what is ignored. */
export function otherColumns(gold: Pick<GoldRows, 'columns' | 'kinds'>, own: readonly string[], target: string): string[] {
  return Object.keys(gold.columns).filter(
    (name) => !own.includes(name) && name !== target && !name.startsWith('_') && !NEVER.has(gold.kinds[name] ?? 'category'),
  );
}

import type { Fact, FactTable } from '#server/domain/evidence/section.schema.ts';
import { DEFINITION_WORDS, DEFINITIONS } from '#server/domain/fairness/definitions.ts';
import { worstOf } from '#server/domain/fairness/judge.ts';
import { RATES } from '#server/domain/fairness/rates.ts';
import type { ColumnFairness, FairnessData } from './fairness.schema.ts';

/** Figures for gates: `fairness.<column>.<definition>`, of several classes the worst one's. */
export function toFacts(data: FairnessData): Fact[] {
  const facts = data.columns.flatMap((column) =>
    DEFINITIONS.filter((definition) => asked(column, definition)).map((definition): Fact => {
      const { interval } = worstOf(column, definition);
      return {
        path: `fairness.${nameInPath(column.subject)}.${definition}`,
        estimate: interval?.estimate ?? null,
        lower: interval?.lower ?? null,
        upper: interval?.upper ?? null,
        n: interval?.n ?? null,
        unit: DEFINITION_WORDS[definition].limit === null ? null : 'share',
      };
    }),
  );
  const kept = data.judgements.filter((one) => one.keeps === true).length;
  const own: Fact[] = [
    share('fairness.rules_kept', data.judgements.length === 0 ? null : kept / data.judgements.length, data.judgements.length),
  ];
  if (data.consistency) {
    const { estimate, lower, upper, n } = data.consistency;
    own.push({ path: 'fairness.neighbours.consistency', estimate, lower, upper, n, unit: 'share' });
  }
  return [...facts, ...own];
}

function share(path: string, estimate: number | null, n: number): Fact {
  return { path, estimate, lower: null, upper: null, n, unit: 'share' };
}

function asked(column: ColumnFairness, definition: string): boolean {
  if (definition === 'mean_answer' || definition === 'mean_error') return column.numbers !== null;
  return column.numbers === null;
}

/** A name in a path: as it is when it is a plain word, else in quotes. */
export function nameInPath(name: string): string {
  return /^[\w-]+$/.test(name) ? name : `"${name.replaceAll('"', '')}"`;
}

/** The table `groups` of the language of gates; small groups are in it, with `judged` 0. */
export function toGroupsTable(data: FairnessData): FactTable {
  const rows = data.columns.flatMap((column) => [
    ...column.classes.flatMap((one) =>
      one.groups.map((group) => ({
        column: column.subject,
        value: group.name,
        class: one.class,
        n: group.n,
        positives: group.positives,
        judged: group.judged ? 1 : 0,
        ...Object.fromEntries(RATES.map((rate) => [rate, group[rate]?.estimate ?? null])),
      })),
    ),
    ...(column.numbers?.groups ?? []).map((group) => ({
      column: column.subject,
      value: group.name,
      n: group.n,
      judged: group.judged ? 1 : 0,
      mean_answer: group.mean_answer?.estimate ?? null,
      mean_error: group.mean_error?.estimate ?? null,
    })),
  ]);
  return { name: 'groups', rows };
}

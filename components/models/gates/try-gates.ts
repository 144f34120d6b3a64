import type { GateResult, GateRule } from '#server/domain/gates.schema.ts';
import { gateBook, gatesFor, judgeGate, nothingBlocks } from '#server/domain/gates.ts';
import type { Vocabulary } from '#server/domain/query/completion.ts';
import { joinPath, splitPath } from '#server/domain/query/path.ts';
import { figureWords } from '#server/domain/query/words.ts';
import type { PastFacts } from '#server/features/models/gates.schema.ts';

/** One past version under gates: each gate's result by id, and whether nothing blocks. Null: it was never judged. */
export type Tried = { past: PastFacts; results: ReadonlyMap<string, GateResult>; passes: boolean | null };

/** Judges every past version by the gates of a stage, in the browser: the facts are here, the language too. */
export function tryGates(rules: readonly GateRule[], versions: readonly PastFacts[], stage: string): Tried[] {
  const asked = gatesFor(rules, stage);
  return versions.map((past) => {
    const book = gateBook({ facts: past.facts, tables: past.tables, words: new Map(past.words) });
    const results = asked.map((rule) => judgeGate(rule, book));
    return {
      past,
      results: new Map(results.map((result) => [result.id, result])),
      passes: past.facts.length === 0 ? null : nothingBlocks(results),
    };
  });
}

/** What an edit changes for past versions, a sentence for each that passes no longer, or passes now. */
export function whatChanges(
  before: readonly Tried[],
  after: readonly Tried[],
): { version: number; sentence: string; worse: boolean }[] {
  return after.flatMap(({ past, passes, results }) => {
    const was = before.find((one) => one.past.versionId === past.versionId)?.passes ?? null;
    if (was === passes || was === null || passes === null) return [];
    const blocking = [...results.values()].filter((result) => !result.passed && result.blocking).map((result) => result.title);
    const sentence = passes ? `v${past.number} would pass now.` : `v${past.number} would no longer pass: ${blocking.join(', ')}.`;
    return [{ version: past.number, sentence, worse: !passes }];
  });
}

/** Keys and tables for completion, with what they are in the newest version that was judged. */
export function vocabularyOf(versions: readonly PastFacts[]): Vocabulary {
  const keys = new Map<string, { text: string; note?: string; kind: 'number' }>();
  const tables = new Map<string, Set<string>>();
  for (const { facts, tables: own, number } of versions) {
    for (const fact of facts) {
      const text = joinPath(splitPath(fact.path) ?? [fact.path]);
      const note = fact.estimate === null ? `no figure in v${number}` : `${figureWords(fact.estimate)} in v${number}`;
      if (!keys.has(text)) keys.set(text, { text, note, kind: 'number' });
      if (fact.lower !== null && !keys.has(`${text}.lower`))
        keys.set(`${text}.lower`, { text: `${text}.lower`, note: figureWords(fact.lower), kind: 'number' });
    }
    for (const { name, rows } of own) {
      const columns = tables.get(name) ?? new Set();
      for (const row of rows.slice(0, 20)) for (const column of Object.keys(row)) columns.add(column);
      tables.set(name, columns);
    }
  }
  const first = (columns: Set<string>) => [...columns].sort((a, b) => Number(b === 'accuracy') - Number(a === 'accuracy'));
  return { keys: [...keys.values()], tables: [...tables].map(([name, columns]) => ({ name, columns: first(columns) })) };
}

/** An id for a new gate that none has. */
export function freshId(rules: readonly GateRule[]): string {
  for (let number = rules.length + 1; ; number += 1) {
    if (!rules.some((rule) => rule.id === `gate-${number}`)) return `gate-${number}`;
  }
}

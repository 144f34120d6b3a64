import { kernelValues, planKernel } from '#server/domain/explain/kernel-shap.ts';
import { permutationValues, planPermutations } from '#server/domain/explain/permutation-shap.ts';
import { groupWords, splitWords, type Word, withoutSpans } from '#server/domain/explain/words.ts';
import type { Random } from '#server/domain/random.ts';
import type { FieldKind } from '#server/domain/signature.ts';
import type { Cell, FieldExplanation } from './explanations.schema.ts';

type Row = Readonly<Record<string, Cell>>;
type Field = { name: string; kind: FieldKind };
/** Outputs [n] (probability of the explained class, or the number) of whole columns. */
export type AskGraph = (columns: Record<string, Cell[]>, n: number) => Promise<ArrayLike<number>>;
export type BlackBoxResult = { method: 'permutation' | 'kernel'; expected: number; output: number; fields: FieldExplanation[] };

/** A field, or some words of a text; hiding it takes another row's value, or takes the words out. */
type Player = { field: string; words: number[] | null };

const MOST_WORDS = 40;
const EXACT_UP_TO = 7;
const BACKGROUND = { tables: 20, mixed: 8 } as const;

export type BlackBoxEffort = { pairs: number; kernelBudget: number; background: number };
export const ONE_ROW: BlackBoxEffort = { pairs: 4, kernelBudget: 256, background: BACKGROUND.tables };
export const MANY_ROWS: BlackBoxEffort = { pairs: 1, kernelBudget: 64, background: 4 };

/**
 * SHAP values of one row by asking the graph: kernel SHAP over all coalitions of up to seven fields, which is exact, else
 * permutation SHAP. Words are hidden by taking them out, other fields by the values of background rows.
 */
export async function explainBlackBox(o: {
  row: Row;
  fields: readonly Field[];
  background: readonly Row[];
  method: 'auto' | 'permutation' | 'kernel';
  effort: BlackBoxEffort;
  ask: AskGraph;
  random: Random;
}): Promise<BlackBoxResult> {
  const words = new Map(o.fields.map(({ name, kind }) => [name, kind === 'text' ? splitWords(String(o.row[name] ?? '')) : []]));
  const players = o.fields.flatMap(({ name, kind }): Player[] =>
    kind === 'text'
      ? groupWords(words.get(name) ?? [], MOST_WORDS).map((group) => ({ field: name, words: group }))
      : [{ field: name, words: null }],
  );
  const method = o.method === 'auto' ? (players.length <= EXACT_UP_TO ? 'kernel' : 'permutation') : o.method;
  const tables = players.some((player) => player.words === null);
  const allTables = players.every((player) => player.words === null);
  const most = allTables ? o.effort.background : Math.min(o.effort.background, BACKGROUND.mixed);
  const background = tables ? thin(o.background, most) : [o.row];
  const run = (masks: readonly Uint8Array[]) => outputsOf(masks, players, words, { ...o, background });
  if (players.length === 0) {
    const [output] = Array.from(await run([new Uint8Array(0)]));
    return { method, expected: output ?? 0, output: output ?? 0, fields: toFields(o, players, words, [], []) };
  }
  if (method === 'kernel') {
    const plan = planKernel(players.length, o.effort.kernelBudget, o.random);
    const outputs = await run(plan.masks);
    const values = kernelValues(plan, outputs);
    return {
      method,
      expected: outputs[0] ?? 0,
      output: outputs[1] ?? 0,
      fields: toFields(o, players, words, values, plan.exact ? [] : null),
    };
  }
  const plan = planPermutations(players.length, o.effort.pairs, o.random);
  const outputs = await run(plan.masks);
  const { values, errors } = permutationValues(plan, outputs);
  const [first] = plan.orders;
  return {
    method,
    expected: outputs[first?.at[0] ?? 0] ?? 0,
    output: outputs[first?.at.at(-1) ?? 0] ?? 0,
    fields: toFields(o, players, words, values, o.effort.pairs > 1 ? errors : null),
  };
}

/** The mean output of each mask over the background. */
async function outputsOf(
  masks: readonly Uint8Array[],
  players: readonly Player[],
  words: ReadonlyMap<string, Word[]>,
  o: { row: Row; fields: readonly Field[]; background: readonly Row[]; ask: AskGraph },
): Promise<Float64Array> {
  const each = o.background.length;
  const columns: Record<string, Cell[]> = Object.fromEntries(o.fields.map(({ name }) => [name, []]));
  for (const mask of masks) {
    const hidden = new Set(players.flatMap((player, i) => (player.words === null && !mask[i] ? [player.field] : [])));
    const texts = new Map<string, Cell>();
    for (const { name, kind } of o.fields) {
      if (kind !== 'text') continue;
      const own = words.get(name) ?? [];
      const spans = players.flatMap((player, i) => (player.field === name && player.words && !mask[i] ? player.words : []));
      texts.set(
        name,
        spans.length === 0
          ? (o.row[name] ?? null)
          : withoutSpans(
              String(o.row[name] ?? ''),
              spans.flatMap((at) => own[at] ?? []),
            ),
      );
    }
    for (const other of o.background) {
      for (const { name } of o.fields) {
        columns[name]?.push(
          texts.has(name) ? (texts.get(name) ?? null) : ((hidden.has(name) ? other[name] : o.row[name]) ?? null),
        );
      }
    }
  }
  const outputs = await o.ask(columns, masks.length * each);
  return Float64Array.from(masks, (_, i) => {
    let sum = 0;
    for (let k = 0; k < each; k += 1) sum += outputs[i * each + k] ?? 0;
    return sum / each;
  });
}

/** @param errors of each player; empty when the values are exact, null when they aren't known */
function toFields(
  o: { row: Row; fields: readonly Field[] },
  players: readonly Player[],
  words: ReadonlyMap<string, Word[]>,
  values: ArrayLike<number>,
  errors: ArrayLike<number> | null,
): FieldExplanation[] {
  return o.fields.map(({ name, kind }) => {
    const own = players.flatMap((player, i) => (player.field === name ? [{ ...player, value: values[i] ?? 0, i }] : []));
    const contribution = own.reduce((sum, player) => sum + player.value, 0);
    const squares = errors && errors.length > 0 ? own.reduce((sum, player) => sum + (errors[player.i] ?? 0) ** 2, 0) : null;
    const spans =
      kind === 'text'
        ? own
            .flatMap((player) =>
              (player.words ?? []).map((at) => {
                const word = words.get(name)?.[at];
                return { from: word?.from ?? 0, to: word?.to ?? 0, contribution: player.value / (player.words?.length ?? 1) };
              }),
            )
            .sort((a, b) => a.from - b.from)
        : null;
    return {
      name,
      kind,
      value: o.row[name] ?? null,
      contribution,
      error: squares === null ? null : Math.sqrt(squares),
      words: spans,
      absent: spans ? 0 : null,
    };
  });
}

function thin<T>(items: readonly T[], most: number): T[] {
  const n = Math.min(items.length, most);
  return Array.from({ length: n }, (_, i) => items[Math.floor((i * items.length) / n)] as T);
}

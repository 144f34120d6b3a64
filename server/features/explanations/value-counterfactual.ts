import { type Direction, moved, permittedValues, scaleOf } from '#server/domain/explain/counterfactual.ts';
import type { Cell, Counterfactual } from './explanations.schema.ts';
import type { AskLabels } from './word-counterfactual.ts';

type Row = Readonly<Record<string, Cell>>;
type Change = { field: string; to: Cell };
type Option = { changes: Change[]; distance: number };

const VALUES_OF_ONE = 40;
const VALUES_OF_A_PAIR = 8;
const MOST_PAIRS = 1500;
const MOST_OTHERS = 200;

/**
 * The nearest permitted change of values that gives another answer: one field alone, then two, then towards rows that are
 * answered otherwise. Values are those that other rows have; numbers are then brought as near as they can be. Every answer is
 * the graph's own.
 */
export async function findValueCounterfactual(o: {
  row: Row;
  label: string;
  fields: readonly { name: string; direction: Direction }[];
  others: readonly Row[];
  ask: AskLabels;
}): Promise<Counterfactual> {
  const free = o.fields.filter((field) => field.direction !== 'fixed');
  if (free.length === 0)
    return { kind: 'none', tried: 0, sentence: 'No field of this model may change, so no other input was tried.' };
  const values = new Map(free.map(({ name }) => [name, o.others.map((row) => row[name] ?? null)]));
  const scales = new Map(free.map(({ name }) => [name, scaleOf(values.get(name) ?? [])]));
  let tried = 0;
  const optionOf = (changes: Change[]): Option => ({
    changes,
    distance: changes.reduce((sum, { field, to }) => sum + moved(o.row[field] ?? null, to, scales.get(field) ?? 1), 0),
  });
  const flips = async (options: readonly Option[]): Promise<{ option: Option; label: string } | null> => {
    const sorted = [...options].sort((a, b) => a.distance - b.distance);
    if (sorted.length === 0) return null;
    tried += sorted.length;
    const columns = Object.fromEntries(
      Object.entries(o.row).map(([name, value]) => [
        name,
        sorted.map(({ changes }): Cell => changes.find((change) => change.field === name)?.to ?? value),
      ]),
    );
    const labels = await o.ask(columns, sorted.length);
    const at = labels.findIndex((label) => label !== o.label);
    return at < 0 ? null : { option: sorted[at] as Option, label: labels[at] ?? '' };
  };
  const tries = (name: string, direction: Direction, most: number) =>
    permittedValues(o.row[name] ?? null, values.get(name) ?? [], direction, most).map((to): Change => ({ field: name, to }));
  const singles = free.flatMap(({ name, direction }) =>
    tries(name, direction, VALUES_OF_ONE).map((change) => optionOf([change])),
  );
  const found =
    (await flips(singles)) ??
    (await flips(pairs(free.map((field) => tries(field.name, field.direction, VALUES_OF_A_PAIR))).map(optionOf))) ??
    (await flips(towardsOthers(o, free).map(optionOf)));
  if (!found) {
    return {
      kind: 'none',
      tried,
      sentence: `None of the ${tried} permitted changes that were tried gives another answer than ${o.label}.`,
    };
  }
  const nearest = await bringNearer(found, { row: o.row, values, optionOf, flips });
  const changes = nearest.option.changes.map(({ field, to }) => ({ field, from: o.row[field] ?? null, to }));
  return {
    kind: 'values',
    changes,
    label: nearest.label,
    distance: nearest.option.distance,
    tried,
    sentence: `It would be ${nearest.label} if ${changes.map(({ field, from, to }) => `${field} were ${show(to)} instead of ${show(from)}`).join(' and ')}.`,
  };
}

/** Every pair of changes of two fields. */
function pairs(tries: readonly Change[][]): Change[][] {
  const all = tries.flatMap((first, i) =>
    tries.slice(i + 1).flatMap((second) => first.flatMap((a) => second.map((b) => [a, b]))),
  );
  return all.slice(0, MOST_PAIRS);
}

/** All free fields as another row has them, where its directions permit. */
function towardsOthers(
  o: { row: Row; others: readonly Row[] },
  free: readonly { name: string; direction: Direction }[],
): Change[][] {
  return o.others
    .slice(0, MOST_OTHERS)
    .map((other) =>
      free.flatMap(({ name, direction }) => {
        const to = other[name] ?? null;
        return permittedValues(o.row[name] ?? null, [to], direction, 1).map((value) => ({ field: name, to: value }));
      }),
    )
    .filter((changes) => changes.length > 0);
}

/** Leaves out changes that aren't needed, then takes for each number the nearest value between that still does. */
async function bringNearer(
  found: { option: Option; label: string },
  o: {
    row: Row;
    values: ReadonlyMap<string, readonly Cell[]>;
    optionOf: (changes: Change[]) => Option;
    flips: (options: readonly Option[]) => Promise<{ option: Option; label: string } | null>;
  },
): Promise<{ option: Option; label: string }> {
  let best = found;
  for (const change of found.option.changes) {
    const rest = best.option.changes.filter((one) => one.field !== change.field);
    if (rest.length > 0) best = (await o.flips([o.optionOf(rest)])) ?? best;
  }
  for (const change of best.option.changes) {
    const own = o.row[change.field];
    if (typeof own !== 'number' || typeof change.to !== 'number') continue;
    const [low, high] = [Math.min(own, change.to), Math.max(own, change.to)];
    const between = [...new Set(o.values.get(change.field))].filter(
      (value): value is number => typeof value === 'number' && value > low && value < high,
    );
    const options = between
      .slice(0, MOST_OTHERS)
      .map((to) => o.optionOf(best.option.changes.map((one) => (one.field === change.field ? { ...one, to } : one))));
    best = (await o.flips(options)) ?? best;
  }
  return best;
}

function show(value: Cell): string {
  return value === null || value === ''
    ? 'missing'
    : typeof value === 'number'
      ? String(Number(value.toPrecision(6)))
      : `“${value}”`;
}

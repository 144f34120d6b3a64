/** What comes in that training didn't show: changed copies of gold rows, and how the answers stand it. Pure and seeded. */
import type { Fact } from '../evidence/section.schema.ts';
import { createRandom, type Random } from '../random.ts';
import { wilsonInterval } from '../stats/proportions.ts';
import { changeCase, lookAlikes, typos } from './perturb.ts';
import type { RobustnessKind, RobustnessRow, RobustnessSettings } from './section.schema.ts';
import { rateFact } from './summary.ts';
import type { Answers, Cell, TestedModel } from './test.schema.ts';

export type Range = { min: number; max: number };
export type Attack = {
  id: string;
  kind: RobustnessKind;
  field: string | null;
  what: string;
  rows: number[];
  columns: Record<string, Cell[]>;
};

/** Few rows get a text of this many characters: it costs what many rows cost. */
const LONG = 20_000;
const LONG_ROWS = 5;

/**
 * All attacks on some rows. An attack holds only rows that it changes.
 * @param o.ranges of the number fields in training
 */
export function planAttacks(
  columns: Readonly<Record<string, readonly Cell[]>>,
  n: number,
  o: { fields: TestedModel['fields']; ranges: ReadonlyMap<string, Range>; settings: RobustnessSettings; seed: number },
): Attack[] {
  const texts = o.fields.filter((field) => field.kind === 'text').map((field) => field.name);
  const attacks: Attack[] = [];
  const add = (
    attack: Omit<Attack, 'rows' | 'columns'>,
    fields: readonly string[],
    change: (cell: Cell, random: Random) => Cell,
    most = n,
  ) => {
    const random = createRandom(`${o.seed} ${attack.id} ${attack.field ?? ''}`);
    const changed = new Map(
      fields.map((name) => [name, Array.from({ length: n }, (_, row) => change(columns[name]?.[row] ?? null, random))]),
    );
    const rows = Array.from({ length: n }, (_, row) => row)
      .filter((row) => fields.some((name) => changed.get(name)?.[row] !== (columns[name]?.[row] ?? null)))
      .slice(0, most);
    if (rows.length === 0) return;
    const whole = o.fields.map(
      ({ name }) => [name, rows.map((row) => changed.get(name)?.[row] ?? columnCell(changed, columns, name, row))] as const,
    );
    attacks.push({ ...attack, rows, columns: Object.fromEntries(whole) });
  };
  const text = (change: (text: string, random: Random) => string) => (cell: Cell, random: Random) =>
    typeof cell === 'string' && cell !== '' ? change(cell, random) : cell;
  for (const share of o.settings.typos) {
    const percent = Math.round(share * 1000) / 10;
    add(
      {
        id: `typos_${String(percent).replace('.', '_')}`,
        kind: 'typos',
        field: null,
        what: `Typing errors in ${percent} % of the letters`,
      },
      texts,
      text((words, random) => typos(words, share, random)),
    );
  }
  add(
    { id: 'case_upper', kind: 'case', field: null, what: 'All in capitals' },
    texts,
    text((words) => words.toUpperCase()),
  );
  add(
    { id: 'case_lower', kind: 'case', field: null, what: 'All in small letters' },
    texts,
    text((words) => words.toLowerCase()),
  );
  add(
    { id: 'case_mixed', kind: 'case', field: null, what: 'Capitals at random' },
    texts,
    text((words, random) => changeCase(words, 'mixed', random)),
  );
  add({ id: 'unicode', kind: 'unicode', field: null, what: 'Look-alike signs and letters' }, texts, text(lookAlikes));
  for (const { name, kind } of o.fields) {
    add({ id: 'missing', kind: 'missing', field: name, what: `${name} missing` }, [name], () => null);
    if (kind === 'text') {
      add({ id: 'empty', kind: 'empty', field: name, what: `${name} empty` }, [name], () => '');
      add(
        { id: 'long', kind: 'long', field: name, what: `${name} of ${LONG.toLocaleString('en-GB')} characters` },
        [name],
        text((words) => `${words} `.repeat(Math.ceil(LONG / (words.length + 1))).slice(0, LONG)),
        LONG_ROWS,
      );
    }
    if (kind === 'category')
      add({ id: 'unseen', kind: 'unseen', field: name, what: `${name} never seen` }, [name], () => 'never seen before');
    const range = o.ranges.get(name);
    if (kind === 'number' && range) {
      const width = range.max - range.min || Math.max(1, Math.abs(range.max));
      add({ id: 'above', kind: 'range', field: name, what: `${name} far above training` }, [name], () => range.max + width);
      add({ id: 'below', kind: 'range', field: name, what: `${name} far below training` }, [name], () => range.min - width);
    }
  }
  return attacks;
}

function columnCell(
  changed: ReadonlyMap<string, Cell[]>,
  columns: Readonly<Record<string, readonly Cell[]>>,
  name: string,
  row: number,
): Cell {
  return changed.has(name) ? (changed.get(name)?.[row] ?? null) : (columns[name]?.[row] ?? null);
}

export type CleanRows = {
  /** [n] of the rows that attacks count by. */
  answers: Answers;
  truth: readonly (string | null)[] | null;
  rowIds: readonly number[];
  /** A figure that moves by more counts as another answer. */
  tolerance: number | null;
};

/** How answers stand one attack: share that changed, share that is right, both with Wilson's interval; a crash is neither. */
export function judgeAttack(
  attack: Attack,
  answers: Answers,
  failures: ReadonlyMap<number, string>,
  clean: CleanRows,
): RobustnessRow {
  const flipped: number[] = [];
  let right = 0;
  for (const [at, row] of attack.rows.entries()) {
    if (failures.has(at)) {
      flipped.push(at);
      continue;
    }
    if (isFlip(answers, at, clean, row)) flipped.push(at);
    if (clean.truth && answers.labels[at] === clean.truth[row]) right += 1;
  }
  const n = attack.rows.length;
  const said = (all: Answers, at: number) =>
    clean.tolerance === null ? (all.labels[at] ?? '') : (all.values?.[at] ?? Number.NaN).toPrecision(4);
  return {
    id: attack.id,
    kind: attack.kind,
    field: attack.field,
    what: attack.what,
    n,
    flips: flipped.length,
    flipRate: wilsonInterval({ successes: flipped.length, n }),
    accuracy: clean.truth ? wilsonInterval({ successes: right, n }) : null,
    crashes: failures.size,
    examples: flipped.slice(0, 3).map((at) => {
      const row = attack.rows[at] ?? 0;
      return {
        row: clean.rowIds[row] ?? row,
        before: said(clean.answers, row),
        after: failures.has(at) ? 'no answer' : said(answers, at),
      };
    }),
  };
}

function isFlip(answers: Answers, at: number, clean: CleanRows, row: number): boolean {
  if (clean.tolerance === null) return answers.labels[at] !== clean.answers.labels[row];
  const moved = (answers.values?.[at] ?? Number.NaN) - (clean.answers.values?.[row] ?? Number.NaN);
  return !(Math.abs(moved) <= clean.tolerance);
}

/** `robustness.typos_5.flip_rate`, `robustness.missing.body.accuracy` …, and `robustness.crashes`. */
export function robustnessFacts(rows: readonly RobustnessRow[]): Fact[] {
  const facts = rows.flatMap((row) => {
    const path = `robustness.${row.id}${row.field === null ? '' : `.${quoted(row.field)}`}`;
    return [
      ...(row.flipRate ? [rateFact(`${path}.flip_rate`, row.flipRate)] : []),
      ...(row.accuracy ? [rateFact(`${path}.accuracy`, row.accuracy)] : []),
    ];
  });
  const crashes = rows.reduce((sum, row) => sum + row.crashes, 0);
  const n = rows.reduce((sum, row) => sum + row.n, 0);
  return [...facts, { path: 'robustness.crashes', estimate: crashes, lower: null, upper: null, n, unit: 'count' }];
}

function quoted(name: string): string {
  return /^[\w-]+$/.test(name) ? name : `"${name.replaceAll('"', '')}"`;
}

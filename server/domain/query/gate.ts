/** Judges a gate on the facts of the evidence: passed, failed, or not to be judged because a figure is missing. */
import type { Fact, FactTable } from '../evidence/section.schema.ts';
import type { CompareOp, Expression, Operand, ReduceNode } from './ast.ts';
import { type FactBook, factBook, findFact } from './facts.ts';
import { formatExpression, formatOperand } from './format.ts';
import { compare, every, like, negate, some, type Truth } from './logic.ts';
import { type Reduced, reduce, rowName, rowSatisfies } from './rows.ts';
import { askedWords, endWords, figureWords, flip, intervalWords } from './words.ts';

export type Used = { path: string; estimate: number | null; lower: number | null; upper: number | null; n: number | null };
/** The figure that decided, for the line of a gate. */
export type Shown = Used & { threshold: number | null; unit: string | null };
export type GateVerdict = {
  /** null: a figure is missing, so it can't be judged. */
  value: Truth;
  sentence: string;
  used: Used[];
  missing: string[];
  shown: Shown | null;
};

type Leaf = { value: Truth; sentence: string; used: Used[]; missing: string[]; shown: Shown | null };
type Side = {
  value: number | string | null;
  subject: string;
  note: string;
  used: Used[];
  missing: string[];
  vacuous: boolean;
  unit: string | null;
};

/** Judges one condition. The sentence names the figures that decided, with their intervals. */
export function evaluateGate(
  ast: Expression,
  given: { facts: readonly Fact[]; tables: readonly FactTable[] } | FactBook,
): GateVerdict {
  const book = given.facts instanceof Map ? (given as FactBook) : factBook(given as { facts: Fact[]; tables: FactTable[] });
  const { value, leaves } = judge(ast, book);
  const deciding = leaves.find((leaf) => leaf.shown && leaf.value === value) ?? leaves.find((leaf) => leaf.shown);
  return {
    value,
    sentence: leaves.map((leaf) => leaf.sentence).join(' '),
    used: leaves.flatMap((leaf) => leaf.used),
    missing: value === null ? [...new Set(leaves.flatMap((leaf) => leaf.missing))] : [],
    shown: deciding?.shown ?? null,
  };
}

/** The leaves are those that decide: of a failed `and` the failed ones, of a passed `or` those that passed. */
function judge(ast: Expression, book: FactBook): { value: Truth; leaves: Leaf[] } {
  if (ast.kind === 'and' || ast.kind === 'or') {
    const items = ast.items.map((item) => judge(item, book));
    const value = (ast.kind === 'and' ? every : some)(items.map((item) => item.value));
    const decisive = items.filter((item) => item.value === value);
    return { value, leaves: decisive.flatMap((item) => item.leaves) };
  }
  if (ast.kind === 'not') {
    const { value, leaves } = judge(ast.item, book);
    return { value: negate(value), leaves };
  }
  const leaf = leafOf(ast, book);
  return { value: leaf.value, leaves: [leaf] };
}

function leafOf(ast: Exclude<Expression, { kind: 'and' | 'or' | 'not' }>, book: FactBook): Leaf {
  switch (ast.kind) {
    case 'compare':
      return comparison(ast, book);
    case 'null': {
      const side = sideOf(ast.left, book);
      const known = side.value !== null;
      const sentence = known ? `${side.subject} is known${side.note}.` : `There is no ${formatOperand(ast.left)}.`;
      return { value: known === ast.negated, sentence, used: side.used, missing: [], shown: null };
    }
    case 'bare':
      return ast.operand.kind === 'reduce' ? allRows(ast.operand, book) : unknown(ast.operand);
    default: {
      const side = sideOf(ast.left, book);
      const found =
        ast.kind === 'in'
          ? side.value === null
            ? null
            : ast.values.some(({ value }) => value === side.value)
          : like(side.value === null ? null : String(side.value), ast.pattern, ast.insensitive);
      const value = ast.negated ? negate(found) : found;
      const told =
        side.value === null ? lacking(side.missing) : `${side.subject} is ${figureWords(side.value)}: ${formatExpression(ast)}.`;
      return { value, sentence: told, used: side.used, missing: side.missing, shown: null };
    }
  }
}

function comparison(ast: Extract<Expression, { kind: 'compare' }>, book: FactBook): Leaf {
  const turned = ast.left.kind === 'literal' && ast.right.kind !== 'literal';
  const [first, op, second]: [Operand, CompareOp, Operand] = turned
    ? [ast.right, flip(ast.op), ast.left]
    : [ast.left, ast.op, ast.right];
  const [left, right] = [sideOf(first, book), sideOf(second, book)];
  const value = compare(left.value, op, right.value);
  const used = [...left.used, ...right.used];
  const missing = [...left.missing, ...right.missing];
  const [figure] = left.used;
  const threshold = typeof right.value === 'number' ? right.value : null;
  const shown = figure && left.unit !== 'flag' ? { ...figure, threshold, unit: left.unit } : null;
  const own = figure && book.words.get(figure.path);
  if (own && value !== null) return { value, sentence: own, used, missing, shown };
  if (left.value === null || right.value === null) return { value, sentence: lacking(missing), used, missing, shown };
  if (value === null)
    return {
      value,
      sentence: `${left.subject} can't be put in an order with ${figureWords(right.value)}.`,
      used,
      missing,
      shown,
    };
  if (left.vacuous) return { value, sentence: left.note, used, missing, shown: null };
  const asked =
    second.kind === 'literal' ? askedWords(op, right.value) : `${askedWords(op, right.value)}, which is ${formatOperand(second)}`;
  return { value, sentence: `${left.subject} is ${figureWords(left.value)}${left.note}; ${asked}.`, used, missing, shown };
}

function sideOf(operand: Operand, book: FactBook): Side {
  const none = { used: [], missing: [], vacuous: false, unit: null, note: '' };
  if (operand.kind === 'literal') return { ...none, value: operand.value, subject: formatOperand(operand) };
  if (operand.kind === 'reduce') return reducedSide(operand, book);
  const path = formatOperand(operand);
  const found = findFact(book, operand.parts);
  if (!found || found.value === null) {
    return { ...none, value: null, subject: path, missing: [path], used: found ? [usedOf(found.path, found.fact)] : [] };
  }
  const { aspect, fact } = found;
  return {
    ...none,
    value: found.value,
    subject: `${endWords(aspect)}${found.path}`,
    note:
      aspect === 'estimate'
        ? intervalWords(fact)
        : ` (${found.path} is ${figureWords(fact.estimate ?? 0)}${intervalWords(fact)})`,
    used: [usedOf(found.path, fact)],
    unit: fact.unit,
  };
}

function reducedSide(node: ReduceNode, book: FactBook): Side {
  const subject = formatOperand(node);
  const rows = book.tables.get(node.table);
  const none = { used: [], missing: [], vacuous: false, unit: null, note: '', subject };
  if (!rows) return { ...none, value: null, missing: [node.table] };
  const found = reduce(node, rows);
  if (found.value === null) return { ...none, value: null, missing: [subject] };
  const that = node.where ? ` with ${formatExpression(node.where)}` : '';
  if (!Number.isFinite(found.value))
    return {
      ...none,
      value: found.value,
      vacuous: true,
      note: `No row of ${node.table}${that} is there, so there is none to judge.`,
    };
  const used = [{ path: subject, estimate: found.value, ...endsOf(node, found), n: rowsBehind(found) }];
  if (node.fn === 'count') return { ...none, value: found.value, used, subject: `The number of rows of ${node.table}${that}` };
  const which = { min: 'lowest', max: 'highest', mean: 'mean' }[node.fn as 'min' | 'max' | 'mean'];
  const at = found.row
    ? `, of ${rowName(found.row)}${rowsBehind(found) === null ? '' : ` (${figureWords(rowsBehind(found) ?? 0)} rows)`}`
    : '';
  return {
    ...none,
    value: found.value,
    used,
    subject: `The ${which} ${node.column ? formatOperand(node.column) : ''} of ${found.rows.length} ${node.table}${that}`,
    note: at,
  };
}

function allRows(node: ReduceNode, book: FactBook): Leaf {
  const rows = book.tables.get(node.table);
  if (!rows || !node.must) return unknown(node, node.table);
  const must = node.must;
  const { rows: counted } = reduce({ ...node, fn: 'count' }, rows);
  const truths = counted.map((row) => rowSatisfies(must, row));
  const value = every(truths);
  const failed = counted.filter((_, index) => truths[index] === false);
  const asked = formatExpression(must);
  const names = failed.slice(0, 3).map(rowName).join(', ');
  const sentence =
    value === true
      ? `${asked} holds in all ${counted.length} ${node.table}.`
      : value === false
        ? `${asked} doesn't hold in ${failed.length} of ${counted.length} ${node.table}: ${names}${failed.length > 3 ? ' …' : ''}.`
        : `${asked} can't be judged in ${truths.filter((truth) => truth === null).length} of ${counted.length} ${node.table}: a figure is missing.`;
  return { value, sentence, used: [], missing: value === null ? [`${node.table} (${asked})`] : [], shown: null };
}

function unknown(operand: Operand, missing = formatOperand(operand)): Leaf {
  return { value: null, sentence: lacking([missing]), used: [], missing: [missing], shown: null };
}

function lacking(missing: readonly string[]): string {
  const names = [...new Set(missing)].join(' and no ');
  return `The evidence has no ${names || 'figure for this'}, so this can't be judged.`;
}

function usedOf(path: string, fact: Fact): Used {
  return { path, estimate: fact.estimate, lower: fact.lower, upper: fact.upper, n: fact.n };
}

/** Columns named `accuracy_lower`, `accuracy_upper` hold the interval of `accuracy`. */
function endsOf(node: ReduceNode, found: Reduced): { lower: number | null; upper: number | null } {
  const name = node.column ? formatOperand(node.column) : '';
  const cell = (end: string) => {
    const value = found.row?.[`${name}_${end}`];
    return typeof value === 'number' ? value : null;
  };
  return { lower: cell('lower'), upper: cell('upper') };
}

function rowsBehind(found: Reduced): number | null {
  const n = found.row?.n;
  return typeof n === 'number' ? n : null;
}

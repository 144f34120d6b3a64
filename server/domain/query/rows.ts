/** Conditions over the rows of a table, and what functions make of them. */
import type { Expression, Operand, ReduceNode } from './ast.ts';
import { compare, every, like, negate, some, type Truth } from './logic.ts';
import { joinPath } from './path.ts';

export type Cell = number | string | null;
export type Row = Readonly<Record<string, Cell>>;

/** Whether a row satisfies a condition; null when one of its cells is missing. */
export function rowSatisfies(expression: Expression, row: Row): Truth {
  switch (expression.kind) {
    case 'and':
      return every(expression.items.map((item) => rowSatisfies(item, row)));
    case 'or':
      return some(expression.items.map((item) => rowSatisfies(item, row)));
    case 'not':
      return negate(rowSatisfies(expression.item, row));
    case 'compare':
      return compare(cellOf(expression.left, row), expression.op, cellOf(expression.right, row));
    case 'in': {
      const cell = cellOf(expression.left, row);
      const found = cell === null ? null : expression.values.some(({ value }) => value === cell);
      return expression.negated ? negate(found) : found;
    }
    case 'like': {
      const cell = cellOf(expression.left, row);
      const found = like(cell === null ? null : String(cell), expression.pattern, expression.insensitive);
      return expression.negated ? negate(found) : found;
    }
    case 'null':
      return (cellOf(expression.left, row) === null) !== expression.negated;
    case 'bare':
      return null;
  }
}

export type Reduced = {
  /** null: nothing to reduce but missing cells. The least of no rows is +∞, the most −∞: then nothing can be too low. */
  value: number | null;
  /** Rows that counted. */
  rows: Row[];
  /** The row that gave the value, for min and max. */
  row: Row | null;
};

/** The least, greatest or mean value of a column, or how many rows there are. */
export function reduce(node: ReduceNode, all: readonly Row[]): Reduced {
  const rows = node.where ? all.filter((row) => node.where && rowSatisfies(node.where, row) === true) : [...all];
  if (node.fn === 'count') return { value: rows.length, rows, row: null };
  const name = node.column ? joinPath(node.column.parts) : '';
  const known = rows.flatMap((row) => {
    const cell = row[name];
    return typeof cell === 'number' ? [{ row, cell }] : [];
  });
  if (known.length === 0) {
    const empty = { min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY } as const;
    const none = rows.length === 0 && (node.fn === 'min' || node.fn === 'max') ? empty[node.fn] : null;
    return { value: none, rows, row: null };
  }
  if (node.fn === 'mean') return { value: known.reduce((sum, one) => sum + one.cell, 0) / known.length, rows, row: null };
  const best = known.reduce((a, b) => ((node.fn === 'max' ? b.cell > a.cell : b.cell < a.cell) ? b : a));
  return { value: best.cell, rows, row: best.row };
}

/** What a row is called: its texts, as in "region north". */
export function rowName(row: Row): string {
  return Object.values(row)
    .filter((cell) => typeof cell === 'string')
    .join(' ');
}

function cellOf(operand: Operand, row: Row): Cell {
  if (operand.kind === 'literal') return operand.value;
  return operand.kind === 'path' ? (row[joinPath(operand.parts)] ?? row[operand.parts.join('.')] ?? null) : null;
}

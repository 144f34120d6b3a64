/** Conditions as SQL for PostgreSQL: what people write is only ever bound, never part of the statement. */
import type { CompareOp, Expression, LiteralNode, Operand, PathNode, QueryError } from './ast.ts';
import { joinPath } from './path.ts';
import { timeRange } from './time-range.ts';

/** Puts a value into the list of bound ones. @returns its placeholder, such as `$3` */
export type Bind = (value: unknown) => string;

/**
 * What a key stands for. `sql` is a fixed text of the caller: a column or an expression over columns. `within` puts a
 * condition on it into a sub-query, for what lies in a table of its own.
 */
export type SqlField = {
  kind: 'text' | 'number' | 'time' | 'boolean' | 'any';
  /** For `any`: the column of texts. */
  sql: string;
  /** For `any`: the column of numbers, compared with numbers. */
  number?: string;
  /** What a text may be; another one is an error, with the choices named. */
  values?: readonly string[];
  within?: (condition: string, bind: Bind) => string;
};
/** The field of a key; null where there is none. */
export type SqlFields = (parts: readonly string[]) => SqlField | null;
export type Compiled = { ok: true; sql: string; values: unknown[] } | { ok: false; errors: QueryError[] };

/**
 * Compiles a condition.
 * @param o.known names keys for the error about one that doesn't exist
 * @param o.first the number of the first placeholder (1 unless the statement binds values before)
 */
export function compileWhere(
  ast: Expression,
  fields: SqlFields,
  o: { known?: readonly string[]; first?: number } = {},
): Compiled {
  const values: unknown[] = [];
  const errors: QueryError[] = [];
  const bind: Bind = (value) => `$${(o.first ?? 1) - 1 + values.push(value)}`;
  const fail = (at: { from: number; to: number }, message: string): string => {
    errors.push({ from: at.from, to: at.to, message });
    return 'false';
  };

  const fieldOf = (operand: Operand): { field: SqlField; path: PathNode } | string => {
    if (operand.kind === 'reduce') return fail(operand.at, 'Functions over tables are for gates; a search has none.');
    if (operand.kind === 'literal') return fail(operand.at, 'Here a key belongs: write name = ’x’, not ’x’ = name.');
    const field = fields(operand.parts);
    if (field) return { field, path: operand };
    const known = o.known?.length ? ` There are ${o.known.join(', ')}.` : '';
    return fail(operand.at, `There is nothing named ${joinPath(operand.parts)} to search by.${known}`);
  };
  const wrapped = (field: SqlField, condition: string) => (field.within ? field.within(condition, bind) : condition);

  const comparison = (field: SqlField, path: PathNode, op: CompareOp, literal: LiteralNode): string => {
    const { value, at } = literal;
    const name = joinPath(path.parts);
    if (field.kind === 'time') {
      const range = timeRange(value);
      if (!range) return fail(at, `${name} is a time: write it as '2026-03-05' or '2026-03-05 14:30'.`);
      return timeComparison(field.sql, op, range, bind);
    }
    if (field.kind === 'number' || (field.kind === 'any' && typeof value === 'number')) {
      if (typeof value !== 'number') return fail(at, `${name} is a number: compare it with one, without quotes.`);
      const column = field.kind === 'any' ? (field.number ?? field.sql) : field.sql;
      return `${column} ${sqlOp(op)} ${bind(value)}::double precision`;
    }
    if (field.kind === 'boolean') {
      const truth = { true: true, false: false, '1': true, '0': false }[String(value).toLowerCase()];
      if (truth === undefined || (op !== '=' && op !== '!=')) return fail(at, `${name} is either 'true' or 'false'.`);
      return `${field.sql} ${sqlOp(op)} ${bind(truth)}::boolean`;
    }
    if (typeof value === 'number') return fail(at, `${name} is a text: put it in quotes, '${value}'.`);
    const unknown = field.values && (op === '=' || op === '!=') && !field.values.includes(value);
    if (unknown) return fail(at, `${name} is never “${value}”. It is one of ${field.values?.join(', ')}.`);
    return `${field.sql} ${sqlOp(op)} ${bind(value)}::text`;
  };

  const walk = (node: Expression): string => {
    switch (node.kind) {
      case 'and':
      case 'or':
        return `(${node.items.map(walk).join(` ${node.kind} `)})`;
      case 'not':
        return `(not coalesce(${walk(node.item)}, false))`;
      case 'bare':
        return fail(node.operand.at, 'Functions over tables are for gates; a search has none.');
      case 'compare': {
        const turned = node.left.kind === 'literal' && node.right.kind === 'path';
        const [key, other, op] = turned ? [node.right, node.left, FLIP[node.op]] : [node.left, node.right, node.op];
        const found = fieldOf(key);
        if (typeof found === 'string') return found;
        if (other.kind !== 'literal') return fail(other.at, 'In a search a key is compared with a number or a text in quotes.');
        return wrapped(found.field, comparison(found.field, found.path, op, other));
      }
      case 'in': {
        const found = fieldOf(node.left);
        if (typeof found === 'string') return found;
        const any = node.values.map((literal) => comparison(found.field, found.path, '=', literal)).join(' or ');
        return node.negated ? `(not coalesce(${wrapped(found.field, `(${any})`)}, false))` : wrapped(found.field, `(${any})`);
      }
      case 'like': {
        const found = fieldOf(node.left);
        if (typeof found === 'string') return found;
        const { field, path } = found;
        if (field.kind !== 'text' && field.kind !== 'any')
          return fail(path.at, `${joinPath(path.parts)} is no text, so “like” doesn't fit.`);
        const condition = `${field.sql} ${node.insensitive ? 'ilike' : 'like'} ${bind(node.pattern)}::text`;
        return node.negated ? `(not coalesce(${wrapped(field, condition)}, false))` : wrapped(field, condition);
      }
      case 'null': {
        const found = fieldOf(node.left);
        if (typeof found === 'string') return found;
        const known = wrapped(found.field, `${found.field.sql} is not null`);
        return node.negated ? known : `(not coalesce(${known}, false))`;
      }
    }
  };

  const sql = walk(ast);
  return errors.length > 0 ? { ok: false, errors } : { ok: true, sql, values };
}

const FLIP: Record<CompareOp, CompareOp> = { '>=': '<=', '>': '<', '<=': '>=', '<': '>', '=': '=', '!=': '!=' };

function sqlOp(op: CompareOp): string {
  return op === '!=' ? '<>' : op;
}

/** A day is all of it: after it begins behind its end, from it on at its beginning. */
function timeComparison(sql: string, op: CompareOp, { from, to }: { from: Date; to: Date }, bind: Bind): string {
  const at = (time: Date) => `${bind(time)}::timestamptz`;
  switch (op) {
    case '=':
      return `(${sql} >= ${at(from)} and ${sql} < ${at(to)})`;
    case '!=':
      return `(${sql} < ${at(from)} or ${sql} >= ${at(to)})`;
    case '<':
      return `${sql} < ${at(from)}`;
    case '<=':
      return `${sql} < ${at(to)}`;
    case '>':
      return `${sql} >= ${at(to)}`;
    case '>=':
      return `${sql} >= ${at(from)}`;
  }
}

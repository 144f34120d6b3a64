/**
 * What a text of the search language means. Its boolean core is MLflow's search grammar (mlflow.org, "Search Runs"):
 * `and`, `or`, `not`, comparisons, `in`, `like`, `ilike`, `is null`; keys quoted by backticks or double quotes, texts by
 * single or double quotes. Added to it: functions over tables, `slices.min(accuracy, n >= 50)`.
 */

/** Where something stands in the text: characters from (inclusive) to (exclusive). */
export type Span = { from: number; to: number };

export type CompareOp = '=' | '!=' | '<' | '<=' | '>' | '>=';
export type ReduceName = 'min' | 'max' | 'mean' | 'count' | 'all';

export type PathNode = { kind: 'path'; parts: string[]; at: Span };
export type LiteralNode = { kind: 'literal'; value: number | string; at: Span };
/**
 * One figure of a table's rows. `column` is what is reduced (min, max, mean), `must` what each row has to satisfy (all),
 * `where` the rows that count.
 */
export type ReduceNode = {
  kind: 'reduce';
  table: string;
  fn: ReduceName;
  column: PathNode | null;
  must: Expression | null;
  where: Expression | null;
  at: Span;
};
export type Operand = PathNode | LiteralNode | ReduceNode;

export type Expression =
  | { kind: 'and'; items: Expression[] }
  | { kind: 'or'; items: Expression[] }
  | { kind: 'not'; item: Expression }
  | { kind: 'compare'; op: CompareOp; left: Operand; right: Operand }
  | { kind: 'in'; left: Operand; values: LiteralNode[]; negated: boolean }
  | { kind: 'like'; left: Operand; pattern: string; insensitive: boolean; negated: boolean }
  | { kind: 'null'; left: Operand; negated: boolean }
  /** An operand by itself: only `table.all(…)` is a condition already. */
  | { kind: 'bare'; operand: Operand };

export type QueryError = Span & { message: string };

/** Every operand of an expression that stands outside functions over tables, in the order of the text. */
export function operandsOf(expression: Expression): Operand[] {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.items.flatMap(operandsOf);
    case 'not':
      return operandsOf(expression.item);
    case 'compare':
      return [expression.left, expression.right];
    case 'bare':
      return [expression.operand];
    default:
      return [expression.left];
  }
}

/** What the grammar alone can't see: functions of tables take a column, conditions or nothing; a key by itself is no condition. */
import type { Expression, Operand, QueryError, ReduceName, ReduceNode } from './ast.ts';
import type { Call } from './parser.ts';
import { joinPath } from './path.ts';

const FUNCTIONS: readonly ReduceName[] = ['min', 'max', 'mean', 'count', 'all'];

/** Puts functions in their places. @returns the expression, and what is wrong with it at which place */
export function resolveCalls(parsed: Expression, calls: ReadonlyMap<Operand, Call>): { ast: Expression; errors: QueryError[] } {
  const errors: QueryError[] = [];
  const fail = (node: Operand, message: string) => errors.push({ ...node.at, message });

  const operand = (node: Operand, inTable: boolean): Operand => {
    const call = calls.get(node);
    if (!call || node.kind !== 'path') return node;
    const at = { from: node.at.from, to: call.to };
    const fn = FUNCTIONS.find((name) => name === node.parts.at(-1)?.toLowerCase());
    const table = joinPath(node.parts.slice(0, -1));
    const made: ReduceNode = { kind: 'reduce', table, fn: fn ?? 'count', column: null, must: null, where: null, at };
    if (inTable) fail(node, 'A function can’t stand inside another one.');
    else if (!fn || node.parts.length < 2)
      fail(
        node,
        `${joinPath(node.parts)} is no function. There are min, max, mean, count and all, behind the name of a table: slices.min(accuracy).`,
      );
    else
      fill(
        made,
        call.args.map((arg) => expression(arg, true, fn !== 'count' && fn !== 'all')),
      );
    return made;
  };

  const fill = (node: ReduceNode, args: Expression[]) => {
    const [first, second] = args;
    if (args.length > 2) fail(node, `${node.fn} takes at most two arguments.`);
    if (node.fn === 'count') {
      node.where = first ?? null;
      if (second) fail(node, 'count takes one condition, or none.');
    } else if (node.fn === 'all') {
      node.must = first ?? null;
      node.where = second ?? null;
      if (!first) fail(node, 'all takes what each row must satisfy, such as slices.all(accuracy >= 0.8).');
    } else {
      node.where = second ?? null;
      if (first?.kind === 'bare' && first.operand.kind === 'path') node.column = first.operand;
      else fail(node, `The first argument of ${node.fn} is a column: slices.${node.fn}(accuracy, n >= 50).`);
      if (second?.kind === 'bare') fail(second.operand, 'This is no condition. Compare it with something: n >= 50.');
    }
  };

  const expression = (node: Expression, inTable: boolean, column = false): Expression => {
    switch (node.kind) {
      case 'and':
      case 'or':
        return { ...node, items: node.items.map((item) => expression(item, inTable)) };
      case 'not':
        return { ...node, item: expression(node.item, inTable) };
      case 'compare':
        return { ...node, left: operand(node.left, inTable), right: operand(node.right, inTable) };
      case 'bare': {
        const own = operand(node.operand, inTable);
        const isCondition = own.kind === 'reduce' && own.fn === 'all';
        if (!isCondition && !column && errors.length === 0)
          fail(
            own,
            `This is no condition yet. Compare it with something: ${own.kind === 'path' ? joinPath(own.parts) : '…'} >= 0.9.`,
          );
        return { kind: 'bare', operand: own };
      }
      default:
        return { ...node, left: operand(node.left, inTable) };
    }
  };

  return { ast: expression(parsed, false), errors };
}

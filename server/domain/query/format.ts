/** An expression as text, in one fixed form: parsed again it means the same. */
import type { Expression, LiteralNode, Operand } from './ast.ts';
import { joinPath } from './path.ts';

/** Writes an expression out, with the fewest brackets and single spaces. */
export function formatExpression(ast: Expression): string {
  switch (ast.kind) {
    case 'and':
    case 'or':
      return ast.items.map((item) => inner(item, ast.kind)).join(` ${ast.kind} `);
    case 'not':
      return `not ${inner(ast.item, 'not')}`;
    case 'compare':
      return `${formatOperand(ast.left)} ${ast.op} ${formatOperand(ast.right)}`;
    case 'in':
      return `${formatOperand(ast.left)} ${ast.negated ? 'not in' : 'in'} (${ast.values.map(formatLiteral).join(', ')})`;
    case 'like': {
      const op = `${ast.negated ? 'not ' : ''}${ast.insensitive ? 'ilike' : 'like'}`;
      return `${formatOperand(ast.left)} ${op} ${quoted(ast.pattern)}`;
    }
    case 'null':
      return `${formatOperand(ast.left)} is ${ast.negated ? 'not ' : ''}null`;
    case 'bare':
      return formatOperand(ast.operand);
  }
}

/** One side of a comparison as text. */
export function formatOperand(operand: Operand): string {
  if (operand.kind === 'path') return joinPath(operand.parts);
  if (operand.kind === 'literal') return formatLiteral(operand);
  const first = operand.column ? joinPath(operand.column.parts) : operand.must && formatExpression(operand.must);
  const where = operand.where && formatExpression(operand.where);
  return `${operand.table}.${operand.fn}(${[first, where].filter((one) => one !== null).join(', ')})`;
}

function inner(item: Expression, outer: 'and' | 'or' | 'not'): string {
  const text = formatExpression(item);
  const weaker = item.kind === 'or' || item.kind === 'and';
  return weaker && item.kind !== outer && !(outer === 'or' && item.kind === 'and') ? `(${text})` : text;
}

function formatLiteral({ value }: LiteralNode): string {
  return typeof value === 'number' ? String(value) : quoted(value);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

import type { Expression } from '#server/domain/query/ast.ts';
import { parseExpression } from '#server/domain/query/expression.ts';
import type { Evidence } from '#server/features/models/evidence.schema.ts';

/** What the panels of a request draw as limits; null where no gate asks for it. */
export type GateLimits = {
  /** The class whose F1 the gates look at; null: the mean of all. */
  f1Class: string | null;
  slices: { minimum: number; minRows: number } | null;
};

/** The limits that the gates of some evidence set: of their conditions, or of the settings that gates once were. */
export function limitsOf(evidence: Pick<Evidence, 'settings' | 'gates'>): GateLimits {
  const { settings, gates } = evidence;
  if (settings) return { f1Class: settings.f1.class, slices: settings.slices };
  const comparisons = gates.flatMap((gate) => {
    const parsed = parseExpression(gate.expression);
    return parsed.ok ? comparisonsOf(parsed.ast) : [];
  });
  const paths = comparisons.flatMap(({ left }) => (left.kind === 'path' && left.parts[0] === 'f1' ? [left.parts[1]] : []));
  return { f1Class: paths[0] ?? null, slices: comparisons.map(sliceLimit).find((limit) => limit !== null) ?? null };
}

type Comparison = Extract<Expression, { kind: 'compare' }>;

function comparisonsOf(ast: Expression): Comparison[] {
  if (ast.kind === 'and' || ast.kind === 'or') return ast.items.flatMap(comparisonsOf);
  return ast.kind === 'compare' ? [ast] : [];
}

/** `slices.min(accuracy, n >= 50) >= 0.85` */
function sliceLimit({ left, op, right }: Comparison): GateLimits['slices'] {
  if (left.kind !== 'reduce' || left.table !== 'slices' || left.fn !== 'min' || right.kind !== 'literal') return null;
  if (left.column?.parts[0] !== 'accuracy' || typeof right.value !== 'number' || !op.startsWith('>')) return null;
  const where = left.where?.kind === 'compare' && left.where.right.kind === 'literal' ? left.where.right.value : 0;
  return { minimum: right.value, minRows: typeof where === 'number' ? where : 0 };
}

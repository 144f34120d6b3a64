import type { CompareOp, Expression, Operand } from './ast.ts';

const NOWHERE = { from: 0, to: 0 };
const OPS: CompareOp[] = ['=', '!=', '<', '<=', '>', '>='];
const WORDS = ['f1', 'accuracy', 'and', 'in', 'very bad', 'say "no"', '10', 'a`b', "o'clock", 'ü', 'x-y', 'null', '.', ''];

/** A random expression that the language can say, for tests of its round trip. @param random in [0, 1) */
export function randomExpression(random: () => number, depth = 0): Expression {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const word = () => pick(WORDS);
  const number = () => (random() < 0.5 ? Math.round(random() * 1000) : (random() - 0.5) * 10 ** Math.round(random() * 30 - 15));
  const literal = () => ({ kind: 'literal' as const, value: random() < 0.5 ? number() : word(), at: NOWHERE });
  const path = (): Operand => ({
    kind: 'path',
    parts: [word() || 'a', ...Array.from({ length: Math.floor(random() * 3) }, word)],
    at: NOWHERE,
  });
  const reduce = (): Operand => {
    const fn = pick(['min', 'max', 'mean', 'count'] as const);
    const where = random() < 0.5 ? plain(1) : null;
    const column = fn === 'count' ? null : { kind: 'path' as const, parts: [word() || 'a'], at: NOWHERE };
    return { kind: 'reduce', table: pick(['slices', 'groups']), fn, column, must: null, where, at: NOWHERE };
  };
  const plain = (levels: number): Expression => {
    if (levels > 0 && random() < 0.5) {
      const kind = pick(['and', 'or'] as const);
      const items = [plain(levels - 1), plain(levels - 1)].flatMap((item) => (item.kind === kind ? item.items : [item]));
      return { kind, items };
    }
    if (levels > 0 && random() < 0.2) return { kind: 'not', item: plain(levels - 1) };
    const left = path();
    return pick([
      (): Expression => ({ kind: 'compare', op: pick(OPS), left, right: literal() }),
      (): Expression => ({ kind: 'in', left, values: [literal(), literal()], negated: random() < 0.5 }),
      (): Expression => ({ kind: 'like', left, pattern: word(), insensitive: random() < 0.5, negated: random() < 0.5 }),
      (): Expression => ({ kind: 'null', left, negated: random() < 0.5 }),
    ])();
  };
  if (depth === 0 && random() < 0.3) return { kind: 'compare', op: pick(OPS), left: reduce(), right: literal() };
  return plain(4);
}

import type { Split } from '#server/features/datasets/recipe.schema.ts';

/** A rule of a split in words: "by received_at: oldest 60 % train, next 20 % test, newest 20 % production". */
export function splitWords(rule: Split): string {
  if (rule.kind === 'none') return 'none: all rows are for training';
  const share = (value: number) => `${Math.round(value * 1000) / 10} %`;
  if (rule.kind === 'random')
    return `at random (seed ${rule.seed}): ${rule.parts.map((part) => `${share(part.share)} ${part.name}`).join(', ')}`;
  const last = rule.parts.length - 1;
  const words = rule.parts.map((part, index) => {
    const which = index === 0 ? 'oldest' : index === last ? 'newest' : 'next';
    return `${last === 0 ? 'all' : which} ${share(part.share)} ${part.name}`;
  });
  return `by ${rule.column}: ${words.join(', ')}`;
}

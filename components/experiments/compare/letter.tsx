import { Swatch } from '#components/ui/chip.tsx';
import type { Compared } from './compared.ts';

/** A run's letter in its colour, with its name for those who don't see it. */
export function Letter({ one }: { one: Pick<Compared, 'letter' | 'color' | 'run'> }) {
  return (
    <span title={one.run.name}>
      <Swatch color={one.color === 'var(--ref)' ? 'var(--ink-3)' : one.color} letter={one.letter} />
    </span>
  );
}

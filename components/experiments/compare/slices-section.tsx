'use client';
import { Select } from '@mantine/core';
import { Section } from '#components/ui/screen.tsx';
import { rarestClass, sliceGroup } from '../run/slices.ts';
import { useAddress } from '../use-address.ts';
import { type Compared, type Figures, sliceLines } from './compared.ts';
import { FiguresTable } from './figures-table.tsx';

const OF_CLASS = ['f1', 'precision', 'recall'] as const;
const WORDS = { f1: 'F1', precision: 'precision', recall: 'recall' };

/** One figure of each slice, run beside run: accuracy, or precision, recall or F1 of a class. */
export function SlicesSection({ compared }: { compared: readonly Compared[] }) {
  const { get, set } = useAddress();
  const perClass = compared.find((one) => one.summary)?.summary?.perClass ?? [];
  const choices = [
    { value: 'accuracy', label: 'accuracy' },
    ...perClass.flatMap(({ name }) =>
      OF_CLASS.map((measure) => ({ value: `${measure} ${name}`, label: `${WORDS[measure]} of ${name}` })),
    ),
  ];
  const usual = `f1 ${rarestClass(perClass) ?? ''}`;
  const asked = get('slice') || usual;
  const chosen = choices.find((one) => one.value === asked)?.value ?? 'accuracy';
  const measure: keyof Figures = OF_CLASS.find((one) => chosen.startsWith(`${one} `)) ?? 'accuracy';
  const className = measure === 'accuracy' ? null : chosen.slice(measure.length + 1);
  const lines = sliceLines(compared, className, sliceGroup);
  return (
    <Section
      divided
      padded
      title="By slice"
      caption="of 20 rows or more; – where a slice has no row of the class"
      actions={
        lines.length > 0 && (
          <Select
            size="xs"
            aria-label="Figure of the slices"
            data={choices}
            value={chosen}
            allowDeselect={false}
            onChange={(next) => set({ slice: next ?? '' })}
            w={200}
          />
        )
      }
    >
      {lines.length === 0 ? (
        <p className="ink-2">No part of the rows is large enough for figures of its own.</p>
      ) : (
        <FiguresTable compared={compared} lines={lines} measures={[measure]} what="Slice" label="Figures by slice" />
      )}
    </Section>
  );
}

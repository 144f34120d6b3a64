import { IconCalendar, IconHash, IconKey, IconLetterT, IconNumber123, IconTag, IconX } from '@tabler/icons-react';
import type { ColumnKind } from '#server/features/datasets/columns.schema.ts';

const ICONS = {
  text: IconLetterT,
  number: IconNumber123,
  category: IconHash,
  label: IconTag,
  time: IconCalendar,
  key: IconKey,
  ignore: IconX,
} as const;

/** What each kind is for, in a person's words. */
export const KIND_WORDS: Record<ColumnKind, string> = {
  text: 'text, to read and to learn from',
  number: 'a number',
  category: 'a name out of a limited number',
  label: 'the answer that a model learns',
  time: 'when it happened',
  key: 'names the row, comes once',
  ignore: 'left out',
};

/** The sign of a kind, with its name for screen readers. */
export function KindIcon({ kind }: { kind: ColumnKind }) {
  const Icon = ICONS[kind];
  return (
    <>
      <Icon size={14} stroke={1.75} aria-hidden />
      <span className="sr-only">{kind}</span>
    </>
  );
}

'use client';
import { ActionIcon, Button, NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { ErrorLine } from '#components/ui/error-state.tsx';
import type { Split } from '#server/features/datasets/recipe.schema.ts';
import { splitSchema } from '#server/features/datasets/recipe.schema.ts';
import s from '../datasets.module.css';

type Parts = Extract<Split, { parts: unknown }>['parts'];

const USUAL: Parts = [
  { name: 'train', share: 0.8 },
  { name: 'test', share: 0.2 },
];

/** What is wrong with a split, or null. */
export function splitProblem(split: Split): string | null {
  const parsed = splitSchema.safeParse(split);
  return parsed.success ? null : (parsed.error.issues[0]?.message ?? 'This split can’t be made.');
}

/** How rows are divided: by time, at random with a seed, or not at all; names and shares of the parts. */
export function SplitEditor({
  split,
  onChange,
  timeColumns,
}: {
  split: Split;
  onChange: (split: Split) => void;
  timeColumns: string[];
}) {
  const parts = split.kind === 'none' ? USUAL : split.parts;
  const change = (kind: string) => {
    if (kind === 'time') onChange({ kind, column: timeColumns[0] ?? '', parts });
    else if (kind === 'random') onChange({ kind, seed: 1, parts });
    else onChange({ kind: 'none' });
  };
  const problem = splitProblem(split);
  return (
    <div className={s.stack}>
      <SegmentedControl
        aria-label="How rows are divided"
        value={split.kind}
        onChange={change}
        data={[
          { value: 'time', label: 'By time', disabled: timeColumns.length === 0 },
          { value: 'random', label: 'At random' },
          { value: 'none', label: 'All to train' },
        ]}
      />
      {timeColumns.length === 0 && <p className="caption">A split by time needs a column of kind time.</p>}
      {split.kind === 'time' && (
        <Select
          label="Ordered by"
          description="The oldest rows come first; rows without a time count as the oldest."
          allowDeselect={false}
          data={timeColumns}
          value={split.column}
          onChange={(column) => column && onChange({ ...split, column })}
        />
      )}
      {split.kind === 'random' && (
        <NumberInput
          label="Seed"
          description="The same seed divides the same rows alike."
          min={0}
          max={2 ** 31 - 1}
          allowDecimal={false}
          value={split.seed}
          onChange={(seed) => onChange({ ...split, seed: Number(seed) || 0 })}
        />
      )}
      {split.kind !== 'none' && <PartsEditor parts={split.parts} onChange={(next) => onChange({ ...split, parts: next })} />}
      {problem && <ErrorLine error={{ message: problem }} />}
    </div>
  );
}

function PartsEditor({ parts, onChange }: { parts: Parts; onChange: (parts: Parts) => void }) {
  const set = (index: number, part: Partial<Parts[number]>) =>
    onChange(parts.map((one, at) => (at === index ? { ...one, ...part } : one)));
  const rest = Math.max(0, 1 - parts.reduce((sum, part) => sum + part.share, 0));
  return (
    <fieldset className={s.parts}>
      <legend className="caption">Parts, in their order</legend>
      {parts.map((part, index) => (
        <div key={index} className={s.part}>
          <TextInput
            aria-label={`Name of part ${index + 1}`}
            value={part.name}
            onChange={(event) => set(index, { name: event.currentTarget.value })}
          />
          <NumberInput
            aria-label={`Share of part ${index + 1} in per cent`}
            suffix=" %"
            min={0.1}
            max={100}
            decimalScale={1}
            value={Math.round(part.share * 1000) / 10}
            onChange={(share) => set(index, { share: Math.round(Number(share) * 10) / 1000 })}
          />
          <ActionIcon
            variant="subtle"
            aria-label={`Remove part ${part.name}`}
            disabled={parts.length === 1}
            onClick={() => onChange(parts.filter((_, at) => at !== index))}
          >
            <IconTrash size={16} stroke={1.75} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <Button size="xs" variant="subtle" onClick={() => onChange([...parts, { name: freeName(parts), share: rest || 0.1 }])}>
        Add a part
      </Button>
    </fieldset>
  );
}

function freeName(parts: Parts): string {
  return (
    ['train', 'test', 'production', 'validation'].find((name) => !parts.some((part) => part.name === name)) ??
    `part-${parts.length + 1}`
  );
}

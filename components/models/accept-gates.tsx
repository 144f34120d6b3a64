'use client';
import { Textarea } from '@mantine/core';
import type { Gate } from '#server/features/models/evidence.schema.ts';
import s from './promotion.module.css';

type Props = {
  gates: readonly Pick<Gate, 'id' | 'title' | 'sentence' | 'blocking'>[];
  values: Readonly<Record<string, string>>;
  onChange: (values: Record<string, string>) => void;
};

/** One field for each gate that doesn't pass and may be passed: why that is acceptable. */
export function AcceptGates({ gates, values, onChange }: Props) {
  if (gates.length === 0) return null;
  return (
    <fieldset className={s.accept}>
      <legend className="strong">{gates.length === 1 ? 'A gate doesn’t pass' : `${gates.length} gates don’t pass`}</legend>
      {gates.map((gate) => (
        <Textarea
          key={gate.id}
          label={`Why “${gate.title}” is acceptable`}
          description={`${gate.blocking ? 'Blocks, but for the emergency. ' : 'Advisory. '}${gate.sentence}`}
          autosize
          minRows={2}
          value={values[gate.id] ?? ''}
          onChange={(event) => onChange({ ...values, [gate.id]: event.currentTarget.value })}
        />
      ))}
    </fieldset>
  );
}

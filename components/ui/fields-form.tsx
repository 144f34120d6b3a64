'use client';
import { NumberInput, Stack, Textarea, TextInput } from '@mantine/core';

export type FieldValue = string | number | null;
export type Field = { name: string; kind: 'text' | 'number' | 'category' };

/** One input a field: a text area for texts, a line for categories, figures for numbers. An empty figure is a missing one. */
export function FieldsForm({
  fields,
  values,
  onChange,
}: {
  fields: readonly Field[];
  values: Readonly<Record<string, FieldValue>>;
  onChange: (values: Record<string, FieldValue>) => void;
}) {
  const set = (name: string, value: FieldValue) => onChange({ ...values, [name]: value });
  return (
    <Stack gap={12}>
      {fields.map(({ name, kind }) => {
        const value = values[name] ?? '';
        if (kind === 'number') {
          return <NumberInput key={name} label={name} value={value} onChange={(next) => set(name, next === '' ? null : next)} />;
        }
        if (kind === 'category') {
          return (
            <TextInput key={name} label={name} value={String(value)} onChange={(event) => set(name, event.currentTarget.value)} />
          );
        }
        return (
          <Textarea
            key={name}
            label={name}
            autosize
            minRows={1}
            maxRows={8}
            value={String(value)}
            onChange={(event) => set(name, event.currentTarget.value)}
          />
        );
      })}
    </Stack>
  );
}

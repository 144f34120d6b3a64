'use client';
import { ActionIcon, Button, Select, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { Swatch } from '#components/ui/chip.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import s from '../labeling.module.css';
import type { FormValues } from './form-values.ts';
import { nextLabel } from './form-values.ts';

const COLORS = [
  { value: '1', label: 'Mulberry' },
  { value: '2', label: 'Blue' },
  { value: '3', label: 'Green' },
  { value: '4', label: 'Ochre' },
  { value: '5', label: 'Orange' },
  { value: '0', label: 'Grey' },
];
const MOST = 30;
const swatch = (value: string) => <Swatch color={value === '0' ? 'var(--ink-4)' : `var(--label-${value})`} />;

/** The answers that can be given: name, key, colour and what each means. */
export function LabelsEditor({ form }: { form: UseFormReturnType<FormValues> }) {
  const { labels } = form.values;
  const problem = form.errors.labels;
  return (
    <fieldset className={s.fieldset}>
      <legend className={s.legend}>Labels</legend>
      {labels.map((label, index) => (
        <div key={index} className={s.labelRow}>
          <TextInput
            aria-label={`Key of label ${index + 1}`}
            placeholder="Key"
            maxLength={1}
            {...form.getInputProps(`labels.${index}.hotkey`)}
          />
          <TextInput
            aria-label={`Name of label ${index + 1}`}
            placeholder="Label"
            {...form.getInputProps(`labels.${index}.name`)}
          />
          <Select
            aria-label={`Colour of label ${index + 1}`}
            allowDeselect={false}
            data={COLORS}
            value={String(label.color)}
            leftSection={swatch(String(label.color))}
            renderOption={({ option }) => (
              <>
                {swatch(option.value)} &nbsp;{option.label}
              </>
            )}
            onChange={(value) => form.setFieldValue(`labels.${index}.color`, Number(value ?? 0))}
          />
          <TextInput
            aria-label={`Meaning of label ${index + 1}`}
            placeholder="What it means, with an example"
            {...form.getInputProps(`labels.${index}.description`)}
          />
          <ActionIcon
            aria-label={`Remove label ${index + 1}`}
            disabled={labels.length <= 2}
            onClick={() => form.removeListItem('labels', index)}
          >
            <IconTrash size={16} stroke={1.75} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      {typeof problem === 'string' && <ErrorLine error={new Error(problem)} />}
      <Button
        size="xs"
        disabled={labels.length >= MOST}
        leftSection={<IconPlus size={14} stroke={1.75} aria-hidden />}
        onClick={() => form.insertListItem('labels', nextLabel(labels))}
      >
        Add a label
      </Button>
    </fieldset>
  );
}

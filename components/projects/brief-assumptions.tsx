'use client';
import { ActionIcon, Button, Textarea } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { Assumption } from '#server/domain/brief.schema.ts';
import s from './settings.module.css';

const PARTS = [
  ['assumption', 'Assumption'],
  ['reality', 'What is known'],
  ['reason', 'Why we go on with it'],
] as const;

/** What is taken for granted, one row each. */
export function AssumptionRows({ rows, onChange }: { rows: Assumption[]; onChange: (rows: Assumption[]) => void }) {
  const put = (at: number, part: Partial<Assumption>) => onChange(rows.map((row, i) => (i === at ? { ...row, ...part } : row)));
  return (
    <fieldset className={s.plain}>
      <legend className={s.legend}>Assumptions</legend>
      {rows.length === 0 && <p className="caption">Nothing is written down as assumed yet.</p>}
      {rows.map((row, at) => (
        // Rows have no name of their own, and are only added at the end and taken out here.
        <div key={at} className={s.assumption}>
          {PARTS.map(([key, label]) => (
            <Textarea
              key={key}
              label={at === 0 ? label : undefined}
              aria-label={at === 0 ? undefined : `${label}, row ${at + 1}`}
              autosize
              minRows={1}
              maxRows={6}
              maxLength={2_000}
              value={row[key]}
              onChange={(event) => put(at, { [key]: event.currentTarget.value })}
            />
          ))}
          <ActionIcon
            variant="subtle"
            aria-label={`Take assumption ${at + 1} out`}
            onClick={() => onChange(rows.filter((_, i) => i !== at))}
          >
            <IconTrash size={16} stroke={1.75} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <Button
        size="xs"
        leftSection={<IconPlus size={14} stroke={1.75} aria-hidden />}
        onClick={() => onChange([...rows, { assumption: '', reality: '', reason: '' }])}
      >
        Add an assumption
      </Button>
    </fieldset>
  );
}

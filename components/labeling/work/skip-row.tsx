'use client';
import { Button, TextInput, UnstyledButton } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { KeyChip } from '#components/ui/chip.tsx';
import s from './work.module.css';

export const SKIP_REASONS = ["Can't tell", 'Empty or broken', 'Not in a language that I read'];

/** Why an item is skipped: a key for the usual reasons, words for others. Stands in the dock, so that the text stays in view. */
export function SkipRow({ onSkip, onCancel }: { onSkip: (reason: string) => void; onCancel: () => void }) {
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() !== '') onSkip(reason.trim());
  };
  return (
    <fieldset className={s.question} aria-label="Why skip it?">
      <span className={s.ask}>Why skip it?</span>
      <div className={s.labels}>
        {SKIP_REASONS.map((one, index) => (
          <UnstyledButton key={one} className={s.label} onClick={() => onSkip(one)}>
            <KeyChip>{index + 1}</KeyChip> <span className={s.labelName}>{one}</span>
          </UnstyledButton>
        ))}
        <form className={s.other} onSubmit={submit}>
          <TextInput
            aria-label="Another reason"
            placeholder="Another reason"
            maxLength={300}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Escape' && onCancel()}
          />
          <Button type="submit" disabled={reason.trim() === ''}>
            Skip
          </Button>
        </form>
      </div>
      <UnstyledButton className={s.skip} onClick={onCancel}>
        Back <KeyChip>Esc</KeyChip>
      </UnstyledButton>
    </fieldset>
  );
}

'use client';
import { Button, Group, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { DateTime } from '#components/ui/date-time.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { formatNumber, shortHash } from '#components/ui/format.ts';
import type { GoldChoice, Suite } from '#server/features/evaluations/evaluations.schema.ts';
import s from './evaluations.module.css';

/** Which parts are locked for judging, and the way to lock one or lift a lock, each with a reason. */
export function GoldLocks({ suite }: { suite: Suite }) {
  return (
    <section className={s.locks}>
      <h2>Locked for judging</h2>
      <p className="caption">Nothing may be trained on rows that are locked; what they held is on record by its hash.</p>
      {suite.gold.length === 0 && <p className="ink-2">No dataset version is known to this model yet.</p>}
      <ul className={s.list}>
        {suite.gold.map((choice) => (
          <Part key={`${choice.datasetVersionId} ${choice.split ?? ''}`} choice={choice} may={suite.may.lock} />
        ))}
      </ul>
    </section>
  );
}

function Part({ choice, may }: { choice: GoldChoice; may: boolean }) {
  const [open, setOpen] = useState(false);
  const { lock } = choice;
  return (
    <li>
      <div className={s.line}>
        <span>
          {choice.dataset} v{choice.number}
          {choice.split ? `, ${choice.split}` : ''} <span className="ink-3">{formatNumber(choice.rows)} rows</span>
        </span>
        {may && !open && (
          <Button size="xs" variant="subtle" onClick={() => setOpen(true)}>
            {lock ? 'Lift the lock…' : 'Lock…'}
          </Button>
        )}
      </div>
      {lock && (
        <p className="caption">
          Locked by {lock.lockedByName}, <DateTime at={lock.lockedAt} />: {lock.reason}{' '}
          <span className="mono">{shortHash(lock.contentHash)}</span>
        </p>
      )}
      {open && <Reason choice={choice} onDone={() => setOpen(false)} />}
    </li>
  );
}

function Reason({ choice, onDone }: { choice: GoldChoice; onDone: () => void }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const done = {
    onSuccess: () => {
      onDone();
      return queries.invalidateQueries(trpc.evaluations.pathFilter());
    },
  };
  const lock = useMutation(trpc.evaluations.lockGold.mutationOptions(done));
  const release = useMutation(trpc.evaluations.releaseGold.mutationOptions(done));
  const held = choice.lock;
  const submit = () =>
    held
      ? release.mutate({ project, id: held.id, reason })
      : lock.mutate({ project, datasetVersionId: choice.datasetVersionId, split: choice.split, reason });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextInput
        label={held ? 'Why lift it' : 'Why lock it'}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={500}
        data-autofocus
      />
      <Group gap={8} mt={8}>
        <Button type="submit" size="xs" disabled={reason.trim().length < 3} loading={lock.isPending || release.isPending}>
          {held ? 'Lift the lock' : 'Lock these rows'}
        </Button>
        <Button size="xs" variant="subtle" onClick={onDone}>
          Keep it as it is
        </Button>
      </Group>
      {(lock.error ?? release.error) && <ErrorLine error={lock.error ?? release.error} />}
    </form>
  );
}

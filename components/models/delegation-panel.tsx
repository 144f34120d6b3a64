'use client';
import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { DateTime } from '#components/ui/date-time.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Section } from '#components/ui/screen.tsx';
import { StatePill } from '#components/ui/state-pill.tsx';
import type { DelegationView } from '#server/features/models/approval.schema.ts';
import s from './promotion.module.css';

const STATES = {
  now: { state: 'live', word: 'now' },
  ahead: { state: 'queued', word: 'ahead' },
  over: { state: 'stopped', word: 'over' },
} as const;

/** Who decides for whom while somebody is away, and the form to name somebody for oneself. */
export function DelegationPanel() {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const [naming, setNaming] = useState(false);
  const query = useQuery(trpc.promotions.delegations.queryOptions({ project }));
  return (
    <Section
      padded
      divided
      title="While somebody is away"
      caption="another person decides for them, once a request, and that is kept with the decision"
      actions={
        !naming && (
          <Button size="xs" onClick={() => setNaming(true)}>
            Name somebody for me…
          </Button>
        )
      }
    >
      {naming && <DelegationForm onDone={() => setNaming(false)} />}
      <QueryGate query={query} what="The delegations" rows={1}>
        {(data) => {
          const shown = data.filter((one) => one.state !== 'over').concat(data.filter((one) => one.state === 'over').slice(0, 5));
          if (shown.length === 0) return <p className="ink-2">Everybody decides for themselves.</p>;
          return (
            <ul className={s.votes}>
              {shown.map((one) => (
                <Delegation key={one.id} one={one} />
              ))}
            </ul>
          );
        }}
      </QueryGate>
    </Section>
  );
}

function Delegation({ one }: { one: DelegationView }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { name: project } = useProject();
  const end = useMutation(
    trpc.promotions.endDelegation.mutationOptions({
      onSettled: () => void queries.invalidateQueries(trpc.promotions.pathFilter()),
    }),
  );
  const { state, word } = STATES[one.state];
  return (
    <li>
      <Group gap={8}>
        <StatePill state={state}>{word}</StatePill>
        <span>
          <strong>{one.toName}</strong> for {one.fromName}, <DateTime at={one.startsAt} form="day" /> to{' '}
          <DateTime at={one.endsAt} form="day" />: <span className="ink-2">{one.reason}</span>
        </span>
        {one.state !== 'over' && (
          <Button size="xs" variant="subtle" loading={end.isPending} onClick={() => end.mutate({ project, id: one.id })}>
            End it
          </Button>
        )}
      </Group>
      {end.error && <ErrorLine error={end.error} />}
    </li>
  );
}

function DelegationForm({ onDone }: { onDone: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { name: project } = useProject();
  const [values, setValues] = useState({ toId: '', from: day(0), to: day(7), why: '' });
  const people = useQuery(trpc.promotions.approvers.queryOptions({ project }));
  const save = useMutation(
    trpc.promotions.delegate.mutationOptions({
      onSuccess: onDone,
      onSettled: () => void queries.invalidateQueries(trpc.promotions.pathFilter()),
    }),
  );
  const set = (change: Partial<typeof values>) => setValues({ ...values, ...change });
  const ready = values.toId !== '' && values.from !== '' && values.to !== '' && values.why.trim().length >= 3;
  return (
    <form
      className={s.narrowForm}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({
          project,
          toId: values.toId,
          startsAt: new Date(`${values.from}T00:00:00`),
          endsAt: new Date(new Date(`${values.to}T00:00:00`).getTime() + 86_400_000),
          reason: values.why,
        });
      }}
    >
      <Stack gap={12}>
        <Select
          label="Who decides for you"
          placeholder="Somebody with the right to decide"
          data={(people.data ?? [])
            .filter((person) => person.mayDecide)
            .map((person) => ({ value: person.id, label: person.name }))}
          value={values.toId || null}
          onChange={(toId) => set({ toId: toId ?? '' })}
        />
        <Group grow>
          <TextInput
            type="date"
            label="First day"
            value={values.from}
            onChange={(event) => set({ from: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            label="Last day"
            value={values.to}
            onChange={(event) => set({ to: event.currentTarget.value })}
          />
        </Group>
        <TextInput label="Why" value={values.why} onChange={(event) => set({ why: event.currentTarget.value })} />
        {(save.error ?? people.error) && <ErrorLine error={save.error ?? people.error} />}
        <Group gap={8}>
          <Button type="submit" variant="filled" disabled={!ready} loading={save.isPending}>
            Let them decide for me
          </Button>
          <Button variant="subtle" onClick={onDone}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function day(ahead: number): string {
  const at = new Date(Date.now() + ahead * 86_400_000);
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`;
}

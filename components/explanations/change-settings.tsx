'use client';
import { Button, Select, Stack, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { DateTime } from '#components/ui/date-time.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import type { Permitted } from '#server/features/explanations/explanations.schema.ts';
import s from './explanations.module.css';

type Direction = Permitted[number]['direction'];
const CHOICES = [
  { value: 'any', label: 'may change' },
  { value: 'up', label: 'may only go up' },
  { value: 'down', label: 'may only go down' },
  { value: 'fixed', label: 'must stay' },
];

/** Which fields a counterfactual may change: nobody gets younger, and nobody is told to move. */
export function ChangeSettings({ model }: { model: string }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const query = useQuery(trpc.explanations.settings.queryOptions({ project, model }));
  return (
    <section>
      <h2 className={s.title}>What counterfactuals may change</h2>
      <QueryGate query={query} what="What may change" rows={2}>
        {(data) => {
          const fields = data.fields.filter((field) => field.kind !== 'text');
          if (fields.length === 0) {
            return <p className="ink-2">This model takes only texts: its counterfactuals leave out words.</p>;
          }
          return (
            <>
              <Form key={data.version} model={model} version={data.version} fields={fields} permitted={data.permitted} />
              {data.by !== null && data.at !== null && (
                <p className="caption">
                  {data.by}, <DateTime at={data.at} />
                </p>
              )}
            </>
          );
        }}
      </QueryGate>
    </section>
  );
}

function Form({
  model,
  version,
  fields,
  permitted,
}: {
  model: string;
  version: number;
  fields: { name: string; kind: string }[];
  permitted: Permitted;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { name: project, can } = useProject();
  const [chosen, setChosen] = useState(new Map<string, Direction>(permitted.map(({ field, direction }) => [field, direction])));
  const [reason, setReason] = useState('');
  const save = useMutation(
    trpc.explanations.saveSettings.mutationOptions({
      onSuccess: () => {
        notifications.show({ message: 'What may change is saved' });
        void queries.invalidateQueries(trpc.explanations.pathFilter());
      },
    }),
  );
  const changed = fields.some(
    ({ name }) => (chosen.get(name) ?? 'any') !== (permitted.find((one) => one.field === name)?.direction ?? 'any'),
  );
  const may = can('model:write');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const rules = [...chosen].map(([field, direction]) => ({ field, direction }));
        save.mutate({ project, model, expectedVersion: version, permitted: rules, reason });
      }}
    >
      <Stack gap={8}>
        {fields.map(({ name, kind }) => (
          <Select
            key={name}
            label={name}
            allowDeselect={false}
            disabled={!may}
            data={kind === 'number' ? CHOICES : CHOICES.filter(({ value }) => value === 'any' || value === 'fixed')}
            value={chosen.get(name) ?? 'any'}
            onChange={(value) => setChosen(new Map(chosen).set(name, (value ?? 'any') as Direction))}
          />
        ))}
        {may && changed && (
          <>
            <Textarea
              label="Why"
              required
              autosize
              minRows={1}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            {save.error && <ErrorLine error={save.error} />}
            <div>
              <Button type="submit" loading={save.isPending} disabled={reason.trim() === ''}>
                Save what may change
              </Button>
            </div>
          </>
        )}
      </Stack>
    </form>
  );
}

'use client';
import { Button, NumberInput, Stack, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { DEFAULT_MINIMUM, type FairnessRule } from '#server/domain/fairness/policy.schema.ts';
import type { GetFairnessOutput } from '#server/features/fairness/fairness.schema.ts';
import { RuleFields } from './rule-fields.tsx';

type Draft = FairnessRule & { key: number };

/** What is agreed about a model's fairness; saving puts a new state beside the earlier ones. */
export function PolicyForm({ data, onDone }: { data: GetFairnessOutput; onDone: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { name: project } = useProject();
  const [minimum, setMinimum] = useState(data.current?.rules.minimum ?? DEFAULT_MINIMUM);
  const [rules, setRules] = useState<Draft[]>((data.current?.rules.rules ?? []).map((rule, key) => ({ ...rule, key })));
  const [next, setNext] = useState(rules.length);
  const [reason, setReason] = useState('');
  const save = useMutation(
    trpc.fairness.savePolicy.mutationOptions({
      onSuccess: ({ number }) => {
        notifications.show({ message: `Fairness policy ${number} of ${data.model} saved` });
        void queries.invalidateQueries(trpc.fairness.pathFilter());
        onDone();
      },
    }),
  );
  const incomplete = rules.some((rule) => rule.columns.length === 0 || rule.reason.trim() === '');
  const add = () => {
    const first = data.columns.find((column) => column.kind === 'category') ?? data.columns[0];
    const columns = first ? [first.name] : [];
    setRules([...rules, { key: next, columns, definition: 'equal_opportunity', limit: 0.1, reason: '', population: null }]);
    setNext(next + 1);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({
          project,
          model: data.model,
          expectedNumber: data.current?.number ?? 0,
          rules: { minimum, rules: rules.map(({ key: _, ...rule }) => rule) },
          reason,
        });
      }}
    >
      <Stack gap={12}>
        <NumberInput
          label="Smallest group that is judged"
          description="Rows. Smaller ones are shown in grey."
          min={1}
          max={100_000}
          value={minimum}
          onChange={(value) => setMinimum(Number(value) || 1)}
        />
        {rules.map((rule) => (
          <RuleFields
            key={rule.key}
            rule={rule}
            columns={data.columns}
            onChange={(changed) => setRules(rules.map((one) => (one.key === rule.key ? { ...changed, key: rule.key } : one)))}
            onRemove={() => setRules(rules.filter((one) => one.key !== rule.key))}
          />
        ))}
        <div>
          <Button size="xs" onClick={add}>
            Add a rule
          </Button>
        </div>
        <Textarea
          label="Why the policy changes"
          description="It stays on record with your name."
          required
          autosize
          minRows={2}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {save.error && <ErrorLine error={save.error} />}
        <div>
          <Button type="submit" variant="filled" loading={save.isPending} disabled={reason.trim() === '' || incomplete}>
            Save the policy
          </Button>{' '}
          <Button variant="subtle" onClick={onDone}>
            Leave it
          </Button>
        </div>
        {incomplete && <p className="caption">Each rule needs a column and a reason.</p>}
      </Stack>
    </form>
  );
}

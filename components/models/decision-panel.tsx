'use client';
import { Button, Group, Radio, Stack, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconLock } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { describeError } from '#components/ui/describe-error.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { formatPercent } from '#components/ui/format.ts';
import type { RequestDetail } from '#server/features/models/promotions.schema.ts';
import s from './promotion.module.css';

/** Approve or refuse, with a reason; what happens then; why one may, or may not. */
export function DecisionPanel({ request }: { request: RequestDetail }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { name: project } = useProject();
  const { may } = request;
  const [choice, setChoice] = useState<'approve' | 'refuse' | null>(may.approve.ok ? null : 'refuse');
  const [reason, setReason] = useState('');
  const settle = {
    // Somebody was faster: this form then gives way to their decision, so the words stand outside of it.
    onError: (error: unknown) => {
      const { code, why } = describeError(error);
      if (code === 'CONFLICT') notifications.show({ message: why, autoClose: false });
    },
    onSettled: () => {
      void queries.invalidateQueries(trpc.promotions.pathFilter());
      void queries.invalidateQueries(trpc.models.pathFilter());
    },
  };
  const approve = useMutation(trpc.promotions.approve.mutationOptions(settle));
  const refuse = useMutation(trpc.promotions.refuse.mutationOptions(settle));
  if (!may.refuse.ok) return <Rights text={may.refuse.why} />;
  const failed = approve.error ?? refuse.error;
  const version = `v${request.number}`;
  const decide = choice === 'approve' ? approve : refuse;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (choice) decide.mutate({ project, id: request.id, reason });
      }}
    >
      <Stack gap={12}>
        <h2>Your decision</h2>
        <Radio.Group
          aria-label="Your decision"
          value={choice}
          onChange={(value) => setChoice(value === 'approve' ? 'approve' : 'refuse')}
        >
          <Stack gap={8}>
            <Option
              value="approve"
              disabled={!may.approve.ok}
              title="Approve"
              note={may.approve.ok ? nextStep(request) : may.approve.why}
            />
            <Option
              value="refuse"
              title="Refuse"
              note={`${version} stays in ${request.stage}. What is in ${request.targetStage} stays as it is.`}
            />
          </Stack>
        </Radio.Group>
        <Textarea
          label="Reason"
          description="Required, kept for ever"
          autosize
          minRows={3}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {failed && <ErrorLine error={failed} />}
        <Group gap={8}>
          <Button
            type="submit"
            variant="filled"
            {...(choice === 'refuse' ? { 'data-danger': true } : {})}
            disabled={choice === null || reason.trim().length < 3}
            loading={approve.isPending || refuse.isPending}
          >
            {choice === 'refuse' ? 'Refuse' : `Approve for ${request.targetStage}`}
          </Button>
          {choice === null ? (
            <span className="caption">Choose one first.</span>
          ) : (
            reason.trim().length < 3 && <span className="caption">Say why first.</span>
          )}
        </Group>
        <Rights text="You may decide: you hold the right to, and you didn’t ask for this. Your name, reason, the time and this page’s evidence go into the record. Nobody can change them." />
      </Stack>
    </form>
  );
}

function Option({ value, title, note, disabled = false }: { value: string; title: string; note: string; disabled?: boolean }) {
  return (
    <Radio.Card className={s.option} value={value} disabled={disabled} aria-label={`${title}. ${note}`}>
      <Group wrap="nowrap" align="flex-start" gap={8}>
        <Radio.Indicator disabled={disabled} />
        <div>
          <div className="strong">{title}</div>
          <div className="caption">{note}</div>
        </div>
      </Group>
    </Radio.Card>
  );
}

function Rights({ text }: { text: string }) {
  return (
    <p className={s.right}>
      <IconLock size={16} stroke={1.75} aria-hidden style={{ flex: 'none' }} />
      {text}
    </p>
  );
}

function nextStep(request: RequestDetail): string {
  const version = `v${request.number}`;
  if (!request.plan) return `${version} becomes ${request.targetStage} at once: no version answers under this model’s name yet.`;
  const shares = request.plan.weights.map((weight) => formatPercent(weight, 0));
  const steps = shares.length > 1 ? `${shares.slice(0, -1).join(', then ')}, then all` : 'all';
  return `A canary on ${request.plan.deployment} starts: ${steps} of the requests. It rolls back on its own if ${version} does worse.`;
}

'use client';
import { Button, Checkbox, Group, Stack, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import type { RequestDetail } from '#server/features/models/promotions.schema.ts';
import s from './promotion.module.css';
import { useRequestAct } from './use-request-act.ts';

/** Answers the wishes of a reviewer; the request then waits for the reviewers again. */
export function AnswerPanel({ request }: { request: RequestDetail }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const [answer, setAnswer] = useState('');
  const [prepare, setPrepare] = useState(false);
  const send = useMutation(trpc.promotions.answer.mutationOptions(useRequestAct()));
  const wish = request.decisions.findLast((decision) => decision.verdict === 'changes');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate({ project, id: request.id, answer, prepare });
      }}
    >
      <Stack gap={12}>
        <h2>Changes are wished</h2>
        {wish && (
          <blockquote className={s.quote}>
            {wish.personName}: {wish.reason}
          </blockquote>
        )}
        <Textarea label="Answer" autosize minRows={3} value={answer} onChange={(event) => setAnswer(event.currentTarget.value)} />
        <Checkbox
          label="Prepare the evidence anew"
          description="When tests, gates or the suite were changed. Approvals so far fall; the discussion stays."
          checked={prepare}
          onChange={(event) => setPrepare(event.currentTarget.checked)}
        />
        {send.error && <ErrorLine error={send.error} />}
        <Group>
          <Button type="submit" variant="filled" disabled={answer.trim().length < 3} loading={send.isPending}>
            Send the answer
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

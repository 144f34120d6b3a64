'use client';
import { Button, Radio, Stack, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { DateTime, RelativeTime } from '#components/ui/date-time.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import type { RequestDetail } from '#server/features/models/promotions.schema.ts';
import s from './promotion.module.css';
import { useRequestAct } from './use-request-act.ts';

type Verdict = 'justified' | 'unjustified';

/** The review of an emergency afterwards: given, or asked for until somebody gives it. */
export function ReviewPanel({ request }: { request: RequestDetail }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [text, setText] = useState('');
  const send = useMutation(trpc.promotions.review.mutationOptions(useRequestAct()));
  const { review, may } = request;
  if (!review) return null;
  if (review.at) {
    return (
      <section>
        <h2>Review of the emergency</h2>
        <p>
          {review.by} found it {review.verdict}, <DateTime at={review.at} />
        </p>
        <blockquote className={s.quote}>{review.text}</blockquote>
      </section>
    );
  }
  return (
    <section>
      <h2>Review of the emergency</h2>
      <p className="ink-2">
        Due <RelativeTime at={review.dueAt} />. It is asked for every day until it is given.
      </p>
      {may.review.ok ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (verdict) send.mutate({ project, id: request.id, verdict, text });
          }}
        >
          <Stack gap={12}>
            <Radio.Group label="Was it justified?" value={verdict} onChange={(value) => setVerdict(value as Verdict)}>
              <Stack gap={8} mt={4}>
                <Radio value="justified" label="Justified: it couldn’t wait" />
                <Radio value="unjustified" label="Not justified: it should have gone the usual way" />
              </Stack>
            </Radio.Group>
            <Textarea
              label="What you found"
              autosize
              minRows={3}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            {send.error && <ErrorLine error={send.error} />}
            <div>
              <Button type="submit" variant="filled" disabled={!verdict || text.trim().length < 3} loading={send.isPending}>
                Give the review
              </Button>
            </div>
          </Stack>
        </form>
      ) : (
        <p className="caption">{may.review.why}</p>
      )}
    </section>
  );
}

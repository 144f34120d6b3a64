'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { formatCount } from '#components/ui/format.ts';
import { Finding } from '#components/ui/sentence.tsx';
import { startOfDay } from './start-of-day.ts';
import { useOutbox } from './work/use-outbox.ts';

/** Sends answers that the labeling screen could not, from here too, and says so while some still wait. */
export function UnsentAnswers({ labeling }: { labeling: string }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const [since] = useState(() => startOfDay(new Date()));
  const progress = useQuery(trpc.labeling.progress.queryOptions({ project, labeling, since }));
  return progress.data ? <Waiting project={project} labeling={labeling} person={progress.data.person} /> : null;
}

function Waiting(at: { project: string; labeling: string; person: string }) {
  const { state } = useOutbox(at, {});
  const count = state.waiting.length;
  if (count === 0) return null;
  const why =
    state.trouble === 'signed-out' ? 'Sign in again, then they are sent.' : 'They are sent as soon as the server answers.';
  return (
    <Finding tone="warn" title={`${formatCount(count, 'answer')} of yours ${count === 1 ? 'waits' : 'wait'} in this browser`}>
      {why}
    </Finding>
  );
}

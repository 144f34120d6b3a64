'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorState } from '#components/ui/error-state.tsx';
import { LoadingRows } from '#components/ui/loading-rows.tsx';
import { startOfDay } from '../start-of-day.ts';
import s from './work.module.css';
import { Workplace } from './workplace.tsx';

/** The labeling screen: reads the question and who asks for work, then hands over to the workplace. */
export function WorkScreen({ labeling }: { labeling: string }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const [since] = useState(() => startOfDay(new Date()));
  const detail = useQuery(trpc.labeling.get.queryOptions({ project, labeling }));
  const progress = useQuery(trpc.labeling.progress.queryOptions({ project, labeling, since }));
  const failed = (detail.data ? null : detail.error) ?? (progress.data ? null : progress.error);
  if (failed) {
    const retry = () => void Promise.all([detail.refetch(), progress.refetch()]);
    return (
      <main className={s.alone}>
        <h1 className="sr-only">{labeling}</h1>
        <ErrorState error={failed} what={`The queue of ${labeling} could not be opened.`} onRetry={retry} />
      </main>
    );
  }
  if (!detail.data || !progress.data) {
    return (
      <main className={s.alone}>
        <h1 className="sr-only">{labeling}</h1>
        <LoadingRows what={`Opening the queue of ${labeling}…`} />
      </main>
    );
  }
  return <Workplace key={detail.data.id} labeling={detail.data} person={progress.data.person} today={progress.data.mine} />;
}

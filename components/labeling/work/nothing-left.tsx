'use client';
import { Button } from '@mantine/core';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { formatCount } from '#components/ui/format.ts';
import { LoadingRows } from '#components/ui/loading-rows.tsx';
import type { LabelingDetail } from '#server/features/labeling/labeling.schema.ts';
import type { Work } from './use-work.ts';
import s from './work.module.css';

/** What stands where the item would: it is being fetched, can't be, or there is none. */
export function NothingLeft({ labeling, work, onLeave }: { labeling: LabelingDetail; work: Work; onLeave: () => void }) {
  if (work.error) {
    return (
      <div className={s.nothing}>
        <ErrorState
          error={work.error}
          what="The next item could not be fetched."
          todo="Your answers are kept. It is tried again by itself."
          onRetry={() => void work.retry()}
        />
      </div>
    );
  }
  if (work.loading || !work.empty)
    return (
      <div className={s.nothing}>
        <LoadingRows rows={10} what="Fetching the next item…" />
      </div>
    );
  const overview = (
    <Button variant="filled" onClick={onLeave}>
      Back to the overview
    </Button>
  );
  const undo = work.session.past.length > 0 && <Button onClick={work.undo}>Undo the last answer</Button>;
  return (
    <div className={s.nothing}>
      <EmptyState {...reason(labeling, work)} action={overview} other={undo} />
    </div>
  );
}

function reason(labeling: LabelingDetail, work: Work): { title: string; explanation: string } {
  if (labeling.status === 'preparing')
    return {
      title: 'The queue is being filled',
      explanation: 'Its items are being drawn from the dataset. They appear here as soon as they are there.',
    };
  if (labeling.status === 'closed')
    return {
      title: 'This labeling project is closed',
      explanation: 'Nobody gets items from it any more. Your answers are kept.',
    };
  if (labeling.status === 'failed')
    return {
      title: 'This queue could not be filled',
      explanation: labeling.error ?? 'Its items could not be drawn from the dataset.',
    };
  const left = work.counts.total - work.finished;
  if (left > 0) {
    return {
      title: 'Nothing left to label for now',
      explanation: `${formatCount(left, 'item')} ${left === 1 ? 'is' : 'are'} in others' hands. What they don't finish comes back here by itself.`,
    };
  }
  return {
    title: 'Nothing left to label',
    explanation: `All ${formatCount(work.counts.total, 'item')} of ${labeling.name} are answered or set aside. Thank you.`,
  };
}

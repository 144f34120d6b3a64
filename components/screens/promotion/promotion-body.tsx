'use client';
import type { ReactNode } from 'react';
import { AgainstPanel } from '#components/models/against-panel.tsx';
import { CalibrationPanel } from '#components/models/calibration-panel.tsx';
import { ChangesPanel } from '#components/models/changes-panel.tsx';
import { ConfusionPanel } from '#components/models/confusion-panel.tsx';
import { DiscussionPanel } from '#components/models/discussion-panel.tsx';
import { GatesPanel } from '#components/models/gates-panel.tsx';
import { Lineage } from '#components/models/lineage.tsx';
import { SlicesPanel } from '#components/models/slices-panel.tsx';
import { useProject } from '#components/shell/project-context.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ProgressBar } from '#components/ui/progress.tsx';
import { Columns } from '#components/ui/screen.tsx';
import { StagePips } from '#components/ui/stage-pips.tsx';
import { titleOf } from '#server/domain/stages.ts';
import type { RequestDetail } from '#server/features/models/promotions.schema.ts';
import { EvidenceSections } from './evidence-sections.tsx';
import s from './promotion.module.css';
import { PromotionHead } from './promotion-head.tsx';
import { TrainingPanel } from './training-panel.tsx';

/** Head sentence, what stands in the way, the evidence, how the version was made, and what is said about it. */
export function PromotionBody({ request, side }: { request: RequestDetail; side?: ReactNode }) {
  const { evidence } = request;
  const { stages } = useProject();
  return (
    <>
      <PromotionHead request={request} />
      {side}
      <Lineage
        nodes={request.lineage.slice(-4)}
        after={[
          {
            key: 'stage',
            icon: <StagePips stage={request.targetStage} word={false} asked={request.stage !== request.targetStage} />,
            title: titleOf(stages, request.targetStage),
            note: request.stage === request.targetStage ? 'now' : `asked for; now ${request.stage}`,
          },
        ]}
      />
      {evidence ? (
        <>
          <Columns template="1fr 1fr">
            <div>
              <GatesPanel evidence={evidence} accepted={request.accepted} />
              <SlicesPanel evidence={evidence} />
              <CalibrationPanel evidence={evidence} />
            </div>
            <div>
              <AgainstPanel evidence={evidence} stage={request.targetStage} />
              <ConfusionPanel evidence={evidence} />
              <ChangesPanel evidence={evidence} requestId={request.id} model={request.model} />
            </div>
          </Columns>
          <EvidenceSections id={request.id} />
        </>
      ) : (
        <NoEvidence request={request} />
      )}
      <TrainingPanel request={request} />
      <DiscussionPanel requestId={request.id} gates={evidence?.gates ?? []} />
      <p className={`caption ${s.foot}`}>
        Request {request.id}
        {request.evidenceHash && (
          <>
            {' · evidence '}
            <span className="mono">{request.evidenceHash}</span>
            {request.round > 1 && `, prepared for the ${ordinal(request.round)} time`}
          </>
        )}
      </p>
    </>
  );
}

function NoEvidence({ request }: { request: RequestDetail }) {
  if (request.status === 'preparing') {
    return (
      <div className={s.preparing}>
        <ProgressBar
          label="The evidence is being prepared"
          detail="Both versions are run on the same rows, then the gates are judged. The page fills by itself."
          share={null}
        />
      </div>
    );
  }
  return (
    <EmptyState
      title="There is no evidence"
      explanation={request.error ?? 'The request ended before its evidence was prepared.'}
    />
  );
}

function ordinal(n: number): string {
  return { 2: 'second', 3: 'third' }[n] ?? `${n}th`;
}

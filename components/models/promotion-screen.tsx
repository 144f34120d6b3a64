'use client';
import { ActionIcon, Button } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { ProgressBar } from '#components/ui/progress.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Columns, Screen } from '#components/ui/screen.tsx';
import { StagePips } from '#components/ui/stage-pips.tsx';
import { titleOf } from '#server/domain/stages.ts';
import type { RequestDetail } from '#server/features/models/promotions.schema.ts';
import { AgainstPanel } from './against-panel.tsx';
import { CalibrationPanel } from './calibration-panel.tsx';
import { ChangesPanel } from './changes-panel.tsx';
import { ConfusionPanel } from './confusion-panel.tsx';
import { GatesPanel } from './gates-panel.tsx';
import { Lineage } from './lineage.tsx';
import s from './models.module.css';
import { PromotionSide } from './promotion-side.tsx';
import { RequestState } from './request-state.tsx';
import { SlicesPanel } from './slices-panel.tsx';
import { useModelsLive } from './use-models-live.ts';

/** All the evidence of one promotion on one page, and the decision beside it. */
export function PromotionScreen({ id }: { id: string }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const query = useQuery(trpc.promotions.get.queryOptions({ project, id }));
  useModelsLive();
  const request = query.data;
  const path = `/${project}/models`;
  return (
    <Screen
      padded={false}
      sideWidth={348}
      sideTitle="Decision"
      head={
        <PageHead
          crumbs={[
            { label: 'Models', href: path },
            ...(request
              ? [{ label: request.model, href: `${path}/${request.model}` }]
              : [{ label: 'Inbox', href: `${path}/inbox` }]),
          ]}
          title={request ? `Promote v${request.number} to ${request.targetStage}` : 'Promotion'}
          state={request && <RequestState request={request} />}
          meta={<Neighbours id={id} />}
          actions={
            <Button leftSection={<IconPrinter size={16} stroke={1.75} aria-hidden />} onClick={() => window.print()}>
              Print
            </Button>
          }
        />
      }
      side={request && <PromotionSide request={request} />}
    >
      <QueryGate query={query} what="The promotion request">
        {(data) => <Body request={data} />}
      </QueryGate>
    </Screen>
  );
}

function Body({ request }: { request: RequestDetail }) {
  const { evidence } = request;
  return (
    <>
      <Lineage
        nodes={request.lineage.slice(-4)}
        after={[
          {
            key: 'stage',
            icon: <StagePips stage={request.targetStage} word={false} asked={request.stage !== request.targetStage} />,
            title: <StageWord stage={request.targetStage} />,
            note: request.stage === request.targetStage ? 'now' : `asked for; now ${request.stage}`,
          },
        ]}
      />
      {evidence ? (
        <Columns template="1fr 1fr">
          <div>
            <GatesPanel evidence={evidence} />
            <SlicesPanel evidence={evidence} />
            <CalibrationPanel evidence={evidence} />
          </div>
          <div>
            <AgainstPanel evidence={evidence} stage={request.targetStage} />
            <ConfusionPanel evidence={evidence} />
            <ChangesPanel evidence={evidence} />
          </div>
        </Columns>
      ) : (
        <NoEvidence request={request} />
      )}
    </>
  );
}

function NoEvidence({ request }: { request: RequestDetail }) {
  if (request.status === 'preparing') {
    return (
      <div className={s.figures}>
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

function StageWord({ stage }: { stage: string }) {
  return <>{titleOf(useProject().stages, stage)}</>;
}

function Neighbours({ id }: { id: string }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const list = useQuery(trpc.promotions.list.queryOptions({ project }));
  const waiting = list.data?.waiting ?? [];
  const at = waiting.findIndex((request) => request.id === id);
  if (at < 0 || waiting.length < 2) return null;
  return (
    <>
      {at + 1} of {waiting.length} in the inbox{' '}
      <Neighbour label="Previous request" id={waiting[at - 1]?.id} icon={<IconChevronUp size={16} stroke={1.75} />} />
      <Neighbour label="Next request" id={waiting[at + 1]?.id} icon={<IconChevronDown size={16} stroke={1.75} />} />
    </>
  );
}

function Neighbour({ label, id, icon }: { label: string; id: string | undefined; icon: ReactNode }) {
  const { name: project } = useProject();
  if (!id) return null;
  return (
    <ActionIcon component={Link} href={`/${project}/models/requests/${id}`} aria-label={label}>
      {icon}
    </ActionIcon>
  );
}

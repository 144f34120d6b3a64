'use client';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { DateTime } from '#components/ui/date-time.tsx';
import type { FieldValue } from '#components/ui/fields-form.tsx';
import { Figure, FigureRow } from '#components/ui/figure.tsx';
import { formatBytes, formatNumber } from '#components/ui/format.ts';
import { Link } from '#components/ui/link.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Columns, Screen, Section } from '#components/ui/screen.tsx';
import { Finding } from '#components/ui/sentence.tsx';
import { StagePips } from '#components/ui/stage-pips.tsx';
import type { VersionDetail } from '#server/features/models/version-detail.schema.ts';
import { CallersFit } from './callers-fit.tsx';
import { Lineage } from './lineage.tsx';
import s from './models.module.css';
import { TryPanel } from './try-panel.tsx';
import { useModelsLive } from './use-models-live.ts';
import { VersionFacts } from './version-facts.tsx';
import { VersionHistory } from './version-history.tsx';
import { VersionSide } from './version-side.tsx';

/** One version: where it comes from, what it can do, all that happened to it, and the way up. */
export function VersionScreen({
  model,
  number,
  explain,
}: {
  model: string;
  number: number;
  /** Stands under the answer to an input that was tried. */
  explain?: (instance: Record<string, FieldValue>) => ReactNode;
}) {
  const trpc = useTRPC();
  const project = useProject();
  const query = useQuery(trpc.models.version.queryOptions({ project: project.name, model, number }));
  useModelsLive();
  const path = `/${project.name}/models`;
  const version = query.data;
  return (
    <Screen
      padded={false}
      head={
        <PageHead
          crumbs={[
            { label: 'Models', href: path },
            { label: model, href: `${path}/${model}` },
          ]}
          title={`v${number}`}
          state={version && <StagePips stage={version.stage} word />}
          actions={
            <>
              <Button component={Link} href={`${path}/${encodeURIComponent(model)}/${number}/card`}>
                Card
              </Button>
              {version?.openRequest && (
                <Button component={Link} href={`${path}/requests/${version.openRequest.id}`}>
                  Open the request
                </Button>
              )}
            </>
          }
        />
      }
      sideTitle="Move it up"
      side={version && !version.deleted && <VersionSide version={version} />}
    >
      <QueryGate query={query} what={`${model} v${number}`}>
        {(data) => <Body version={data} explain={explain} />}
      </QueryGate>
    </Screen>
  );
}

function Body({ version, explain }: { version: VersionDetail; explain: Parameters<typeof VersionScreen>[0]['explain'] }) {
  const { metrics, deleted } = version;
  return (
    <>
      {deleted ? (
        <Finding tone="quiet" title={`Deleted by ${deleted.byName}. Its graph is gone, its record stays.`}>
          <p>
            {deleted.reason} · <DateTime at={deleted.at} />
          </p>
        </Finding>
      ) : (
        <CallersFit model={version.model} number={version.number} />
      )}
      <Lineage nodes={version.lineage} />
      <div className={s.figures}>
        <FigureRow>
          <Figure
            label={version.positive ? `F1 of ${version.positive}` : 'F1, mean of classes'}
            value={formatNumber(metrics?.f1, 3)}
            note={metrics ? `on ${metrics.split}, ${formatNumber(metrics.rows)} rows` : 'not evaluated yet'}
          />
          <Figure
            label="Accuracy"
            value={formatNumber(metrics?.accuracy, 3)}
            note={metrics ? `on ${metrics.split}` : 'not evaluated yet'}
          />
          <Figure label="Size" value={formatBytes(version.sizeBytes)} note="one ONNX graph" />
        </FigureRow>
      </div>
      <Columns template="1fr 1fr">
        <Section title="About" padded>
          <VersionFacts version={version} />
        </Section>
        {!deleted && (
          <Section title="Try one input" caption="nothing is logged" padded>
            <TryPanel key={version.id} version={version} explain={explain} />
          </Section>
        )}
      </Columns>
      <Section title="What happened to it" divided padded>
        <VersionHistory version={version} />
      </Section>
    </>
  );
}

'use client';
import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { Chip } from '#components/ui/chip.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatCount } from '#components/ui/format.ts';
import { Link } from '#components/ui/link.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Columns, Screen, Section } from '#components/ui/screen.tsx';
import { Finding } from '#components/ui/sentence.tsx';
import type { RunComparison } from '#server/features/experiments/compare.schema.ts';
import { experimentPath, experimentsPath } from '../paths.ts';
import { useAddress } from '../use-address.ts';
import { useRunsLive } from '../use-runs-live.ts';
import { AllValues } from './all-values.tsx';
import { ClassesSection } from './classes-section.tsx';
import { CompareTable } from './compare-table.tsx';
import { toCompared } from './compared.ts';
import { ConfusionSection } from './confusion-section.tsx';
import { CurvesPanel } from './curves-panel.tsx';
import { NoisePanel } from './noise-panel.tsx';
import { SlicesSection } from './slices-section.tsx';

/** Runs side by side. The address holds which runs, and which of them the others are measured against. */
export function CompareScreen({ experiment }: { experiment: string }) {
  const trpc = useTRPC();
  const project = useProject();
  const { get, set } = useAddress();
  const names = [...new Set(get('runs').split(',').filter(Boolean))];
  const base = get('base');
  const baseline = names.includes(base) ? base : names[0];
  const comparison = useQuery(
    trpc.experiments.compare.queryOptions(
      { project: project.name, experiment, runs: names, baseline },
      { enabled: names.length > 0, placeholderData: keepPreviousData },
    ),
  );
  const ids = useMemo(() => new Set(comparison.data?.runs.map((run) => run.id)), [comparison.data]);
  useRunsLive(ids);
  const path = experimentPath(project.name, experiment);
  const choose = (
    <Button component={Link} href={names.length > 0 ? `${path}?chosen=${names.map(encodeURIComponent).join(',')}` : path}>
      {names.length > 0 ? 'Choose other runs' : 'Choose runs'}
    </Button>
  );
  const head = (
    <PageHead
      crumbs={[
        { label: 'Experiments', href: experimentsPath(project.name) },
        { label: experiment, href: path },
      ]}
      title="Compare"
      state={names.length > 0 && <Chip>{formatCount(names.length, 'run')}</Chip>}
      actions={names.length > 0 && choose}
    />
  );
  if (names.length === 0)
    return (
      <Screen head={head}>
        <EmptyState
          title="No runs are chosen"
          explanation="Choose 2 to 12 runs of this experiment. They stand side by side here: what differs, their curves, their figures by class and slice, and whether the difference is more than noise."
          action={choose}
        />
      </Screen>
    );
  return (
    <Screen padded={false} head={head}>
      <QueryGate query={comparison} what="The comparison" rows={12}>
        {(data) => (
          <Body
            data={data}
            onReference={(name) => set({ base: name === names[0] ? '' : name })}
            onRemove={(name) => set({ runs: names.filter((one) => one !== name).join(','), base: base === name ? '' : base })}
          />
        )}
      </QueryGate>
    </Screen>
  );
}

function Body({
  data,
  onReference,
  onRemove,
}: {
  data: RunComparison;
  onReference: (name: string) => void;
  onRemove: (name: string) => void;
}) {
  const compared = toCompared(data);
  const judged = compared.some((one) => one.summary !== null);
  return (
    <>
      {judged && !data.sameRows && compared.length > 1 && (
        <Finding tone="warn" title="Not all of these runs were judged on the same rows">
          Differences between them may come of the rows. “Is it noise?” leaves out the pairs that share no test part.
        </Finding>
      )}
      <CompareTable compared={compared} params={data.params} onReference={onReference} onRemove={onRemove} />
      <Columns template="minmax(0, 2fr) minmax(360px, 1fr)">
        <Section padded>
          <CurvesPanel compared={compared} />
        </Section>
        <NoisePanel compared={compared} pairs={data.pairs} />
      </Columns>
      {judged && (
        <>
          <ConfusionSection compared={compared} />
          <ClassesSection compared={compared} />
          <SlicesSection compared={compared} />
        </>
      )}
      <AllValues compared={compared} params={data.params} metrics={data.metrics} />
    </>
  );
}

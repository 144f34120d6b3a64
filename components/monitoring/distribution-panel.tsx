'use client';
import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { BarPairHistogram } from '#components/charts/draw/bar-pair.tsx';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { formatCount, formatNumber } from '#components/ui/format.ts';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { windowEnd } from '#server/domain/drift/windows.ts';
import s from './monitoring.module.css';
import type { SubjectNow } from './prepare-heat.ts';
import type { Shown } from './prepare-range.ts';
import type { MonitorDetail } from './types.ts';
import type { MonitorAddress } from './use-monitor-address.ts';
import { rangeName, windowName } from './window-words.ts';

const CHART_HEIGHT = 240;

/** How the open subject is distributed, in training and now: in the newest window with enough requests, or in all that are shown. */
export function DistributionPanel({
  monitor,
  shown,
  now,
  address,
}: {
  monitor: MonitorDetail;
  shown: Shown;
  now: SubjectNow;
  address: MonitorAddress;
}) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const { subject } = now;
  const size = monitor.settings.window;
  const newest =
    shown.slots.findLast(({ window }) => (window?.results.subjects[subject.key]?.state ?? 'unknown') !== 'unknown') ??
    shown.slots.findLast(({ window }) => window !== null);
  const over =
    address.over === 'newest' && newest
      ? { from: newest.from, to: windowEnd(newest.from, size) }
      : { from: shown.from, to: shown.end };
  const query = useQuery({
    ...trpc.monitoring.distribution.queryOptions({ project, monitor: monitor.name, subject: subject.key, ...over }),
    placeholderData: (before) => before,
  });
  const when = address.over === 'newest' && newest ? windowName(newest.from, size) : rangeName(shown.from, shown.end);
  const { psi, jensenShannon } = monitor.settings;
  return (
    <>
      <QueryGate query={query} what="The distribution" rows={8}>
        {(data) => (
          <BarPairHistogram
            title={data.title}
            caption={data.unit}
            file={`${monitor.name}-${subject.key}`}
            height={CHART_HEIGHT}
            bins={data.bins}
            names={['training', `${when}, ${formatCount(data.rows, 'request')}`]}
            foot={
              address.over === 'newest' ? (
                <>
                  <span>
                    <b className={s.value}>{formatNumber(now.psi, 2)}</b> PSI, drift from {psi.drift}
                  </span>
                  <span>
                    <b className={s.value}>{formatNumber(now.jensenShannon, 2)}</b> Jensen-Shannon, drift from{' '}
                    {jensenShannon.drift}
                  </span>
                </>
              ) : (
                <span>All {formatCount(shown.slots.length, 'window')} shown, together.</span>
              )
            }
          />
        )}
      </QueryGate>
      <div className={s.over}>
        <SegmentedControl
          size="xs"
          aria-label="Over which windows"
          value={address.over}
          onChange={(over) => address.change({ over: over === 'shown' ? 'shown' : null })}
          data={[
            { value: 'newest', label: `Newest ${size}` },
            { value: 'shown', label: 'All shown' },
          ]}
        />
      </div>
    </>
  );
}

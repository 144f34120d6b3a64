'use client';
import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLive } from '#components/shell/live.tsx';
import { useProject } from '#components/shell/project-context.tsx';
import { refresh } from '#components/shell/refresh.ts';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { formatCount } from '#components/ui/format.ts';
import { Link } from '#components/ui/link.tsx';
import { ProgressBar } from '#components/ui/progress.tsx';
import { StatePill } from '#components/ui/state-pill.tsx';
import { launchPath } from './finding-band.tsx';
import s from './monitoring.module.css';
import type { MadeDataset } from './types.ts';

/** A version on its way: how far it is, and when it is ready what to do with it. */
export function MadeVersion({ made, onClose }: { made: MadeDataset; onClose: () => void }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const project = useProject();
  const input = { project: project.name, dataset: made.dataset, number: made.version };
  const version = useQuery(trpc.datasets.version.queryOptions(input));
  useLive(['dataset.'], () => refresh(client, trpc.datasets.version.queryFilter(input)), { atMostEveryMs: 1000 });
  const name = `${made.dataset} v${made.version}`;
  const unlabeled = made.rows - made.withOutcome;
  const status = version.data?.status ?? 'building';
  return (
    <div className={s.form} role="status">
      <h2>
        {name} {status === 'ready' && <StatePill state="done">ready</StatePill>}
        {status === 'failed' && <StatePill state="failed" />}
      </h2>
      {status === 'building' && (
        <ProgressBar
          label={`Building ${name}`}
          detail={version.data?.progress?.doing}
          share={version.data?.progress?.share ?? null}
          startedAt={version.data?.createdAt ?? null}
        />
      )}
      {status === 'failed' && <p className="bad">{version.data?.error}</p>}
      {version.error && <ErrorLine error={version.error} />}
      <p className="ink-2">
        {formatCount(made.rows, 'request')} of this window joined it, {made.withOutcome === made.rows ? 'all' : made.withOutcome}{' '}
        with their outcome as the label
        {unlabeled > 0 && `, ${unlabeled} still without one`}.
      </p>
      <div className={s.acts}>
        {status === 'ready' && project.can('run:write') && (
          <Button component={Link} variant="filled" href={launchPath(project.name, made.dataset, made.version)}>
            Retrain on {name}…
          </Button>
        )}
        {status === 'ready' && unlabeled > 0 && project.can('label:manage') && (
          <Button
            component={Link}
            href={`/${project.name}/labeling/new?${new URLSearchParams({ dataset: made.dataset, version: String(made.version) })}`}
          >
            Send the {formatCount(unlabeled, 'row')} without an outcome to labeling…
          </Button>
        )}
        <Button component={Link} href={`/${project.name}/datasets/${made.dataset}/${made.version}`}>
          Open {name}
        </Button>
        <Button variant="subtle" onClick={onClose}>
          Close
        </Button>
      </div>
    </div>
  );
}

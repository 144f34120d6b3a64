'use client';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { DateTime } from '#components/ui/date-time.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { formatBytes, formatCount, formatNumber, formatPercent, shortHash } from '#components/ui/format.ts';
import { Link } from '#components/ui/link.tsx';
import { Bar } from '#components/ui/progress.tsx';
import { Section } from '#components/ui/screen.tsx';
import type { Usage, VersionDetail } from '#server/features/datasets/versions.schema.ts';
import { splitWords } from './split-words.ts';
import s from './version.module.css';

/** Beside the rows: the parts with their labels, quarantine by reason, and what this version is. */
export function VersionSide({ version, usage, path }: { version: VersionDetail; usage: Usage; path: string }) {
  return (
    <>
      <Parts version={version} />
      <QuarantineReasons version={version} path={path} />
      <Section title="This version">
        <Facts
          items={[
            version.contentHash !== null && {
              term: 'Content hash',
              value: (
                <span className="mono" title={version.contentHash}>
                  sha256 {shortHash(version.contentHash)} <CopyButton value={version.contentHash} label="Copy the content hash" />
                </span>
              ),
            },
            version.parent && {
              term: 'Made from',
              value: (
                <Link
                  className="link"
                  href={`${path.slice(0, path.lastIndexOf('/'))}/${version.parent.dataset}/${version.parent.number}`}
                >
                  {version.parent.dataset} v{version.parent.number}
                </Link>
              ),
            },
            { term: 'How', value: version.difference },
            { term: 'By', value: version.createdBy ?? 'Stagecraft' },
            version.readyAt !== null && { term: 'Ready', value: <DateTime at={version.readyAt} /> },
            version.split && { term: 'Split', value: splitWords(version.split.rule) },
            { term: 'Size', value: formatBytes(version.bytes) },
            { term: 'Used by', value: usageWords(usage) },
            version.note !== '' && { term: 'Note', value: version.note },
          ]}
        />
        {version.profile?.made.notes.map((note) => (
          <p key={note} className="caption">
            {note}
          </p>
        ))}
      </Section>
    </>
  );
}

function usageWords(usage: Usage): string {
  const used = [
    [usage.runs, 'run'],
    [usage.models, 'model version'],
    [usage.labelingProjects, 'labeling project'],
  ] as const;
  const words = used.flatMap(([count, noun]) => (count > 0 ? [formatCount(count, noun)] : []));
  return words.length > 0 ? words.join(', ') : 'nothing yet';
}

function Parts({ version }: { version: VersionDetail }) {
  const parts = version.profile?.parts ?? [];
  const total = version.rowCount ?? 0;
  if (parts.length === 0) return null;
  const labeled = parts.reduce((sum, part) => sum + part.labeled, 0);
  return (
    <Section title="Parts" caption={`${formatNumber(labeled)} of ${formatNumber(total)} labeled`}>
      <ul className={s.list}>
        {parts.map((part) => (
          <li key={part.name}>
            <div className={s.reason}>
              <span>{part.name}</span>
              <Bar
                share={total === 0 ? 0 : part.rows / total}
                label={`${part.name}: share of all rows`}
                tone="quiet"
                width={64}
              />
              <span className="num strong">{formatNumber(part.rows)}</span>
            </div>
            <div className="caption">
              {part.labels.length === 0
                ? 'no labels'
                : part.labels.map((label) => `${label.value} ${formatPercent(label.count / part.labeled, 1)}`).join(' · ')}
              {part.from && part.to && ` · ${part.from.slice(0, 10)} to ${part.to.slice(0, 10)}`}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function QuarantineReasons({ version, path }: { version: VersionDetail; path: string }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const count = version.quarantinedCount ?? 0;
  const found = useQuery(
    trpc.datasets.quarantine.queryOptions(
      { project, versionId: version.id, offset: 0, limit: 1 },
      { enabled: count > 0, staleTime: Number.POSITIVE_INFINITY },
    ),
  );
  return (
    <Section title="Quarantine" caption={`${formatNumber(count)} of ${formatNumber(count + (version.rowCount ?? 0))}`}>
      {count === 0 ? (
        <p className="caption">Everything that was read could be taken.</p>
      ) : (
        <>
          <ul className={s.list}>
            {found.data?.reasons.map((reason) => (
              <li key={reason.reason} className={s.reason}>
                <span>{reason.reason}</span>
                <Bar share={reason.count / count} label={`${reason.reason}: share of quarantine`} tone="quiet" width={64} />
                <span className="num strong">{formatNumber(reason.count)}</span>
              </li>
            ))}
          </ul>
          <Button size="xs" mt={8} component={Link} href={`${path}/${version.number}?tab=quarantine`}>
            Look at them
          </Button>
        </>
      )}
    </Section>
  );
}

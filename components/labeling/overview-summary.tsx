'use client';
import { useQuery } from '@tanstack/react-query';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { formatCount, formatDuration, formatNumber } from '#components/ui/format.ts';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Columns, Section } from '#components/ui/screen.tsx';
import { Sentence } from '#components/ui/sentence.tsx';
import type { LabelingDetail } from '#server/features/labeling/labeling.schema.ts';
import { LabelCounts } from './label-counts.tsx';
import s from './labeling.module.css';
import { LabelingProgress } from './labeling-progress.tsx';
import { TeamTable } from './team-table.tsx';

/** The sentence that says how far it is; for who leads, answers by label and by person under it. */
export function OverviewSummary({ labeling }: { labeling: LabelingDetail }) {
  return (
    <>
      <Sentence before={labeling.question} explanation={explain(labeling)}>
        {say(labeling)}
      </Sentence>
      {labeling.counts.total > 0 && (
        <div style={{ marginTop: 12 }}>
          <LabelingProgress counts={labeling.counts} name={labeling.name} width={280} />
        </div>
      )}
      {labeling.team !== null && labeling.counts.total > 0 && <TeamPanels labeling={labeling} />}
    </>
  );
}

function TeamPanels({ labeling }: { labeling: LabelingDetail }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const team = useQuery(trpc.labeling.team.queryOptions({ project, labeling: labeling.name }));
  return (
    <div className={s.panels}>
      <QueryGate query={team} what="The team's progress" rows={3}>
        {(data) => (
          <Columns template="minmax(0, 2fr) minmax(0, 3fr)">
            <div>
              <Section title="Answers by label">
                <LabelCounts labels={labeling.labels} byLabel={data.byLabel} />
              </Section>
            </div>
            <div>
              <Section title="Team">
                <TeamTable people={data.people} />
              </Section>
            </div>
          </Columns>
        )}
      </QueryGate>
    </div>
  );
}

function say({ status, counts, error }: LabelingDetail): string {
  if (status === 'preparing') return 'The queue is being filled.';
  if (status === 'failed') return error ?? 'The queue could not be filled.';
  const finished = counts.done + counts.skipped;
  if (counts.open === 0) return `All ${formatCount(counts.total, 'item')} are answered or set aside.`;
  return finished === 0
    ? `${formatCount(counts.total, 'item')} wait for an answer.`
    : `${formatNumber(finished)} of ${formatCount(counts.total, 'item')} are answered or set aside.`;
}

function explain({ status, counts, team, mine }: LabelingDetail): string {
  if (status === 'preparing') return 'Its rows are being drawn from the dataset. This page shows them as soon as they are there.';
  if (status === 'failed') return 'Nothing can be labeled here. Make another labeling project with other rows.';
  if (status === 'closed') return 'It is closed: nobody gets items from it. The answers are kept.';
  const skipped =
    counts.skipped > 0 ? ` ${formatCount(counts.skipped, 'item')} ${counts.skipped === 1 ? 'was' : 'were'} skipped.` : '';
  const byYou = team === null ? `You answered ${formatNumber(mine)}.` : '';
  const left =
    team?.medianMs && counts.open > 0
      ? `At ${formatDuration(team.medianMs)} each, what is left takes one person about ${formatDuration(roughly(team.medianMs * counts.open))}.`
      : '';
  return [byYou, left].filter(Boolean).join(' ') + skipped;
}

/** An estimate pretends no seconds once it is minutes. */
function roughly(milliseconds: number): number {
  const step = milliseconds > 60_000 ? 60_000 : 1000;
  return Math.max(step, Math.round(milliseconds / step) * step);
}

'use client';
import { useQuery } from '@tanstack/react-query';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { DateTime } from '#components/ui/date-time.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Section } from '#components/ui/screen.tsx';
import { Timeline } from '#components/ui/timeline.tsx';
import { BriefForm } from './brief-form.tsx';
import s from './settings.module.css';

/** What the project is for: gates, comparisons and model cards start from it. */
export function BriefTab() {
  const project = useProject();
  const trpc = useTRPC();
  const query = useQuery(trpc.projects.brief.get.queryOptions({ project: project.name }));
  return (
    <>
      <Section
        padded
        title="Brief"
        caption="What the project is for and what its models are measured by. Gates, comparisons and model cards start from it."
      >
        <QueryGate query={query} what="The brief" rows={8}>
          {(kept) => (
            <>
              {kept.at && (
                <p className={`caption ${s.briefState}`}>
                  Revision {kept.number}, by {kept.byName}, <DateTime at={kept.at} />
                </p>
              )}
              <BriefForm key={kept.number} kept={kept} />
            </>
          )}
        </QueryGate>
      </Section>
      <BriefHistory />
    </>
  );
}

function BriefHistory() {
  const project = useProject();
  const trpc = useTRPC();
  const query = useQuery(trpc.projects.brief.history.queryOptions({ project: project.name }));
  if (query.data?.revisions.length === 0) return null;
  return (
    <Section padded divided title="Revisions">
      <QueryGate query={query} what="The revisions" rows={3}>
        {({ revisions }) => (
          <Timeline
            label="Revisions of the brief, newest first"
            items={revisions.map((revision) => ({
              key: String(revision.number),
              when: <DateTime at={revision.at} />,
              title: `${revision.byName} changed ${revision.changed.join(', ') || 'nothing'}`,
              note: revision.reason ?? undefined,
            }))}
          />
        )}
      </QueryGate>
    </Section>
  );
}

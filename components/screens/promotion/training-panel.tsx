'use client';
import { useProject } from '#components/shell/project-context.tsx';
import { DateTime } from '#components/ui/date-time.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { Link } from '#components/ui/link.tsx';
import { Section } from '#components/ui/screen.tsx';
import type { RequestDetail } from '#server/features/models/promotions.schema.ts';

const SHOWN_PARAMS = 12;

/** How the version was made: by whom, in which run, on which data, with which parameters. */
export function TrainingPanel({ request }: { request: RequestDetail }) {
  const { name: project } = useProject();
  const { training } = request;
  if (!training) return null;
  const params = Object.entries(training.params).slice(0, SHOWN_PARAMS);
  return (
    <Section padded divided title="How it was trained">
      <Facts
        width={120}
        items={[
          {
            term: 'Run',
            value: (
              <Link className="link" href={`/${project}/experiments/${training.experiment}/runs/${training.run}`}>
                {training.run}
              </Link>
            ),
          },
          { term: 'By', value: training.by ?? 'a program' },
          training.endedAt !== null && { term: 'Finished', value: <DateTime at={training.endedAt} /> },
          training.dataset !== null && { term: 'Learned from', value: training.dataset },
          ...params.map(([name, value]) => ({ term: name, value: <span className="mono">{value}</span> })),
        ]}
      />
    </Section>
  );
}

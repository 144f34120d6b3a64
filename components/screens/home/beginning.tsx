'use client';
import { Button } from '@mantine/core';
import { useProject } from '#components/shell/project-context.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { NumberedList, Steps } from '#components/ui/lineage-strip.tsx';
import { Link } from '#components/ui/link.tsx';
import type { Home } from '#server/features/home/home.schema.ts';
import s from './home.module.css';
import { journeySteps, nextStep } from './journey.ts';

/** A project in which nothing is served yet: where one stands, the one next step, and what happens then. */
export function Beginning({ journey }: { journey: Home['journey'] }) {
  const project = useProject();
  const next = nextStep(journey, project.can);
  const path = (below: string) => `/${project.name}/${below}`;
  return (
    <div className={s.beginning}>
      <Steps label="Where this project stands" items={journeySteps(journey)} />
      <EmptyState
        compact
        title={<span className={s.beginningTitle}>{next.title}</span>}
        explanation={<span className="explain">{next.explanation}</span>}
        action={
          next.act && (
            <Button component={Link} href={path(next.act.path)} variant="filled" size="md">
              {next.act.label}
            </Button>
          )
        }
        other={
          next.other && (
            <Button component={Link} href={path(next.other.path)} variant="subtle">
              {next.other.label}
            </Button>
          )
        }
      />
      <section className={s.then}>
        <h3>What happens then</h3>
        <NumberedList items={next.after} />
      </section>
    </div>
  );
}

'use client';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { DateTime } from '#components/ui/date-time.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Timeline } from '#components/ui/timeline.tsx';
import type { GateRule } from '#server/domain/gates.schema.ts';

/** Who changed the gates, when and why; an old list can be taken up again as a draft. */
export function GateHistory({ model, onTake }: { model: string; onTake: (rules: GateRule[]) => void }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const query = useQuery(trpc.models.gates.history.queryOptions({ project, model }));
  return (
    <QueryGate query={query} what="The history of the gates" rows={2}>
      {(history) =>
        history.length === 0 ? (
          <p className="ink-2">Nobody has set gates for this model.</p>
        ) : (
          <Timeline
            label="Changes of the gates"
            items={history.map(({ revision, at, by, reason, rules }) => ({
              key: String(revision),
              when: <DateTime at={at} />,
              title: (
                <>
                  {by} {rules ? `set ${rules.length} gates` : 'went back to the project’s gates'}{' '}
                  {rules && (
                    <Button size="xs" variant="subtle" onClick={() => onTake(rules)}>
                      Take up again
                    </Button>
                  )}
                </>
              ),
              note: reason,
            }))}
          />
        )
      }
    </QueryGate>
  );
}

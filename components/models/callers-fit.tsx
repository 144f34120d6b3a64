'use client';
import { useQuery } from '@tanstack/react-query';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { formatCount } from '#components/ui/format.ts';
import { Finding } from '#components/ui/sentence.tsx';

/** Says who would break when this version answered in place of the one that does; nothing where nobody would. */
export function CallersFit({ model, number }: { model: string; number: number }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const query = useQuery(trpc.deployments.fit.queryOptions({ project, model, number }));
  const broken = (query.data?.deployments ?? []).filter((one) => one.misfits.length > 0 || one.wouldBreak.length > 0);
  return broken.map((one) => (
    <Finding
      key={one.deployment}
      tone="warn"
      title={one.misfits.length > 0 ? one.sentence : `Some callers of ${one.deployment} would break.`}
    >
      {one.wouldBreak.length > 0 ? (
        <p>
          {one.wouldBreak
            .map((caller) => `${caller.caller} (${formatCount(caller.requests, 'request')} of the newest ${one.lookedAt})`)
            .join(', ')}{' '}
          would be refused. Deploy v{number} under a name of its own, or let them change first.
        </p>
      ) : (
        <p>Nobody has called it lately.</p>
      )}
    </Finding>
  ));
}

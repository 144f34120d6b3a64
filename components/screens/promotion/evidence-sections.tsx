'use client';
import { useQuery } from '@tanstack/react-query';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorState } from '#components/ui/error-state.tsx';
import { SectionOf } from './section-of.tsx';

/** What the suite found, section by section; nothing where no suite was run. */
export function EvidenceSections({ id }: { id: string }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const query = useQuery(trpc.promotions.sections.queryOptions({ project, id }));
  if (query.error) {
    return <ErrorState error={query.error} what="What the suite found could not be read." onRetry={() => void query.refetch()} />;
  }
  return query.data?.map((section) => <SectionOf key={section.section} section={section} />);
}

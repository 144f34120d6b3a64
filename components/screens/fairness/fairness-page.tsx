'use client';
import { useQuery } from '@tanstack/react-query';
import { ChangeSettings } from '#components/explanations/change-settings.tsx';
import { FairnessScreen } from '#components/fairness/fairness-screen.tsx';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';

/** A model's fairness, and beside it what explanations may tell people to change. */
export function FairnessPage({ model }: { model: string }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const query = useQuery(trpc.models.get.queryOptions({ project, model }));
  const versions = (query.data?.versions ?? []).map((version) => version.number);
  return (
    <FairnessScreen
      key={versions.length === 0 ? 'none' : 'some'}
      model={model}
      versions={versions}
      side={<ChangeSettings model={model} />}
    />
  );
}

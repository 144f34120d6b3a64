'use client';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ModelTabs } from '#components/shell/model-tabs.tsx';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { Link } from '#components/ui/link.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Screen } from '#components/ui/screen.tsx';
import { ModelSettings } from './model-settings.tsx';
import { useModelsLive } from './use-models-live.ts';
import { VersionsTable } from './versions-table.tsx';

/** One model: its versions, what they are for, and where they answer. */
export function ModelScreen({ model }: { model: string }) {
  const trpc = useTRPC();
  const project = useProject();
  const query = useQuery(trpc.models.get.queryOptions({ project: project.name, model }));
  useModelsLive();
  const path = `/${project.name}/models`;
  return (
    <Screen
      padded={false}
      head={
        <PageHead
          crumbs={[{ label: 'Models', href: path }]}
          title={model}
          actions={
            project.can('model:write') && (
              <Button component={Link} href={`${path}/new?model=${encodeURIComponent(model)}`} variant="filled">
                Register a version…
              </Button>
            )
          }
        />
      }
      sideTitle="About the model"
      side={query.data && <ModelSettings key={query.data.version} model={query.data} />}
    >
      <ModelTabs model={model} active="versions" />
      <QueryGate query={query} what={`The model ${model}`}>
        {(data) => <VersionsTable model={data} />}
      </QueryGate>
    </Screen>
  );
}

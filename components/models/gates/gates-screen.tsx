'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { Chip } from '#components/ui/chip.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Screen } from '#components/ui/screen.tsx';
import type { GateRule } from '#server/domain/gates.schema.ts';
import { ApprovalRules } from '../approval-rules.tsx';
import { GateHistory } from './gate-history.tsx';
import { GatesEditor } from './gates-editor.tsx';

const FROM = { model: 'its own', project: 'the project’s', usual: 'the usual ones' } as const;

/** What a version of a model must show before it moves up. */
export function GatesScreen({ model }: { model: string }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const gates = useQuery(trpc.models.gates.get.queryOptions({ project, model }));
  const projects = useQuery(trpc.models.gates.get.queryOptions({ project }));
  const past = useQuery(trpc.models.gates.pastFacts.queryOptions({ project, model }));
  const [draft, setDraft] = useState<GateRule[] | null>(null);
  const path = `/${project}/models`;
  return (
    <Screen
      padded={false}
      sideTitle="What became of them"
      side={<GateHistory model={model} onTake={setDraft} />}
      head={
        <PageHead
          crumbs={[
            { label: 'Models', href: path },
            { label: model, href: `${path}/${encodeURIComponent(model)}` },
          ]}
          title="Gates"
          state={gates.data && <Chip>{FROM[gates.data.from]}</Chip>}
        />
      }
    >
      <QueryGate query={gates} what={`The gates of ${model}`} rows={6}>
        {(saved) => (
          <QueryGate query={past} what="What past versions showed" rows={6}>
            {(facts) => (
              <GatesEditor
                model={model}
                saved={saved}
                projectRevision={projects.data?.revision ?? 0}
                past={facts}
                draft={draft ?? saved.rules}
                onDraft={setDraft}
                onSaved={() => setDraft(null)}
              />
            )}
          </QueryGate>
        )}
      </QueryGate>
      <ApprovalRules model={model} />
    </Screen>
  );
}

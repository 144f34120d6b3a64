'use client';
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { formatCount } from '#components/ui/format.ts';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Section } from '#components/ui/screen.tsx';
import { StagePips } from '#components/ui/stage-pips.tsx';
import type { StagesView } from '#server/features/models/stages.schema.ts';
import { draftOf, moved, problemsOfDraft, ROLE_WORDS, withNew } from './stages/stage-draft.ts';
import { StageRow } from './stages/stage-row.tsx';
import s from './stages/stages.module.css';

/** The stages that versions of this project go through: their order, titles and what they mean. @param below more about one stage, by its name */
export function StageSettings({ below }: { below?: (stage: string) => ReactNode }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const query = useQuery(trpc.models.stages.list.queryOptions({ project }));
  return (
    <QueryGate query={query} what="The stages" rows={5}>
      {(view) => (
        <Section padded title="Stages" caption={view.may.write.ok ? 'the order in which versions rise' : view.may.write.why}>
          {view.may.write.ok ? <Editor key={view.revision} view={view} below={below} /> : <Read view={view} below={below} />}
        </Section>
      )}
    </QueryGate>
  );
}

function Read({ view, below }: { view: StagesView; below: ((stage: string) => ReactNode) | undefined }) {
  return (
    <ul className={s.rows}>
      {view.stages.map((stage) => (
        <li key={stage.name}>
          <p>
            <StagePips stage={stage.name} />{' '}
            <span className="ink-2">
              {ROLE_WORDS[stage.role]}, {formatCount(stage.versions, 'version')}. {stage.description}
            </span>
          </p>
          {below?.(stage.name)}
        </li>
      ))}
    </ul>
  );
}

function Editor({ view, below }: { view: StagesView; below: ((stage: string) => ReactNode) | undefined }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const { name: project } = useProject();
  const [draft, setDraft] = useState(() => draftOf(view));
  const save = useMutation(
    trpc.models.stages.save.mutationOptions({
      onSuccess: async () => {
        notifications.show({ message: 'The stages are saved.' });
        await queries.invalidateQueries(trpc.models.stages.pathFilter());
        router.refresh();
      },
    }),
  );
  const problems = problemsOfDraft(draft);
  const dirty = JSON.stringify(draft) !== JSON.stringify(draftOf(view));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const stages = draft.map(({ name, title, role, description }) => ({ name, title, role, description }));
        save.mutate({ project, revision: view.revision, stages });
      }}
    >
      <ul className={s.rows}>
        {draft.map((stage, place) => (
          <StageRow
            key={stage.key}
            stage={stage}
            place={place}
            last={draft.length - 1}
            below={stage.known ? below?.(stage.name) : null}
            onChange={(changed) => setDraft(draft.map((one, i) => (i === place ? changed : one)))}
            onMove={(by) => setDraft(moved(draft, place, by))}
            onRemove={() => setDraft(draft.filter((_, i) => i !== place))}
          />
        ))}
      </ul>
      {dirty &&
        problems.map((problem) => (
          <p key={problem} className="bad caption">
            {problem}
          </p>
        ))}
      {save.error && <ErrorLine error={save.error} />}
      <p className="caption" style={{ marginTop: 8 }}>
        A stage in which versions stand, or which open requests ask for, can’t be removed nor mean something else. Its name stays
        for ever; its title is yours.
      </p>
      <div className={s.foot}>
        <Button onClick={() => setDraft(withNew(draft))}>Add a stage</Button>
        <Button type="submit" variant="filled" loading={save.isPending} disabled={!dirty || problems.length > 0}>
          Save stages
        </Button>
        {dirty && (
          <Button variant="subtle" onClick={() => setDraft(draftOf(view))}>
            Undo all changes
          </Button>
        )}
      </div>
    </form>
  );
}

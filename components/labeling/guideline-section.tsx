'use client';
import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import type { LabelingDetail } from '#server/features/labeling/labeling.schema.ts';
import { Guideline } from './guideline.tsx';
import s from './labeling.module.css';

/** The guideline as annotators see it; who leads edits it, and the question, in place. */
export function GuidelineSection({ labeling }: { labeling: LabelingDetail }) {
  const { can } = useProject();
  const [editing, setEditing] = useState(false);
  return (
    <section>
      <div className={s.sideHead}>
        <h2>Guideline</h2>
        {can('label:manage') && !editing && (
          <Button size="xs" onClick={() => setEditing(true)}>
            Edit
          </Button>
        )}
      </div>
      {editing ? <GuidelineForm labeling={labeling} onDone={() => setEditing(false)} /> : <Guideline text={labeling.guideline} />}
    </section>
  );
}

function GuidelineForm({ labeling, onDone }: { labeling: LabelingDetail; onDone: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { name: project } = useProject();
  const [question, setQuestion] = useState(labeling.question);
  const [guideline, setGuideline] = useState(labeling.guideline);
  // The version that these words began from: who saves later is told, and overwrites nobody.
  const [version] = useState(labeling.version);
  const save = useMutation(
    trpc.labeling.update.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(trpc.labeling.pathFilter());
        onDone();
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ project, labeling: labeling.name, version, question, guideline });
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        label="Question"
        required
        maxLength={200}
        value={question}
        onChange={(event) => setQuestion(event.currentTarget.value)}
        mb={12}
      />
      <Textarea
        label="Guideline"
        description="Markdown: ## titles, **bold**, - lists."
        minRows={10}
        value={guideline}
        onChange={(event) => setGuideline(event.currentTarget.value)}
        mb={12}
      />
      {save.error && <ErrorLine error={save.error} />}
      <div className={s.acts}>
        <Button type="submit" loading={save.isPending}>
          Save
        </Button>
        <Button variant="subtle" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

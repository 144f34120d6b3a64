'use client';
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { formatCount } from '#components/ui/format.ts';
import { Link } from '#components/ui/link.tsx';
import { Spacer } from '#components/ui/screen.tsx';
import type { RowsPlace } from '#server/features/evaluations/rows.schema.ts';
import s from './behaviour.module.css';
import type { Rows } from './use-rows.ts';

const MOST_CASES = 500;

/** What is done with the chosen rows: a tag, regression cases, labeling. */
export function RowsActions({
  rows,
  place,
  selected,
  onDone,
}: {
  rows: Rows;
  place: RowsPlace;
  selected: ReadonlySet<string>;
  onDone: () => void;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { project, model } = rows;
  const may = rows.facets.data?.may;
  const datasetVersionId = rows.rows.data?.pages[0]?.on.datasetVersionId;
  const chosen = [...selected].map(Number).sort((a, b) => a - b);
  const [word, setWord] = useState('');
  const [labeling, setLabeling] = useState(false);
  const done = (message: string) => {
    notifications.show({ message });
    void queries.invalidateQueries({ queryKey: trpc.rows.pathKey() });
    onDone();
  };
  const tag = useMutation(
    trpc.rows.tag.mutationOptions({ onSuccess: ({ changed }) => done(`${formatCount(changed, 'row')} tagged ${word.trim()}.`) }),
  );
  const cases = useMutation(
    trpc.behaviour.addRegressionRows.mutationOptions({
      onSuccess: ({ made, known }) =>
        done(`${formatCount(made, 'regression case')} made${known > 0 ? `, ${known} were there already` : ''}.`),
    }),
  );
  if (!datasetVersionId) return null;
  return (
    <div className={s.bar}>
      <strong className="num">{formatCount(chosen.length, 'row')} chosen</strong>
      {may?.tag && (
        <form
          style={{ display: 'flex', gap: 8 }}
          onSubmit={(event) => {
            event.preventDefault();
            if (word.trim() !== '') tag.mutate({ project, datasetVersionId, rows: chosen, tag: word.trim() });
          }}
        >
          <TextInput
            aria-label="Tag for the chosen rows"
            placeholder="Tag"
            className={s.narrow}
            value={word}
            onChange={(event) => setWord(event.currentTarget.value)}
          />
          <Button type="submit" loading={tag.isPending} disabled={word.trim() === ''}>
            Tag
          </Button>
        </form>
      )}
      {may?.test && (
        <Button
          loading={cases.isPending}
          disabled={chosen.length > MOST_CASES}
          onClick={() => cases.mutate({ project, model, datasetVersionId, rows: chosen })}
          title={chosen.length > MOST_CASES ? `${MOST_CASES} at most at once` : 'Their labels are what must be answered'}
        >
          Make regression cases
        </Button>
      )}
      {may?.label && <Button onClick={() => setLabeling(true)}>Send to labeling…</Button>}
      <Spacer />
      <Button variant="subtle" onClick={onDone}>
        Choose none
      </Button>
      {tag.error && <ErrorLine error={tag.error} />}
      {cases.error && <ErrorLine error={cases.error} />}
      {labeling && <LabelDialog rows={rows} place={place} chosen={chosen} onClose={() => setLabeling(false)} onDone={onDone} />}
    </div>
  );
}

function LabelDialog({
  rows,
  place,
  chosen,
  onClose,
  onDone,
}: {
  rows: Rows;
  place: RowsPlace;
  chosen: number[];
  onClose: () => void;
  onDone: () => void;
}) {
  const trpc = useTRPC();
  const on = rows.rows.data?.pages[0]?.on;
  const [name, setName] = useState(`${rows.model}-v${place.candidate}-doubtful`.toLowerCase().replace(/[^a-z0-9]+/g, '-'));
  const [question, setQuestion] = useState('Which class is right?');
  const send = useMutation(trpc.rows.label.mutationOptions());
  const at = on ? { on: { datasetVersionId: on.datasetVersionId, split: on.split } } : {};
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Label ${formatCount(chosen.length, 'row')} again?`}
      size={480}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {send.data ? (
        <Stack gap={12}>
          <p role="status">
            {formatCount(send.data.rows, 'row')} wait in the labeling project {send.data.name}. People see neither the label nor
            what the versions said.
          </p>
          <Group justify="flex-end">
            <Button
              onClick={() => {
                onClose();
                onDone();
              }}
            >
              Stay here
            </Button>
            <Button variant="filled" component={Link} href={`/${rows.project}/labeling/${send.data.name}`}>
              Open the labeling project
            </Button>
          </Group>
        </Stack>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            send.mutate({ project: rows.project, ...place, ...at, rows: chosen, name, question });
          }}
        >
          <Stack gap={12}>
            <TextInput
              label="Name of the labeling project"
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              required
            />
            <TextInput label="Question" value={question} onChange={(event) => setQuestion(event.currentTarget.value)} required />
            {send.error && <ErrorLine error={send.error} />}
            <Group justify="flex-end">
              <Button onClick={onClose}>Cancel</Button>
              <Button type="submit" variant="filled" loading={send.isPending}>
                Send to labeling
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

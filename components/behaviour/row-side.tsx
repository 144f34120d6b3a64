'use client';
import { ActionIcon, Button, Stack, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { Chip } from '#components/ui/chip.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { formatPercent } from '#components/ui/format.ts';
import { Bar } from '#components/ui/progress.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { ScrollRegion } from '#components/ui/scroll-region.tsx';
import type { OpenRow, RowsPlace } from '#server/features/evaluations/rows.schema.ts';
import s from './behaviour.module.css';

const LONG = 600;
const MOST_CLASSES = 6;

type Explain = (row: { version: number; datasetVersionId: string; row: number }) => ReactNode;

/** One row whole: all fields, what both versions say with their probabilities, its tags. */
export function RowSide({
  place,
  row,
  onClose,
  explain,
}: {
  place: RowsPlace;
  row: number;
  onClose: () => void;
  explain?: Explain;
}) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const query = useQuery(trpc.rows.open.queryOptions({ project, ...place, row }));
  return (
    <Stack gap={16}>
      <div style={{ display: 'flex', alignItems: 'center' }}>
        <h2 style={{ flex: 1 }}>Row {row}</h2>
        <ActionIcon variant="subtle" aria-label="Close the row" onClick={onClose}>
          <IconX size={16} stroke={1.75} aria-hidden />
        </ActionIcon>
      </div>
      <QueryGate query={query} what="The row" rows={8}>
        {(data) => (
          <Stack gap={16}>
            <p className="ink-2">
              {data.truth === null ? (
                'It has no label.'
              ) : (
                <>
                  It is labelled <strong>{data.truth}</strong>.
                </>
              )}
            </p>
            {data.answers.map((answer) => (
              <div key={answer.version}>
                <p>
                  v{answer.version} says{' '}
                  <strong className={answer.label === data.truth ? undefined : 'bad'}>{answer.label}</strong>
                </p>
                <ul className={s.shares}>
                  {answer.probabilities.slice(0, MOST_CLASSES).map(({ label, probability }) => (
                    <li key={label}>
                      <span className="truncate">{label}</span>
                      <Bar
                        share={probability}
                        label={`Probability of ${label} by v${answer.version}`}
                        tone={label === answer.label ? 'accent' : 'quiet'}
                      />
                      <span className="num">{formatPercent(probability, 1)}</span>
                    </li>
                  ))}
                </ul>
              </div>
            ))}
            {explain?.({ version: place.candidate, datasetVersionId: data.on.datasetVersionId, row })}
            <Tags data={data} row={row} />
            <Fields data={data} />
          </Stack>
        )}
      </QueryGate>
    </Stack>
  );
}

function Tags({ data, row }: { data: OpenRow; row: number }) {
  const trpc = useTRPC();
  const project = useProject();
  const queries = useQueryClient();
  const [word, setWord] = useState('');
  const tag = useMutation(
    trpc.rows.tag.mutationOptions({
      onSuccess: () => {
        setWord('');
        void queries.invalidateQueries({ queryKey: trpc.rows.pathKey() });
      },
    }),
  );
  const may = project.can('test:write');
  const change = (name: string, on: boolean) =>
    tag.mutate({ project: project.name, datasetVersionId: data.on.datasetVersionId, rows: [row], tag: name, on });
  if (!may && data.tags.length === 0) return null;
  return (
    <div className={s.answer}>
      <div className={s.tags}>
        {data.tags.map(({ tag: name, by }) => (
          <Chip key={name} tone="outline" title={`by ${by}`}>
            {name}
            {may && (
              <ActionIcon size={16} variant="subtle" aria-label={`Take the tag ${name} away`} onClick={() => change(name, false)}>
                <IconX size={12} stroke={1.75} aria-hidden />
              </ActionIcon>
            )}
          </Chip>
        ))}
      </div>
      {may && (
        <form
          style={{ display: 'flex', gap: 8 }}
          onSubmit={(event) => {
            event.preventDefault();
            if (word.trim() !== '') change(word.trim(), true);
          }}
        >
          <TextInput
            aria-label="Tag this row"
            placeholder="Tag this row"
            size="xs"
            value={word}
            onChange={(event) => setWord(event.currentTarget.value)}
            style={{ flex: 1 }}
          />
          <Button type="submit" size="xs" loading={tag.isPending} disabled={word.trim() === ''}>
            Tag
          </Button>
        </form>
      )}
      {tag.error && <ErrorLine error={tag.error} />}
    </div>
  );
}

function Fields({ data }: { data: OpenRow }) {
  const inputs = data.fields.filter((field) => field.input);
  const others = data.fields.filter((field) => !field.input && field.kind !== 'label');
  return (
    <>
      <List fields={inputs} />
      {others.length > 0 && (
        <details>
          <summary className="caption">What the model doesn’t see</summary>
          <List fields={others} />
        </details>
      )}
    </>
  );
}

function List({ fields }: { fields: OpenRow['fields'] }) {
  return (
    <dl className={s.fields}>
      {fields.map(({ name, value }) => {
        const text = value === null ? null : String(value);
        return (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {text === null ? (
                <span className="ink-3">missing</span>
              ) : text.length > LONG ? (
                <ScrollRegion label={name} maxHeight={260}>
                  {text}
                </ScrollRegion>
              ) : (
                text || <span className="ink-3">empty</span>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

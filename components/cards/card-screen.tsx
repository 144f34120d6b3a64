'use client';
import { Button, Menu, Select, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { Chip } from '#components/ui/chip.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Screen, Section } from '#components/ui/screen.tsx';
import { Sentence } from '#components/ui/sentence.tsx';
import type { CardTexts } from '#server/domain/card/card.schema.ts';
import type { CardDetail } from '#server/features/cards/cards.schema.ts';
import { CardChanges } from './card-changes.tsx';
import { CardSectionView } from './card-section.tsx';
import { CardSide } from './card-side.tsx';

type Ref = { model: string; number: number };

/** The card of a version: facts from Stagecraft, words from people, in the order of Annex IV. */
export function CardScreen(ref: Ref) {
  const project = useProject();
  const trpc = useTRPC();
  const [revision, setRevision] = useState<number | null>(null);
  const query = useQuery(
    trpc.cards.get.queryOptions({ project: project.name, ...ref, ...(revision === null ? {} : { revision }) }),
  );
  if (query.data) {
    const key = `${revision}-${query.data.card.revision}`;
    return <Loaded key={key} {...ref} data={query.data} revision={revision} onRevision={setRevision} />;
  }
  return (
    <Screen head={<PageHead title={`Card of ${ref.model} v${ref.number}`} />}>
      <QueryGate query={query} what="The card" rows={12}>
        {() => null}
      </QueryGate>
    </Screen>
  );
}

type LoadedProps = Ref & { data: CardDetail; revision: number | null; onRevision: (revision: number | null) => void };

function Loaded({ model, number, data, revision, onRevision }: LoadedProps) {
  const project = useProject();
  const trpc = useTRPC();
  const client = useQueryClient();
  const [draft, setDraft] = useState<CardTexts | null>(null);
  const [note, setNote] = useState('');
  const [against, setAgainst] = useState<number | null>(null);
  const save = useMutation(
    trpc.cards.save.mutationOptions({
      onSuccess: ({ revision: made }) => {
        setDraft(null);
        notifications.show({ message: `Revision ${made} of the card is kept.` });
        return client.invalidateQueries({ queryKey: trpc.cards.pathKey() });
      },
    }),
  );
  const { card } = data;
  const models = `/${project.name}/models`;
  const written =
    draft ?? Object.fromEntries(card.sections.flatMap((section) => section.texts.map(({ key, text }) => [key, text])));
  const asked = card.sections.flatMap((section) => section.texts.filter((text) => text.required));
  return (
    <Screen
      head={
        <PageHead
          crumbs={[
            { label: 'Models', href: models },
            { label: model, href: `${models}/${encodeURIComponent(model)}` },
            { label: `v${number}`, href: `${models}/${encodeURIComponent(model)}/${number}` },
          ]}
          title="Card"
          state={<Chip>{card.revision === 0 ? 'no words yet' : `revision ${card.revision}`}</Chip>}
          actions={
            draft ? (
              <>
                <TextInput
                  aria-label="What was changed"
                  placeholder="What was changed"
                  value={note}
                  onChange={(e) => setNote(e.currentTarget.value)}
                />
                <Button onClick={() => setDraft(null)}>Cancel</Button>
                <Button
                  variant="filled"
                  loading={save.isPending}
                  onClick={() =>
                    save.mutate({
                      project: project.name,
                      model,
                      number,
                      texts: draft,
                      note,
                      base: data.revisions[0]?.number ?? 0,
                    })
                  }
                >
                  Save revision
                </Button>
              </>
            ) : (
              <>
                {data.others.length > 0 && (
                  <Select
                    aria-label="Compare with"
                    placeholder="Compare with…"
                    w={144}
                    data={data.others.map((other) => ({ value: String(other), label: `v${other}` }))}
                    value={against === null ? null : String(against)}
                    onChange={(value) => setAgainst(value === null ? null : Number(value))}
                    clearable
                  />
                )}
                <ExportMenu
                  href={(format) => `/api/files/${project.name}/cards/${encodeURIComponent(model)}/${number}?format=${format}`}
                />
                {data.mayWrite && revision === null && (
                  <Button variant="filled" onClick={() => setDraft(data.texts)}>
                    Write
                  </Button>
                )}
              </>
            )
          }
        />
      }
      side={<CardSide data={data} revision={revision} onRevision={onRevision} />}
      sideTitle="Completeness"
    >
      <Section>
        <Sentence explanation={explanationOf(data, draft !== null)}>
          {asked.filter((text) => written[text.key]?.trim()).length} of {asked.length} texts that are asked for are written.
        </Sentence>
        {save.error && <ErrorLine error={save.error} />}
      </Section>
      {against !== null && <CardChanges model={model} number={number} against={against} />}
      {card.sections.map((section) => (
        <CardSectionView
          key={section.id}
          section={section}
          texts={written}
          onWrite={draft ? (key, value) => setDraft({ ...draft, [key]: value }) : null}
        />
      ))}
    </Screen>
  );
}

function ExportMenu({ href }: { href: (format: 'md' | 'html' | 'json') => string }) {
  return (
    <Menu>
      <Menu.Target>
        <Button leftSection={<IconDownload size={16} stroke={1.75} aria-hidden />}>Export</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(
          [
            ['md', 'Markdown'],
            ['html', 'HTML, one file'],
            ['json', 'JSON'],
          ] as const
        ).map(([format, label]) => (
          <Menu.Item key={format} component="a" href={href(format)} download>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function explanationOf({ card, texts }: CardDetail, writing: boolean): string {
  if (writing && card.revision === 0 && Object.keys(texts).length > 0) {
    return 'You begin with the words of an earlier version. Read each of them: they count for this version once they are saved.';
  }
  return 'Figures, data, approvals and deployments are filled in from what happened; the words are people’s. A promotion request keeps the card as it is at that moment.';
}

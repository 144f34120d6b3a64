'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useLive } from '#components/shell/live.tsx';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import type { TestText } from '#server/domain/behaviour/test.schema.ts';
import { type Draft, isBlank, isChanged, newDraft, syncDrafts } from './draft.ts';

let made = 0;
/** A key for a row that isn't kept yet. */
export function newKey(): string {
  made += 1;
  return `new-${made}`;
}

/** The rows of a model as they stand in the editor, with what is not saved yet. */
export function useDrafts(model: string) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const queries = useQueryClient();
  const query = useQuery(trpc.behaviour.list.queryOptions({ project, model }));
  const [drafts, setDrafts] = useState<Draft[] | null>(null);
  const [removed, setRemoved] = useState<ReadonlyMap<string, number>>(new Map());
  const giveUp = useRef<ReadonlySet<string>>(new Set());
  const tests = query.data?.tests;
  useEffect(() => {
    if (!tests) return;
    setDrafts((now) => syncDrafts(now ?? [], tests, { removed: new Set(removed.keys()), theirs: giveUp.current }));
    giveUp.current = new Set();
  }, [tests, removed]);
  const reload = () => queries.invalidateQueries({ queryKey: trpc.behaviour.list.queryKey({ project, model }) });
  useLive(['behaviour.tests'], () => void reload());
  const save = useMutation(trpc.behaviour.save.mutationOptions());

  const changed = (drafts ?? []).filter(isChanged);
  return {
    query,
    drafts,
    unsaved: changed.length + removed.size,
    saving: save.isPending,
    error: save.error,
    write: (key: string, text: TestText) =>
      setDrafts((now) => (now ?? []).map((draft) => (draft.key === key ? { ...draft, text } : draft))),
    replace: (next: Draft[]) => setDrafts(next),
    add: (like?: Draft): string => {
      const draft = newDraft(newKey(), like);
      setDrafts((now) => [...(now ?? []), draft]);
      return draft.key;
    },
    remove: (draft: Draft) => {
      const { saved } = draft;
      if (saved) setRemoved((now) => new Map(now).set(saved.id, saved.version));
      setDrafts((now) => (now ?? []).filter((one) => one.key !== draft.key));
    },
    /** Throws away what isn't saved. */
    discard: () => {
      setRemoved(new Map());
      setDrafts(syncDrafts([], tests ?? []));
      save.reset();
    },
    /** Takes what others wrote in the rows that couldn't be saved. */
    takeTheirs: (ids: string[]) => {
      giveUp.current = new Set(ids);
      setRemoved((now) => new Map([...now].filter(([id]) => !ids.includes(id))));
      save.reset();
      void reload();
    },
    save: async () => {
      const rows = changed.filter(({ text }) => !isBlank(text));
      const written = await save.mutateAsync({
        project,
        model,
        rows: rows.map(({ text, saved }) => ({ ...text, id: saved?.id ?? null, version: saved?.version ?? null })),
        removed: [...removed].map(([id, version]) => ({ id, version })),
      });
      const ids = new Map(rows.map((row, index) => [row.key, { text: row.text, ...written.saved[index] }]));
      setDrafts((now) => (now ?? []).map((draft) => asSaved(draft, ids.get(draft.key))));
      await reload();
      setRemoved(new Map());
    },
  };
}

/** A draft whose words, as they were sent, are kept now; what was typed meanwhile is not saved yet. */
function asSaved(draft: Draft, written: { text: TestText; id?: string; version?: number } | undefined): Draft {
  if (!written?.id || !written.version) return draft;
  const { origin = null, createdByName = '', updatedByName = '' } = draft.saved ?? {};
  const { id, version, text } = written;
  return { ...draft, saved: { ...text, id, version, origin, createdByName, updatedByName, updatedAt: new Date() } };
}

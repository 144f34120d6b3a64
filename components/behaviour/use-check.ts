'use client';
import { useEffect, useRef, useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPCClient } from '#components/shell/trpc.ts';
import type { TestResult, TestText } from '#server/domain/behaviour/test.schema.ts';
import { type Draft, isBlank } from './draft.ts';

const WAIT_MS = 350;
const AT_ONCE = 200;

/** Rows of the same words have the same result: it is kept by the words, so that saving asks nothing again. */
const wordsOf = (number: number, text: TestText) =>
  `${number} ${JSON.stringify([text.kind, text.input, text.expect, text.changes])}`;

/**
 * Puts rows to a version while they are being written: what has changed is asked again after a short rest.
 * @param number of the version; null asks nothing
 */
export function useCheck(model: string, number: number | null, drafts: readonly Draft[] | null) {
  const { name: project } = useProject();
  const client = useTRPCClient();
  const known = useRef(new Map<string, TestResult>());
  const [turn, setTurn] = useState(0);
  const [checking, setChecking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [again, setAgain] = useState(0);
  useEffect(() => {
    if (number === null || !drafts) return;
    const open = drafts.filter(({ text }) => !isBlank(text) && !known.current.has(wordsOf(number, text)));
    if (open.length === 0) return;
    const stop = new AbortController();
    const timer = setTimeout(
      async () => {
        setChecking(true);
        try {
          for (let from = 0; from < open.length; from += AT_ONCE) {
            const part = open.slice(from, from + AT_ONCE);
            const rows = part.map(({ key, text }) => ({ ...text, id: key }));
            const { results } = await client.behaviour.check.mutate({ project, model, number, rows }, { signal: stop.signal });
            for (const [index, result] of results.entries()) {
              const draft = part[index];
              if (draft) known.current.set(wordsOf(number, draft.text), result);
            }
            setTurn((now) => now + 1);
          }
          setError(null);
        } catch (failure) {
          if (!stop.signal.aborted) setError(failure);
        } finally {
          if (!stop.signal.aborted) setChecking(false);
        }
      },
      again === 0 && known.current.size === 0 ? 0 : WAIT_MS,
    );
    return () => {
      stop.abort();
      clearTimeout(timer);
      setChecking(false);
    };
  }, [client, project, model, number, drafts, again]);
  return {
    /** Grows with each answer, for what is computed from the results. */
    turn,
    checking,
    error,
    retry: () => setAgain((now) => now + 1),
    resultOf: (draft: Draft): TestResult | null =>
      number === null ? null : (known.current.get(wordsOf(number, draft.text)) ?? null),
  };
}

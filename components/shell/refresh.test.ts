import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { refresh } from './refresh.ts';

const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

/** A query that is on a screen, whose answers the test gives by hand. */
function slowQuery() {
  const queries = new QueryClient();
  const open: { answer: (value: number) => void; signal: AbortSignal }[] = [];
  const observer = new QueryObserver(queries, {
    queryKey: ['slow'],
    queryFn: ({ signal }) => new Promise<number>((answer) => open.push({ answer, signal })),
  });
  observer.subscribe(() => undefined);
  return { queries, open, shown: () => observer.getCurrentResult().data };
}

it('lets a reading that is under way end, and reads once more after it', async () => {
  const { queries, open, shown } = slowQuery();
  const done = refresh(queries, { queryKey: ['slow'] });
  await soon();
  expect(open).toHaveLength(1);
  open[0]?.answer(1);
  await soon();
  expect(shown()).toBe(1);
  expect(open).toHaveLength(2);
  open[1]?.answer(2);
  await done;
  expect(shown()).toBe(2);
  expect(open).toHaveLength(2);
  expect(open.some(({ signal }) => signal.aborted)).toBe(false);
});

it('reads once where nothing is under way', async () => {
  const { queries, open, shown } = slowQuery();
  open[0]?.answer(1);
  await soon();
  const done = refresh(queries, { queryKey: ['slow'] });
  await soon();
  expect(open).toHaveLength(2);
  open[1]?.answer(2);
  await done;
  expect(shown()).toBe(2);
  expect(open).toHaveLength(2);
});

'use client';
import type { Choice } from '#components/models/decision-words.ts';
import { useKeys } from '#components/ui/keys.tsx';
import type { RequestDetail } from '#server/features/models/promotions.schema.ts';

/** a, r and c choose and lead to the reason; m leads to the comment. */
export function useDecisionKeys(request: RequestDetail | undefined, decide: (choice: Choice) => void): void {
  const may = request?.may;
  // Pressed keys are for the page: without this the letter would be written into the field that takes the focus.
  const then = (act: () => void) => (event: KeyboardEvent) => {
    event.preventDefault();
    act();
  };
  useKeys([
    { keys: 'a', label: 'Approve: to the reason', run: then(() => decide('approve')), disabled: !may?.approve.ok },
    { keys: 'r', label: 'Refuse: to the reason', run: then(() => decide('refuse')), disabled: !may?.refuse.ok },
    { keys: 'c', label: 'Ask for changes: to the reason', run: then(() => decide('changes')), disabled: !may?.changes.ok },
    { keys: 'm', label: 'Comment', run: then(() => document.getElementById('comment')?.focus()) },
  ]);
}

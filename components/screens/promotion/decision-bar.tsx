'use client';
import { Button } from '@mantine/core';
import type { Choice } from '#components/models/decision-words.ts';
import type { RequestDetail } from '#server/features/models/promotions.schema.ts';
import s from './promotion.module.css';

/** On a narrow screen: the ways to decide, always at its foot. Each leads to the reason in the page. */
export function DecisionBar({ request, onDecide }: { request: RequestDetail; onDecide: (choice: Choice) => void }) {
  const { may } = request;
  if (!may.refuse.ok) return null;
  return (
    <div className={s.bar} role="toolbar" aria-label="Decide">
      {may.approve.ok && (
        <Button variant="filled" onClick={() => onDecide('approve')}>
          Approve…
        </Button>
      )}
      <Button onClick={() => onDecide('refuse')}>Refuse…</Button>
      {may.changes.ok && <Button onClick={() => onDecide('changes')}>Changes…</Button>}
    </div>
  );
}

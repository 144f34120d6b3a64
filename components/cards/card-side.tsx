'use client';
import { Button } from '@mantine/core';
import { DateTime } from '#components/ui/date-time.tsx';
import type { CardDetail } from '#server/features/cards/cards.schema.ts';
import s from './cards.module.css';

type Props = { data: CardDetail; revision: number | null; onRevision: (revision: number | null) => void };

/** What the card lacks, and the revisions of its words. */
export function CardSide({ data, revision, onRevision }: Props) {
  const { missing } = data.card.completeness;
  return (
    <div className={s.side}>
      <section>
        <h2>What is missing</h2>
        {missing.length === 0 ? (
          <p className="ink-2">Nothing.</p>
        ) : (
          <ul className={s.missing}>
            {missing.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        )}
      </section>
      <section>
        <h2>Revisions of the words</h2>
        {data.revisions.length === 0 ? (
          <p className="ink-3">Nobody has written yet.</p>
        ) : (
          <ul className={s.revisions}>
            {data.revisions.map((one) => (
              <li key={one.number}>
                <Button
                  size="xs"
                  variant={(revision ?? data.card.revision) === one.number ? 'default' : 'subtle'}
                  onClick={() => onRevision(one.number === data.revisions[0]?.number ? null : one.number)}
                >
                  Revision {one.number}
                </Button>{' '}
                <span className="ink-2">
                  {one.by}, <DateTime at={one.at} />
                </span>
                {one.note && <p className="caption">{one.note}</p>}
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

'use client';
import { ActionIcon } from '@mantine/core';
import type { Ref } from 'react';
import { DateTime, useTimeZone } from '#components/ui/date-time.tsx';
import { formatCount, formatShort } from '#components/ui/format.ts';
import { formatExact } from '#components/ui/format-time.ts';
import type { DisplayColumn } from '#server/features/labeling/labeling.schema.ts';
import type { Field } from '../arrange.ts';
import { arrangeItem, countCharacters, paragraphs, shown } from '../arrange.ts';
import type { Given, Item, Session } from './session.ts';
import s from './work.module.css';

/** One item at reading size, as plain text: nothing of it is ever rendered as HTML. */
export function ItemSheet({
  ref,
  item,
  columns,
  given,
  session,
  onLook,
}: {
  ref: Ref<HTMLElement>;
  item: Item;
  columns: readonly DisplayColumn[];
  given: Given | null;
  session: Session;
  onLook: (step: -1 | 1) => void;
}) {
  const { title, meta, body } = arrangeItem(columns, item.data);
  const characters = countCharacters(body);
  const texts = body.some((field) => field.kind === 'text');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must scroll by keyboard
    <section ref={ref} className={s.sheet} tabIndex={0} aria-label={given ? 'Answered before' : 'To be labeled'}>
      <article className={s.item} key={item.id}>
        <div className={s.meta}>
          <div className={s.facts}>
            {meta.map((field) => (
              <Fact key={field.name} field={field} />
            ))}
            {characters > 0 && <span>{formatCount(characters, 'character')}</span>}
          </div>
          <div className={s.looks}>
            <ActionIcon
              size={20}
              variant="default"
              aria-label="Look back"
              disabled={session.past.length === 0 || session.looking === 0}
              onClick={() => onLook(-1)}
            >
              ←
            </ActionIcon>
            <ActionIcon
              size={20}
              variant="default"
              aria-label="Look forward"
              disabled={session.looking === null}
              onClick={() => onLook(1)}
            >
              →
            </ActionIcon>
            <span className="num">Item {item.position}</span>
          </div>
        </div>
        {title !== null && <h2 className={s.title}>{title === '' ? <span className="ink-3">No subject</span> : title}</h2>}
        {texts ? body.map((field) => <Text key={field.name} field={field} named={body.length > 1} />) : <Values fields={body} />}
      </article>
    </section>
  );
}

function Fact({ field }: { field: Field }) {
  if (field.value === null) return null;
  if (field.kind === 'time') return <Value field={field} />;
  const from = /^(from|sender|author)/i.test(field.name);
  return (
    <span>
      {from ? 'from' : field.name.replaceAll('_', ' ')} <Value field={field} strong={from} />
    </span>
  );
}

function Value({ field, strong = false }: { field: Field; strong?: boolean }) {
  const zone = useTimeZone();
  if (field.value === null) return <span className="ink-3">missing</span>;
  if (field.kind === 'number' && typeof field.value === 'number') return <span className="num">{formatShort(field.value)}</span>;
  if (field.kind === 'time') {
    const at = new Date(shown(field.value));
    return Number.isNaN(at.getTime()) ? (
      shown(field.value)
    ) : (
      <span title={formatExact(at, zone)}>
        <DateTime at={at} />
      </span>
    );
  }
  return strong ? <strong>{shown(field.value)}</strong> : shown(field.value);
}

function Text({ field, named }: { field: Field; named: boolean }) {
  const parts = paragraphs(shown(field.value));
  return (
    <div className={s.text}>
      {named && <h3 className="caption">{field.name.replaceAll('_', ' ')}</h3>}
      {parts.length === 0 && <p className="ink-3">This text is empty.</p>}
      {parts.map((part, index) => (
        <p key={index}>{part}</p>
      ))}
    </div>
  );
}

function Values({ fields }: { fields: Field[] }) {
  return (
    <dl className={s.values}>
      {fields.map((field) => (
        <div key={field.name}>
          <dt>{field.name.replaceAll('_', ' ')}</dt>
          <dd>
            <Value field={field} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

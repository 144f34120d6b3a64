'use client';
import { TextInput } from '@mantine/core';
import { IconSearch, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react';
import { cx } from './cx.ts';
import s from './query.module.css';
import { SuggestionList } from './suggestion-list.tsx';
import { type Complete, useCompletion } from './use-completion.ts';

export type QueryToken = { text: string; kind: 'key' | 'value' | 'op' | 'plain' };
export type QueryError = { from: number; to: number; message: string };

/**
 * One line of a search language: keys blue, values accent, the error underlined where it stands, and with `complete` a
 * list of what may stand at the cursor. Enter submits, Escape empties; `rule` is for a condition that stays: neither.
 */
export function QueryField({
  value,
  onChange,
  onSubmit,
  label,
  placeholder,
  tokens,
  error,
  count,
  complete,
  rule = false,
  readOnly = false,
}: {
  value: string;
  onChange: (value: string) => void;
  onSubmit?: (value: string) => void;
  label: string;
  placeholder?: string;
  tokens?: (text: string) => QueryToken[];
  error?: QueryError | null;
  count?: ReactNode;
  complete?: Complete;
  rule?: boolean;
  readOnly?: boolean;
}) {
  const id = useId();
  const mirror = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const offer = useCompletion({ input, value, onChange, complete: readOnly ? undefined : complete });
  const list = `${id}-list`;
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (offer.onKey(event)) return;
    if (event.key === 'Enter') onSubmit?.(value);
    if (event.key === 'Escape' && value !== '' && !rule) {
      onChange('');
      onSubmit?.('');
    }
  };
  return (
    <div className={cx(s.wrap, complete && s.anchor)}>
      <div className={cx(s.field, error && s.failing)}>
        {!rule && <IconSearch size={16} stroke={1.75} aria-hidden className={s.icon} />}
        <div className={s.text}>
          <div className={s.mirror} ref={mirror} aria-hidden="true">
            {(tokens?.(value) ?? [{ text: value, kind: 'plain' as const }]).map((token, i) => (
              <span key={i} className={s[token.kind]}>
                {token.text}
              </span>
            ))}
            {error && (
              <span
                className={s.underline}
                style={{ left: `${error.from}ch`, width: `${Math.max(1, error.to - error.from)}ch` }}
              />
            )}
          </div>
          <input
            className={s.input}
            value={value}
            placeholder={placeholder}
            aria-label={label}
            aria-invalid={error ? true : undefined}
            aria-describedby={error ? id : undefined}
            ref={input}
            readOnly={readOnly}
            {...(complete && {
              role: 'combobox',
              'aria-autocomplete': 'list' as const,
              'aria-expanded': offer.isOpen,
              'aria-controls': offer.isOpen ? list : undefined,
              'aria-activedescendant': offer.active >= 0 ? `${list}-${offer.active}` : undefined,
            })}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => {
              onChange(event.currentTarget.value);
              offer.open(event.currentTarget.value, event.currentTarget.selectionStart ?? event.currentTarget.value.length);
            }}
            onKeyDown={onKeyDown}
            onBlur={() => {
              offer.close();
              onSubmit?.(value);
            }}
            onScroll={(event) => {
              if (mirror.current) mirror.current.style.transform = `translateX(-${event.currentTarget.scrollLeft}px)`;
            }}
          />
        </div>
        {count !== undefined && <span className={cx(s.count, 'num')}>{count}</span>}
        {value !== '' && !rule && (
          <button
            type="button"
            className={s.clear}
            aria-label="Clear the search"
            onClick={() => {
              onChange('');
              onSubmit?.('');
            }}
          >
            <IconX size={14} stroke={1.75} />
          </button>
        )}
      </div>
      {offer.isOpen && <SuggestionList id={list} items={offer.items} active={offer.active} onTake={offer.take} />}
      {error && (
        <p id={id} className={s.message} role="alert">
          {error.message}
        </p>
      )}
    </div>
  );
}

/** A plain search by words. */
export function SearchField({
  value,
  onChange,
  label,
  placeholder,
  count,
  width = 280,
}: {
  value: string;
  onChange: (value: string) => void;
  label: string;
  placeholder?: string;
  count?: ReactNode;
  width?: number;
}) {
  return (
    <TextInput
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      aria-label={label}
      placeholder={placeholder ?? label}
      w={width}
      leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
      rightSection={count === undefined ? undefined : <span className={cx(s.count, 'num')}>{count}</span>}
      rightSectionWidth={count === undefined ? undefined : 72}
    />
  );
}

'use client';
import { Button, Group, Textarea } from '@mantine/core';
import { useId, useRef, useState } from 'react';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { mentionBefore } from '#server/domain/mentions.ts';
import s from './discussion.module.css';

type Props = {
  label: string;
  verb: string;
  people: readonly { id: string; name: string }[];
  busy: boolean;
  error: unknown;
  onSend: (body: string) => Promise<unknown>;
  id?: string;
  onCancel?: () => void;
};

/** Writes a comment: Markdown, with names offered after an @. Ctrl-Enter sends. */
export function CommentBox({ label, verb, people, busy, error, onSend, id, onCancel }: Props) {
  const [body, setBody] = useState('');
  const [typing, setTyping] = useState<{ from: number; typed: string } | null>(null);
  const [at, setAt] = useState(0);
  const field = useRef<HTMLTextAreaElement>(null);
  const list = useId();
  const offered = typing
    ? people.filter((person) => person.name.toLowerCase().startsWith(typing.typed.toLowerCase())).slice(0, 6)
    : [];
  const take = (name: string) => {
    if (!typing) return;
    const end = typing.from + 1 + typing.typed.length;
    setBody(`${body.slice(0, typing.from)}@${name} ${body.slice(end)}`);
    setTyping(null);
    field.current?.focus();
  };
  const send = async () => {
    if (body.trim() === '' || busy) return;
    await onSend(body);
    setBody('');
  };
  return (
    <form
      className={s.box}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Textarea
        ref={field}
        id={id}
        label={label}
        placeholder="Markdown; @ names somebody"
        autosize
        minRows={2}
        value={body}
        {...(offered.length > 0
          ? { 'aria-autocomplete': 'list' as const, 'aria-controls': list, 'aria-activedescendant': `${list}-${at}` }
          : {})}
        onChange={(event) => {
          setBody(event.currentTarget.value);
          setTyping(mentionBefore(event.currentTarget.value, event.currentTarget.selectionStart));
          setAt(0);
        }}
        onBlur={() => window.setTimeout(() => setTyping(null), 150)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            void send();
          }
          if (offered.length === 0) return;
          if (event.key === 'Escape') setTyping(null);
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault();
            setAt((at + (event.key === 'ArrowDown' ? 1 : offered.length - 1)) % offered.length);
          }
          if (event.key === 'Enter' || event.key === 'Tab') {
            event.preventDefault();
            const chosen = offered[at];
            if (chosen) take(chosen.name);
          }
        }}
      />
      {offered.length > 0 && (
        <div className={s.offered} id={list} role="listbox" aria-label="People">
          {offered.map((person, index) => (
            <button
              key={person.id}
              id={`${list}-${index}`}
              type="button"
              role="option"
              aria-selected={index === at}
              tabIndex={-1}
              className={s.person}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(person.name)}
            >
              {person.name}
            </button>
          ))}
        </div>
      )}
      {error !== null && error !== undefined && <ErrorLine error={error} />}
      <Group gap={8} mt={8}>
        <Button type="submit" size="xs" disabled={body.trim() === ''} loading={busy}>
          {verb}
        </Button>
        {onCancel && (
          <Button size="xs" variant="subtle" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </Group>
    </form>
  );
}

'use client';
import { Button, Modal, TextInput } from '@mantine/core';
import { createContext, type FormEvent, type ReactNode, useCallback, useContext, useState } from 'react';
import s from './confirm.module.css';

export type Question = {
  /** The question itself: "Delete run quiet-lantern?" */
  title: string;
  /** What follows from it. */
  body: ReactNode;
  /** The verb on the button: "Delete run". */
  verb: string;
  danger?: boolean;
  /** Only for what can't be undone: the name that must be typed. */
  typed?: string;
};

type Ask = (question: Question) => Promise<boolean>;

const ConfirmContext = createContext<Ask | null>(null);

/** `const confirm = useConfirm(); if (await confirm({ title, body, verb })) …` */
export function useConfirm(): Ask {
  const ask = useContext(ConfirmContext);
  if (!ask) throw new Error('useConfirm needs the ConfirmProvider of the shell.');
  return ask;
}

/** Stands once in the shell and shows one question at a time. */
export function ConfirmProvider({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<{ question: Question; answer: (yes: boolean) => void; opened: boolean } | null>(null);
  const ask = useCallback<Ask>((question) => new Promise((answer) => setAsked({ question, answer, opened: true })), []);
  const close = (yes: boolean) => {
    asked?.answer(yes);
    setAsked((before) => before && { ...before, opened: false });
  };
  return (
    <ConfirmContext.Provider value={ask}>
      {children}
      {asked && (
        <ConfirmDialog
          key={asked.question.title}
          {...asked.question}
          opened={asked.opened}
          onCancel={() => close(false)}
          onConfirm={() => close(true)}
        />
      )}
    </ConfirmContext.Provider>
  );
}

/** The dialog alone, for where the act is slow and the dialog should show that it runs (`busy`) or failed (children). */
export function ConfirmDialog({
  title,
  body,
  verb,
  danger = false,
  typed,
  opened,
  busy = false,
  onCancel,
  onConfirm,
  children,
}: Question & {
  opened: boolean;
  busy?: boolean;
  onCancel: () => void;
  onConfirm: () => void;
  children?: ReactNode;
}) {
  const [text, setText] = useState('');
  const ready = typed === undefined || text.trim() === typed;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !busy) onConfirm();
  };
  return (
    <Modal opened={opened} onClose={onCancel} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit}>
        <div className="ink-2">{body}</div>
        {typed !== undefined && (
          <TextInput
            className={s.typed}
            data-autofocus
            label={
              <>
                Type <strong>{typed}</strong> to go on
              </>
            }
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            autoComplete="off"
          />
        )}
        {children}
        <div className={s.acts}>
          <Button onClick={onCancel}>Cancel</Button>
          <Button
            type="submit"
            variant="filled"
            data-danger={danger || undefined}
            disabled={!ready}
            loading={busy}
            data-autofocus={typed === undefined || undefined}
          >
            {verb}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

'use client';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { formatDuration } from '#components/ui/format.ts';
import { Finding } from '#components/ui/sentence.tsx';
import s from './notifications.module.css';

/** Sends a mail to an address, now. */
export function MailTest() {
  const trpc = useTRPC();
  const me = useQuery(trpc.people.account.me.queryOptions());
  const [typed, setTyped] = useState<string | null>(null);
  const test = useMutation(trpc.mail.test.mutationOptions());
  const to = typed ?? me.data?.email ?? '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    test.mutate({ to });
  };
  return (
    <>
      <form className={s.acts} onSubmit={submit}>
        <TextInput label="To" type="email" value={to} onChange={(event) => setTyped(event.currentTarget.value)} />
        <Button type="submit" loading={test.isPending} disabled={to === ''}>
          Send a test
        </Button>
      </form>
      <div className={s.answer}>
        {test.error && <ErrorLine error={test.error} />}
        {test.data && (
          <Finding
            tone={test.data.ok ? 'good' : 'bad'}
            title={
              test.data.ok ? `The server has taken the mail, in ${formatDuration(test.data.ms)}.` : 'The mail was not taken.'
            }
          >
            <span className="mono">{test.data.answer}</span>
          </Finding>
        )}
      </div>
    </>
  );
}

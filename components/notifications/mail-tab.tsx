'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/shell/trpc.ts';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { RelativeTime } from '#components/ui/date-time.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Section } from '#components/ui/screen.tsx';
import { StatePill } from '#components/ui/state-pill.tsx';
import type { MailMessage, MailOutput } from '#server/features/notifications/mail.schema.ts';
import { MailForm } from './mail-form.tsx';
import { MailTest } from './mail-test.tsx';
import s from './notifications.module.css';

const ASK_AGAIN_MS = 15_000;

const COLUMNS: Column<MailMessage>[] = [
  { id: 'to', head: 'To', width: 220, cell: (mail) => <span className="truncate">{mail.to}</span> },
  { id: 'subject', head: 'Subject', cell: (mail) => mail.subject || <span className="ink-3">not written yet</span> },
  { id: 'state', head: 'State', width: 112, cell: (mail) => <MailState mail={mail} /> },
  { id: 'tries', head: 'Tries', width: 64, align: 'right', cell: (mail) => mail.attempts },
  {
    id: 'answer',
    head: 'The server said',
    hideBelow: 1100,
    cell: (mail) => <span title={mail.answer ?? ''}>{mail.answer ?? '–'}</span>,
  },
  { id: 'at', head: 'When', width: 112, cell: (mail) => <RelativeTime at={mail.sentAt ?? mail.createdAt} /> },
];

function MailState({ mail }: { mail: MailMessage }) {
  if (mail.status === 'sent') return <StatePill state="done">sent</StatePill>;
  if (mail.status === 'failed') return <StatePill state="failed">failed</StatePill>;
  if (mail.status === 'dropped') return <StatePill state="stopped">not needed</StatePill>;
  return <StatePill state="waiting">{mail.attempts > 0 ? 'tried again' : 'waits'}</StatePill>;
}

/** The installation's mail server: set, tried, and what went out. */
export function MailTab() {
  const trpc = useTRPC();
  const query = useQuery(trpc.mail.get.queryOptions(undefined, { refetchInterval: ASK_AGAIN_MS }));
  return (
    <div className={query.data ? undefined : s.inset}>
      <QueryGate query={query} what="The mail server" rows={6}>
        {(mail) => <Mail mail={mail} />}
      </QueryGate>
    </div>
  );
}

function Mail({ mail }: { mail: MailOutput }) {
  return (
    <>
      <Section padded title="Mail server" caption={`links in mails begin with ${mail.consoleUrl}`}>
        <MailForm key={mail.version} mail={mail} />
      </Section>
      {mail.server && (
        <Section padded divided title="Try it" caption="sends a mail now and shows what the server answers">
          <MailTest />
        </Section>
      )}
      <Section padded divided title="The last mails" caption="kept for 30 days">
        {null}
      </Section>
      <div className={s.table}>
        <DataTable
          label="The last mails"
          columns={COLUMNS}
          rows={mail.last}
          rowKey={(row) => row.id}
          inset
          empty={
            <EmptyState
              compact
              title="No mail has gone out."
              explanation="Mails go to people who have chosen them in their account, when something happens that they are told of."
            />
          }
        />
      </div>
    </>
  );
}

'use client';
import { ActionIcon, Button } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Chip } from '#components/ui/chip.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { DateTime } from '#components/ui/date-time.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { Link } from '#components/ui/link.tsx';
import type { AuditEntry } from '#server/features/audit/audit.schema.ts';
import s from './audit.module.css';
import { actionWords, detailText, typeWords } from './audit-words.ts';

type Query = {
  data: { pages: { entries: AuditEntry[] }[] } | undefined;
  error: unknown;
  refetch: () => unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
};
type Props = { query: Query; hrefOf: (target: AuditEntry['target']) => string | null; filtered: boolean; onClear: () => void };

/** The entries of the record, newest first; each opens to show its details. */
export function AuditTable({ query, hrefOf, filtered, onClear }: Props) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const columns = useMemo(() => columnsOf(hrefOf, open, setOpen), [hrefOf, open]);
  const entries = query.data?.pages.flatMap((page) => page.entries);
  return (
    <>
      <div className={s.table}>
        <DataTable
          label="Audit record"
          columns={columns}
          rows={entries}
          error={query.error}
          onRetry={() => void query.refetch()}
          rowKey={(entry) => entry.id}
          rowHeight={30}
          inset
          loadingRows={12}
          below={(entry) => (open.has(entry.id) ? <Details entry={entry} /> : null)}
          empty={
            filtered ? (
              <EmptyState
                compact
                title="Nothing was recorded that fits."
                explanation="Take a filter away, or look at other days."
                action={<Button onClick={onClear}>Clear filters</Button>}
              />
            ) : (
              <EmptyState
                compact
                title="Nothing is recorded yet."
                explanation="Every change is written here with who made it, when and why, and stays for ever."
              />
            )
          }
        />
      </div>
      {entries !== undefined && entries.length > 0 && (
        <div className={s.more}>
          {query.hasNextPage && (
            <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              Show older
            </Button>
          )}
          <span className="caption num">
            {query.hasNextPage ? `${entries.length} entries shown` : `${entries.length} entries, that is all`}
          </span>
        </div>
      )}
    </>
  );
}

function columnsOf(
  hrefOf: Props['hrefOf'],
  open: ReadonlySet<string>,
  setOpen: (open: ReadonlySet<string>) => void,
): Column<AuditEntry>[] {
  const toggle = (id: string) => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  return [
    {
      id: 'open',
      head: <span className="sr-only">Details</span>,
      width: 60,
      cell: (entry) => (
        <ActionIcon
          size={22}
          aria-expanded={open.has(entry.id)}
          aria-label={`Details of ${actionWords(entry.action)}`}
          onClick={() => toggle(entry.id)}
        >
          {open.has(entry.id) ? <IconChevronDown size={14} stroke={1.75} /> : <IconChevronRight size={14} stroke={1.75} />}
        </ActionIcon>
      ),
    },
    { id: 'at', head: 'When', width: 120, cell: (entry) => <DateTime at={entry.at} seconds /> },
    {
      id: 'actor',
      head: 'Who',
      width: 168,
      cell: (entry) => (
        <>
          <span className="strong">{entry.actor.name}</span> {entry.actor.kind === 'token' && <Chip>token</Chip>}
        </>
      ),
    },
    { id: 'action', head: 'What', width: 208, cell: (entry) => actionWords(entry.action) },
    { id: 'target', head: 'On what', cell: (entry) => <Target target={entry.target} href={hrefOf(entry.target)} /> },
    {
      id: 'reason',
      head: 'Why',
      hideBelow: 1280,
      cell: (entry) => (entry.reason ? <span className={s.reason}>{entry.reason}</span> : <span className="ink-3">–</span>),
    },
  ];
}

function Target({ target, href }: { target: AuditEntry['target']; href: string | null }) {
  return (
    <>
      {href ? (
        <Link className="link" href={href}>
          {target.name}
        </Link>
      ) : (
        target.name
      )}{' '}
      <span className="ink-3">{typeWords(target.type)}</span>
    </>
  );
}

function Details({ entry }: { entry: AuditEntry }) {
  const details = Object.entries(entry.details);
  return (
    <div className={s.details}>
      <Facts
        width={144}
        items={[
          { term: 'Act', value: <span className="mono">{entry.action}</span> },
          {
            term: 'Place',
            value: entry.seq === null ? 'waits for its place in the chain' : <span className="num">{entry.seq}</span>,
          },
          { term: 'Id', value: <span className="mono">{entry.target.id}</span> },
          entry.reason !== null && { term: 'Reason', value: entry.reason },
          ...details.map(([term, value]) => ({ term, value: <span className="mono">{detailText(value)}</span> })),
        ]}
      />
    </div>
  );
}

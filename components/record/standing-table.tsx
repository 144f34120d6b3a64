'use client';
import { ActionIcon } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { DateTime } from '#components/ui/date-time.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Link } from '#components/ui/link.tsx';
import { StagePips } from '#components/ui/stage-pips.tsx';
import { GroundFacts } from './ground-facts.tsx';
import s from './record.module.css';
import { evidenceOf, type ThenNow, wordOf } from './then-now.ts';

/** What stood in the stages at the moment, against now; each line opens to show the words and the evidence. */
export function StandingTable({ lines, past }: { lines: ThenNow[]; past: boolean }) {
  const project = useProject();
  const [open, setOpen] = useState<string | null>(null);
  const columns = useMemo(() => columnsOf(project.name, past, open, setOpen), [project.name, past, open]);
  return (
    <div className={s.table}>
      <DataTable
        label="What stood in which stage"
        columns={columns}
        rows={lines}
        rowKey={(line) => line.key}
        inset
        below={(line) => {
          const shown = line.before ?? line.after;
          return open === line.key && shown ? (
            <div className={s.below}>
              <GroundFacts project={project.name} standing={shown} />
            </div>
          ) : null;
        }}
        empty={
          <EmptyState
            compact
            title="Nothing stood in any stage."
            explanation="Choose a later moment, or a model to see every version that it had."
          />
        }
      />
    </div>
  );
}

function columnsOf(
  project: string,
  past: boolean,
  open: string | null,
  setOpen: (key: string | null) => void,
): Column<ThenNow>[] {
  const columns: Column<ThenNow>[] = [
    {
      id: 'open',
      head: <span className="sr-only">Details</span>,
      width: 60,
      cell: (line) => (
        <ActionIcon
          size={22}
          aria-expanded={open === line.key}
          aria-label={`Details of ${line.model}`}
          onClick={() => setOpen(open === line.key ? null : line.key)}
        >
          {open === line.key ? <IconChevronDown size={14} stroke={1.75} /> : <IconChevronRight size={14} stroke={1.75} />}
        </ActionIcon>
      ),
    },
    {
      id: 'version',
      head: 'Version',
      cell: (line) =>
        line.before ? (
          <Link className="link" href={`/${project}/models/${encodeURIComponent(line.model)}/${line.before.version}`}>
            {line.model} v{line.before.version}
          </Link>
        ) : (
          <span className="ink-3">none of {line.model}</span>
        ),
    },
    { id: 'stage', head: 'Stage', width: 128, cell: (line) => <StagePips stage={line.stage} /> },
    { id: 'since', head: 'Since', width: 120, cell: (line) => (line.before ? <DateTime at={line.before.since} /> : '–') },
    { id: 'word', head: 'On the word of', width: 128, cell: (line) => (line.before ? wordOf(line.before) : '–') },
    {
      id: 'evidence',
      head: 'On evidence',
      hideBelow: 1440,
      cell: (line) =>
        (line.before && evidenceOf(line.before)) ?? <span className="ink-3">{line.before ? 'moved by hand' : '–'}</span>,
    },
  ];
  return past ? [...columns, { id: 'now', head: 'Now', width: 176, cell: (line) => <NowCell line={line} /> }] : columns;
}

function NowCell({ line }: { line: ThenNow }) {
  if (line.change === 'same') return <span className="ink-3">the same</span>;
  if (!line.after) {
    return (
      <span>
        gone
        {line.before?.until && (
          <span className="ink-3">
            {' '}
            since <DateTime at={line.before.until} form="day" />
          </span>
        )}
      </span>
    );
  }
  return (
    <span>
      v{line.after.version}{' '}
      <span className="ink-3">
        since <DateTime at={line.after.since} form="day" />
      </span>
    </span>
  );
}

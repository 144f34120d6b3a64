'use client';
import { Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { DateTime } from '#components/ui/date-time.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import type { Column } from '#server/features/datasets/columns.schema.ts';
import type { Cell, Row } from '#server/features/datasets/rows.schema.ts';
import type { VersionDetail } from '#server/features/datasets/versions.schema.ts';
import { KindIcon } from '../kinds.tsx';
import s from './version.module.css';

/** One row whole: every column, every text to its end. */
export function RowDrawer({ version, row, onClose }: { version: VersionDetail; row: number | null; onClose: () => void }) {
  return (
    <Drawer
      opened={row !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={`Row ${row ?? ''}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {row !== null && <WholeRow version={version} row={row} />}
    </Drawer>
  );
}

function WholeRow({ version, row }: { version: VersionDetail; row: number }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const found = useQuery(
    trpc.datasets.rows.queryOptions(
      { project, versionId: version.id, limit: 1, filter: [{ op: 'is', column: '_row', value: String(row) }] },
      { staleTime: Number.POSITIVE_INFINITY },
    ),
  );
  return (
    <QueryGate query={found} what="The row" rows={6}>
      {(page) =>
        page.rows[0] ? <RowView version={version} row={page.rows[0]} /> : <p className="ink-2">This row is not there any more.</p>
      }
    </QueryGate>
  );
}

function RowView({ version, row }: { version: VersionDetail; row: Row }) {
  return (
    <>
      <Facts
        items={[
          { term: 'Part', value: row.split ?? '–' },
          row.labelSource !== null && { term: 'Label from', value: row.labelSource },
        ]}
      />
      <dl className={s.cells}>
        {version.columns.map((column, index) => (
          <div key={column.name}>
            <dt>
              <KindIcon kind={column.kind} /> {column.name}
            </dt>
            <dd>
              {row.cut.includes(index) ? (
                <WholeCell version={version} row={row.row} column={column} />
              ) : (
                <CellText column={column} value={row.cells[index] ?? null} />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function WholeCell({ version, row, column }: { version: VersionDetail; row: number; column: Column }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const cell = useQuery(
    trpc.datasets.cell.queryOptions(
      { project, versionId: version.id, row, column: column.name },
      { staleTime: Number.POSITIVE_INFINITY },
    ),
  );
  return (
    <QueryGate query={cell} what="The text" rows={4}>
      {(found) => (
        <>
          <CellText column={column} value={found.value} />
          {found.cut && (
            <p className="caption">This text is longer than two million characters and ends here. The download has all of it.</p>
          )}
        </>
      )}
    </QueryGate>
  );
}

function CellText({ column, value }: { column: Column; value: Cell }) {
  if (value === null || value === '') return <span className="ink-3">empty</span>;
  if (column.kind === 'time') return <DateTime at={value} seconds />;
  if (column.kind === 'number') return <span className="num">{value}</span>;
  return (
    <>
      <span className={s.text}>{value}</span> <CopyButton value={String(value)} label={`Copy ${column.name}`} />
    </>
  );
}

'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/shell/trpc.ts';
import { Swatch } from '#components/ui/chip.tsx';
import { formatBytes, formatCount } from '#components/ui/format.ts';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Section } from '#components/ui/screen.tsx';
import { Finding } from '#components/ui/sentence.tsx';
import type { DiskOutput } from '#server/features/system/system.schema.ts';
import s from './admin.module.css';

const COLORS = ['var(--series-1)', 'var(--series-2)', 'var(--series-3)'];
const LOW_SHARE = 0.1;

/** How full the disk of the data folder is, and with what. */
export function DiskTab() {
  const trpc = useTRPC();
  const query = useQuery(trpc.system.disk.queryOptions(undefined, { refetchInterval: 30_000 }));
  return (
    <Section padded title="Disk" caption={query.data?.folder}>
      <QueryGate query={query} what="The disk" rows={4}>
        {(disk) => <Disk disk={disk} />}
      </QueryGate>
    </Section>
  );
}

function Disk({ disk }: { disk: DiskOutput }) {
  const ours = disk.parts.reduce((sum, part) => sum + part.bytes, 0);
  const others = Math.max(0, disk.totalBytes - disk.freeBytes - ours);
  const rows = [
    ...disk.parts.map((part, index) => ({ ...part, color: COLORS[index] ?? 'var(--ref)' })),
    { name: 'Others', bytes: others, files: null, note: 'what else lies on this disk', color: 'var(--ref)' },
    { name: 'Free', bytes: disk.freeBytes, files: null, note: '', color: 'var(--track)' },
  ];
  const low = disk.freeBytes / disk.totalBytes < LOW_SHARE;
  return (
    <div className={s.disk}>
      {low && (
        <Finding tone="warn" title={`Only ${formatBytes(disk.freeBytes)} are free.`}>
          Imports and trainings fail when the disk is full. Make room, or move the data folder to a larger disk.
        </Finding>
      )}
      <p>
        <span className="strong num">{formatBytes(disk.freeBytes)}</span> of{' '}
        <span className="num">{formatBytes(disk.totalBytes)}</span> free; Stagecraft takes{' '}
        <span className="num">{formatBytes(ours)}</span>.
      </p>
      <div className={s.parts} aria-hidden="true">
        {rows
          .filter((row) => row.name !== 'Free' && row.bytes > 0)
          .map((row) => (
            <span key={row.name} style={{ width: `${(row.bytes / disk.totalBytes) * 100}%`, background: row.color }} />
          ))}
      </div>
      <ul className={s.legend}>
        {rows.map((row) => (
          <li key={row.name}>
            <Swatch color={row.color} />
            <span>{row.name}</span>
            <span className={`num ${s.bytes}`}>{formatBytes(row.bytes)}</span>
            <span className="caption">
              {row.files !== null && `${formatCount(row.files, 'file')}: `}
              {row.note}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

'use client';
import { Select } from '@mantine/core';
import { formatNumber } from '#components/ui/format.ts';
import { ScrollRegion } from '#components/ui/scroll-region.tsx';
import type { ColumnKind } from '#server/features/datasets/columns.schema.ts';
import { COLUMN_KINDS } from '#server/features/datasets/columns.schema.ts';
import type { InspectedColumn, Inspection } from '#server/features/datasets/uploads.schema.ts';
import s from '../datasets.module.css';
import { KIND_WORDS, KindIcon } from '../kinds.tsx';

const KINDS = COLUMN_KINDS.map((kind) => ({ value: kind, label: kind }));

/** Each column with some of its values, the kind that it seems to have, and why; the kind can be changed. */
export function ColumnsTable({
  file,
  kinds,
  onChange,
}: {
  file: Inspection;
  kinds: ColumnKind[];
  onChange: (kinds: ColumnKind[]) => void;
}) {
  const fixed = file.format === 'mail';
  const set = (index: number, kind: ColumnKind) => onChange(kinds.map((one, at) => settled(one, at, index, kind)));
  return (
    <table className={s.kinds}>
      <thead>
        <tr>
          <th scope="col">Column</th>
          <th scope="col">Kind</th>
          <th scope="col">Why</th>
          <th scope="col" className={s.wide}>
            Filled
          </th>
          <th scope="col" className={s.wide}>
            Some of its values
          </th>
        </tr>
      </thead>
      <tbody>
        {file.columns.map((column, index) => (
          <tr key={column.source}>
            <th scope="row">
              <KindIcon kind={kinds[index] ?? column.kind} /> {column.name}
            </th>
            <td>
              {fixed ? (
                column.kind
              ) : (
                <KindSelect column={column} kind={kinds[index] ?? column.kind} onChange={(kind) => set(index, kind)} />
              )}
            </td>
            <td className="ink-2">
              {kinds[index] === column.kind ? column.why : `you say: ${KIND_WORDS[kinds[index] ?? column.kind]}`}
            </td>
            <td className={`num ${s.wide}`}>
              {formatNumber(column.filled)} of {formatNumber(file.rowsLookedAt)}
            </td>
            <td className={`${s.samples} ${s.wide} ink-2`} title={column.samples.join(' · ')}>
              {column.samples.join(' · ') || '–'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function KindSelect({
  column,
  kind,
  onChange,
}: {
  column: InspectedColumn;
  kind: ColumnKind;
  onChange: (kind: ColumnKind) => void;
}) {
  return (
    <Select
      size="xs"
      w={128}
      aria-label={`Kind of ${column.name}`}
      allowDeselect={false}
      data={KINDS}
      value={kind}
      onChange={(value) => value && onChange(value as ColumnKind)}
    />
  );
}

/** A second key or label takes the place of the first. */
function settled(kind: ColumnKind, at: number, changed: number, to: ColumnKind): ColumnKind {
  if (at === changed) return to;
  if (kind !== to || (to !== 'key' && to !== 'label')) return kind;
  return to === 'key' ? 'text' : 'category';
}

/** The first rows as they are read. */
export function FirstRows({ file }: { file: Inspection }) {
  return (
    <ScrollRegion label="First rows of the file" maxHeight={320}>
      <table className={s.kinds}>
        <thead>
          <tr>
            {file.columns.map((column) => (
              <th key={column.source} scope="col">
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {file.rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, at) => (
                <td key={at} className={s.samples}>
                  {cell ?? <span className="ink-3">–</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

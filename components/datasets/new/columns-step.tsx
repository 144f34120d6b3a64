'use client';
import { Checkbox, Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { formatCount } from '#components/ui/format.ts';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Section } from '#components/ui/screen.tsx';
import type { ColumnKind } from '#server/features/datasets/columns.schema.ts';
import type { ReadOptions } from '#server/features/datasets/recipe.schema.ts';
import type { Inspection, UploadView } from '#server/features/datasets/uploads.schema.ts';
import s from '../datasets.module.css';
import { ColumnsTable } from './columns-table.tsx';
import { CreateForm } from './create-form.tsx';
import { Troubles } from './troubles.tsx';

const DELIMITERS = [
  { value: ',', label: 'comma' },
  { value: ';', label: 'semicolon' },
  { value: '\t', label: 'tab' },
  { value: '|', label: 'bar' },
];
const ENCODINGS = [
  { value: 'utf-8', label: 'UTF-8' },
  { value: 'windows-1252', label: 'Windows-1252 (Western European)' },
  { value: 'utf-16le', label: 'UTF-16' },
  { value: 'utf-16be', label: 'UTF-16, big-endian' },
];

/** What the file seems to hold, to be confirmed or corrected, and then the dataset itself. */
export function ColumnsStep({ upload }: { upload: UploadView }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const [options, setOptions] = useState<ReadOptions>();
  const inspected = useQuery(
    trpc.datasets.inspect.queryOptions(
      { project, uploadId: upload.id, ...(options ? { options } : {}) },
      { placeholderData: keepPreviousData, staleTime: Number.POSITIVE_INFINITY, retry: false },
    ),
  );
  return (
    <QueryGate query={inspected} what="The file" rows={8}>
      {(file) => (
        <>
          {file.format === 'csv' && (
            <ReadingOptions file={file} onChange={(change) => setOptions({ ...file.options, ...change })} />
          )}
          <Confirmed
            key={JSON.stringify([file.options, file.columns.map((column) => column.source)])}
            file={file}
            upload={upload}
          />
        </>
      )}
    </QueryGate>
  );
}

function ReadingOptions({ file, onChange }: { file: Inspection; onChange: (change: ReadOptions) => void }) {
  return (
    <Section title="How it is read" divided>
      <div className={s.options}>
        <Select
          label="Cells are separated by"
          allowDeselect={false}
          data={DELIMITERS}
          value={file.options.delimiter ?? ','}
          onChange={(delimiter) =>
            onChange({
              delimiter: DELIMITERS.map((one) => one.value).includes(delimiter ?? '')
                ? (delimiter as ReadOptions['delimiter'])
                : ',',
            })
          }
        />
        <Select
          label="Characters"
          allowDeselect={false}
          data={ENCODINGS}
          value={file.options.encoding ?? 'utf-8'}
          onChange={(encoding) => onChange({ encoding: encoding as ReadOptions['encoding'] })}
        />
        <Checkbox
          mt={28}
          label="The first line holds the names"
          checked={file.options.header ?? true}
          onChange={(event) => onChange({ header: event.currentTarget.checked })}
        />
      </div>
    </Section>
  );
}

function Confirmed({ file, upload }: { file: Inspection; upload: UploadView }) {
  const [kinds, setKinds] = useState<ColumnKind[]>(() => file.columns.map((column) => column.kind));
  const columns = file.columns.map((column, index) => ({
    name: column.name,
    source: column.source,
    kind: kinds[index] ?? column.kind,
  }));
  const looked = file.wholeFile
    ? `all ${formatCount(file.rowsLookedAt, 'row')}`
    : `the first ${formatCount(file.rowsLookedAt, 'row')}`;
  return (
    <>
      <Section
        divided
        title={file.format === 'mail' ? '2. What the mails become' : '2. What the columns are'}
        caption={
          file.format === 'mail'
            ? `from the first ${formatCount(file.rowsLookedAt, 'file')} in the archive`
            : `as they seem from ${looked}`
        }
      >
        <ColumnsTable file={file} kinds={kinds} onChange={setKinds} />
        <Troubles file={file} />
      </Section>
      <CreateForm file={file} upload={upload} columns={columns} />
    </>
  );
}

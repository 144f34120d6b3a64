'use client';
import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { Link } from '#components/ui/link.tsx';
import type { VersionDetail } from '#server/features/datasets/versions.schema.ts';
import { ImportLabelsDialog } from '../acts/import-labels-dialog.tsx';
import { NewSplitDialog } from '../acts/new-split-dialog.tsx';

const CHEVRON = <IconChevronDown size={14} stroke={1.75} aria-hidden />;

/** What can be done with a version: take it away as a file, divide it anew, put labels on it, train. */
export function VersionActions({ version }: { version: VersionDetail }) {
  const project = useProject();
  const [open, setOpen] = useState<'labels' | 'split' | null>(null);
  const file = (format: string) => `/api/files/${project.name}/versions/${version.id}?format=${format}`;
  return (
    <>
      <Menu>
        <Menu.Target>
          <Button leftSection={<IconDownload size={16} stroke={1.75} aria-hidden />} rightSection={CHEVRON}>
            Download
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component="a" href={file('parquet')} download>
            Parquet, as it is stored
          </Menu.Item>
          <Menu.Item component="a" href={file('csv')} download>
            CSV
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {project.can('data:write') && (
        <>
          <Button onClick={() => setOpen('split')}>New split…</Button>
          <Button onClick={() => setOpen('labels')}>Import labels…</Button>
        </>
      )}
      {project.can('label:manage') && (
        <Button component={Link} href={`/${project.name}/labeling/new?dataset=${version.dataset}&version=${version.number}`}>
          Label…
        </Button>
      )}
      {project.can('run:write') && version.columns.some((column) => column.kind === 'label') && (
        <Button
          variant="filled"
          component={Link}
          href={`/${project.name}/experiments/launch?dataset=${version.dataset}&version=${version.number}`}
        >
          Train on this…
        </Button>
      )}
      {open === 'labels' && <ImportLabelsDialog version={version} onClose={() => setOpen(null)} />}
      {open === 'split' && <NewSplitDialog version={version} onClose={() => setOpen(null)} />}
    </>
  );
}

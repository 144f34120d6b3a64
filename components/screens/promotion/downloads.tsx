'use client';
import { Button, Menu } from '@mantine/core';
import { IconDownload, IconFileTypeHtml, IconFileTypePdf, IconPrinter } from '@tabler/icons-react';
import { useProject } from '#components/shell/project-context.tsx';

const ICON = { size: 16, stroke: 1.75, 'aria-hidden': true } as const;

/** The page on paper, and the whole evidence as one file: PDF, or HTML that needs nothing else. */
export function Downloads({ id }: { id: string }) {
  const { name: project } = useProject();
  const file = (form: 'pdf' | 'html') => `/api/files/${project}/promotions/${id}?form=${form}`;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button leftSection={<IconDownload {...ICON} />}>Keep or print</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={file('pdf')} download leftSection={<IconFileTypePdf {...ICON} />}>
          Evidence as PDF
        </Menu.Item>
        <Menu.Item component="a" href={file('html')} download leftSection={<IconFileTypeHtml {...ICON} />}>
          Evidence as one HTML file
        </Menu.Item>
        <Menu.Item leftSection={<IconPrinter {...ICON} />} onClick={() => window.print()}>
          Print this page
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

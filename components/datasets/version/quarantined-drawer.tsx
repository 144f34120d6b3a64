'use client';
import { Button, Drawer } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { Facts } from '#components/ui/facts.tsx';
import { formatBytes } from '#components/ui/format.ts';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { ScrollRegion } from '#components/ui/scroll-region.tsx';
import s from './version.module.css';

/** One thing in quarantine in its raw form, with its reason. */
export function QuarantinedDrawer({
  versionId,
  index,
  onClose,
}: {
  versionId: string;
  index: number | null;
  onClose: () => void;
}) {
  return (
    <Drawer
      opened={index !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title="In quarantine"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {index !== null && <Opened versionId={versionId} index={index} />}
    </Drawer>
  );
}

function Opened({ versionId, index }: { versionId: string; index: number }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const found = useQuery(
    trpc.datasets.quarantined.queryOptions({ project, versionId, index }, { staleTime: Number.POSITIVE_INFINITY }),
  );
  return (
    <QueryGate query={found} what="Its raw form" rows={8}>
      {(row) => (
        <>
          <Facts
            items={[
              { term: 'Where', value: row.place },
              { term: 'Reason', value: row.reason },
              { term: 'Exactly', value: row.detail },
              { term: 'Size', value: formatBytes(row.bytes) },
            ]}
          />
          <Button
            size="xs"
            component="a"
            href={`/api/files/${project}/versions/${versionId}/quarantine/${index}`}
            download
            leftSection={<IconDownload size={14} stroke={1.75} aria-hidden />}
          >
            Download it as it came
          </Button>
          <ScrollRegion label="Raw form" maxHeight="70vh">
            <pre className={s.raw}>{row.raw}</pre>
          </ScrollRegion>
          {row.cut && <p className="caption">Only the first 64 kB are shown; the download has all of it.</p>}
        </>
      )}
    </QueryGate>
  );
}

'use client';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { useConfirm } from '#components/ui/confirm.tsx';
import { describeError } from '#components/ui/describe-error.ts';
import { formatCount } from '#components/ui/format.ts';
import { Link } from '#components/ui/link.tsx';
import type { LabelingDetail } from '#server/features/labeling/labeling.schema.ts';
import { MakeVersion } from './make-version.tsx';

/** What can be done with a labeling project: close or open it, make a dataset version of it, label. */
export function OverviewActions({ labeling }: { labeling: LabelingDetail }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const project = useProject();
  const confirm = useConfirm();
  const [opened, making] = useDisclosure(false);
  const setState = useMutation(
    trpc.labeling.setState.mutationOptions({
      onSuccess: () => queries.invalidateQueries(trpc.labeling.pathFilter()),
      onError: (error) => notifications.show({ message: describeError(error).why, autoClose: false }),
    }),
  );
  const { status, counts } = labeling;
  const change = (state: 'active' | 'closed') =>
    setState.mutate({ project: project.name, labeling: labeling.name, version: labeling.version, state });
  const close = async () => {
    const left =
      counts.open > 0 ? `${formatCount(counts.open, 'item')} ${counts.open === 1 ? 'is' : 'are'} not answered yet. ` : '';
    const body = `${left}Nobody gets items from it any more; the answers are kept, and you can open it again.`;
    if (await confirm({ title: `Close ${labeling.name}?`, body, verb: 'Close it' })) change('closed');
  };
  const leads = project.can('label:manage');
  return (
    <>
      {leads && status === 'active' && (
        <Button loading={setState.isPending} onClick={() => void close()}>
          Close
        </Button>
      )}
      {leads && status === 'closed' && (
        <Button loading={setState.isPending} onClick={() => change('active')}>
          Open again
        </Button>
      )}
      {project.can('data:write') && counts.done > 0 && (
        <Button variant={counts.open === 0 ? 'filled' : 'default'} onClick={making.open}>
          Make dataset version…
        </Button>
      )}
      {status === 'active' && counts.open > 0 && project.can('label:write') && (
        <Button variant="filled" component={Link} href={`/${project.name}/labeling/${labeling.name}/work`}>
          Label
        </Button>
      )}
      {opened && <MakeVersion labeling={labeling} onClose={making.close} />}
    </>
  );
}

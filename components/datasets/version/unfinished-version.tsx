'use client';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { Link } from '#components/ui/link.tsx';
import { ProgressBar } from '#components/ui/progress.tsx';
import { Section } from '#components/ui/screen.tsx';
import { Finding } from '#components/ui/sentence.tsx';
import type { VersionDetail } from '#server/features/datasets/versions.schema.ts';

/** A version that is being built, with a way to stop it, or one that couldn't be built, with its reason. */
export function UnfinishedVersion({ version }: { version: VersionDetail }) {
  const trpc = useTRPC();
  const project = useProject();
  const cancel = useMutation(trpc.datasets.cancel.mutationOptions());
  const stop = project.can('data:write') ? () => cancel.mutate({ project: project.name, versionId: version.id }) : undefined;
  if (version.status === 'building') {
    return (
      <Section padded>
        <ProgressBar
          label={`Building v${version.number}`}
          detail={version.progress?.doing}
          share={version.progress?.share ?? 0}
          startedAt={version.createdAt}
          onCancel={stop}
          cancelling={cancel.isPending}
          cancelWord="Stop"
        />
        {cancel.error && <ErrorLine error={cancel.error} />}
      </Section>
    );
  }
  return (
    <Finding
      tone="bad"
      title={version.error ?? 'This version could not be built.'}
      actions={
        project.can('data:write') && (
          <Button size="xs" component={Link} href={`/${project.name}/datasets/new`}>
            Upload a file again…
          </Button>
        )
      }
    >
      Nothing was made of it. The other versions of {version.dataset} are as they were.
    </Finding>
  );
}

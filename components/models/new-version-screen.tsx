'use client';
import { Stack } from '@mantine/core';
import { useProject } from '#components/shell/project-context.tsx';
import { Link } from '#components/ui/link.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { Screen } from '#components/ui/screen.tsx';
import s from './models.module.css';
import { RunVersionForm } from './run-version-form.tsx';
import { UploadVersionForm } from './upload-version-form.tsx';

/** Registers a model version: from a run, or from an ONNX file of one's own. */
export function NewVersionScreen({ source, model }: { source: { experiment: string; run: string } | null; model: string }) {
  const project = useProject();
  const path = `/${project.name}/models`;
  return (
    <Screen
      head={
        <PageHead
          crumbs={[{ label: 'Models', href: path }, ...(model ? [{ label: model, href: `${path}/${model}` }] : [])]}
          title={source ? `Register run ${source.run}` : 'Register a version'}
        />
      }
    >
      {source ? (
        <RunVersionForm source={source} model={model} />
      ) : (
        <Stack gap={16}>
          <p className="explain">
            To register a run of an experiment, open it under{' '}
            <Link className={s.inText} href={`/${project.name}/experiments`}>
              Experiments
            </Link>{' '}
            and choose Register there. Here you register an ONNX file of your own.
          </p>
          <UploadVersionForm model={model} />
        </Stack>
      )}
    </Screen>
  );
}

'use client';
import { Button } from '@mantine/core';
import { useProject } from '#components/shell/project-context.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { formatBytes } from '#components/ui/format.ts';
import { PageHead } from '#components/ui/page-head.tsx';
import { ProgressBar } from '#components/ui/progress.tsx';
import { Screen, Section } from '#components/ui/screen.tsx';
import { UploadDrop } from '#components/ui/upload-drop.tsx';
import s from '../datasets.module.css';
import { useUpload } from '../use-upload.ts';
import { ColumnsStep } from './columns-step.tsx';

/** A file becomes a dataset: drop it, say what its columns are, name it. Nothing is imported before the last button. */
export function NewDatasetScreen() {
  const project = useProject();
  const upload = useUpload();
  const head = <PageHead crumbs={[{ label: 'Data', href: `/${project.name}/datasets` }]} title="New dataset" />;
  if (!project.can('data:write')) {
    return (
      <Screen head={head}>
        <p className="explain">Your role here doesn’t make datasets. Ask a scientist or an admin of the project.</p>
      </Screen>
    );
  }
  return (
    <Screen head={head}>
      <Section title="1. The file">
        {upload.file ? (
          <div className={s.file}>
            <span className="strong">{upload.file.filename}</span>
            <span className="ink-3 num">{formatBytes(upload.file.size)}</span>
            <Button size="xs" variant="subtle" onClick={upload.reset}>
              Take another file
            </Button>
          </div>
        ) : upload.share !== null ? (
          <ProgressBar label="Sending the file" share={upload.share} onCancel={upload.stop} />
        ) : (
          <UploadDrop
            label="Drop a file here, or choose one"
            hint="A table as CSV, JSON Lines or Parquet, or raw mails in a tar or tar.gz"
            onDrop={upload.send}
          />
        )}
        {upload.error !== null && <ErrorLine error={upload.error} />}
      </Section>
      {upload.file && <ColumnsStep key={upload.file.id} upload={upload.file} />}
    </Screen>
  );
}

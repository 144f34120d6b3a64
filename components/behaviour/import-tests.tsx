'use client';
import { Button, Checkbox, Group, Modal, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { formatCount } from '#components/ui/format.ts';
import { UploadDrop } from '#components/ui/upload-drop.tsx';

const MOST_BYTES = 20_000_000;

/** Takes the rows of a CSV or JSON Lines file; lines that are no tests are named. */
export function ImportTests({ model, onClose }: { model: string; onClose: () => void }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const queries = useQueryClient();
  const [replace, setReplace] = useState(false);
  const work = useMutation(
    trpc.behaviour.import.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.behaviour.list.queryKey({ project, model }) }),
    }),
  );
  const take = async ([file]: File[]) => {
    if (!file) return;
    const format = /\.(jsonl|ndjson|json)$/i.test(file.name) ? 'jsonl' : 'csv';
    work.mutate({ project, model, format, text: await file.text(), replace });
  };
  const done = work.data;
  return (
    <Modal opened onClose={onClose} title="Which tests come in?" size={480} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap={12}>
        {done ? (
          <>
            <p role="status">
              {formatCount(done.added, 'row')} came in{done.removed > 0 ? `, ${formatCount(done.removed, 'row')} went` : ''}.
              {done.problems.length > 0 && ` ${formatCount(done.problems.length, 'line')} could not be taken as they are:`}
            </p>
            {done.problems.length > 0 && (
              <ul>
                {done.problems.slice(0, 20).map((problem) => (
                  <li key={`${problem.line} ${problem.message}`} className="caption">
                    Line {problem.line}: {problem.message}
                  </li>
                ))}
              </ul>
            )}
            <Group justify="flex-end">
              <Button variant="filled" onClick={onClose}>
                Look at the tests
              </Button>
            </Group>
          </>
        ) : (
          <>
            <p className="ink-2">
              The first line of a CSV names the columns: kind, capability, name, changes, expect, and a column for each field of
              the model. An export of these tests is a good pattern.
            </p>
            <Checkbox
              label="Put them in the place of all rows that are here; regression cases stay"
              checked={replace}
              onChange={(event) => setReplace(event.currentTarget.checked)}
            />
            <UploadDrop
              label="Drop a CSV or JSON Lines file"
              onDrop={(files) => void take(files)}
              maxBytes={MOST_BYTES}
              busy={work.isPending}
            />
            {work.error && <ErrorLine error={work.error} />}
          </>
        )}
      </Stack>
    </Modal>
  );
}

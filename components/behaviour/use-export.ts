'use client';
import { notifications } from '@mantine/notifications';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPCClient } from '#components/shell/trpc.ts';
import { describeError } from '#components/ui/describe-error.ts';

/** Gives the tests as a file to the browser. */
export function useExport(model: string) {
  const { name: project } = useProject();
  const client = useTRPCClient();
  return async (format: 'csv' | 'jsonl') => {
    try {
      const file = await client.behaviour.export.query({ project, model, format });
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([file.text], { type: file.mediaType }));
      link.download = file.filename;
      link.click();
      URL.revokeObjectURL(link.href);
    } catch (error) {
      notifications.show({ message: `The tests could not be exported. ${describeError(error).why}` });
    }
  };
}

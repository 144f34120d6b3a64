'use client';
import { Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { formatCount } from '#components/ui/format.ts';
import s from './monitoring.module.css';
import type { MonitorDetail } from './types.ts';

/** Takes the open alerts on oneself, with a note for the others. */
export function AcknowledgeForm({ monitor, onClose }: { monitor: MonitorDetail; onClose: () => void }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const { name: project } = useProject();
  const [note, setNote] = useState('');
  const open = monitor.alerts.filter((alert) => alert.resolvedAt === null && alert.acknowledgedAt === null);
  const acknowledge = useMutation(trpc.monitoring.acknowledge.mutationOptions());
  const submit = async () => {
    try {
      for (const alert of open) await acknowledge.mutateAsync({ project, alertId: alert.id, note });
      onClose();
    } catch {
      // The line under the field says what happened; those before it are acknowledged.
    } finally {
      await client.invalidateQueries(trpc.monitoring.get.queryFilter({ project, monitor: monitor.name }));
    }
  };
  if (open.length === 0) return null;
  return (
    <section className={s.act} aria-label="Acknowledge">
      <form
        className={s.form}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <h2>Acknowledge {formatCount(open.length, 'open alert')}</h2>
        <ul className={s.limits}>
          {open.map((alert) => (
            <li key={alert.id}>{alert.sentence}</li>
          ))}
        </ul>
        <Textarea
          label="Note"
          description="What you make of it, and what happens now. The others read it here and in the audit."
          autosize
          minRows={2}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {acknowledge.error && <ErrorLine error={acknowledge.error} />}
        <div className={s.acts}>
          <Button type="submit" variant="filled" loading={acknowledge.isPending}>
            Acknowledge
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </section>
  );
}

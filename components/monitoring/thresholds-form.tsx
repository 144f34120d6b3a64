'use client';
import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { zod4Resolver } from 'mantine-form-zod-resolver';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { describeError } from '#components/ui/describe-error.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { type MonitorSettings, monitorSettings } from '#server/features/monitoring/monitors.schema.ts';
import s from './monitoring.module.css';
import { SettingsFields } from './settings-fields.tsx';
import { LIMITS, ruleInWords } from './settings-words.ts';
import type { MonitorDetail } from './types.ts';

/** Windows and limits, in the page: to be changed by whoever may, to be read by all. */
export function ThresholdsForm({ monitor, onClose }: { monitor: MonitorDetail; onClose: () => void }) {
  const project = useProject();
  // What was open when the form was: a change by somebody else must not slip under the fields.
  const [seen, setSeen] = useState(monitor);
  return (
    <section className={s.act} aria-label="Windows and thresholds">
      {project.can('monitor:write') ? (
        <EditThresholds key={seen.version} monitor={seen} newest={monitor} onReload={() => setSeen(monitor)} onClose={onClose} />
      ) : (
        <ReadThresholds settings={monitor.settings} onClose={onClose} />
      )}
    </section>
  );
}

function EditThresholds({
  monitor,
  newest,
  onReload,
  onClose,
}: {
  monitor: MonitorDetail;
  newest: MonitorDetail;
  onReload: () => void;
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const { name: project } = useProject();
  const form = useForm<MonitorSettings>({ initialValues: monitor.settings, validate: zod4Resolver(monitorSettings) });
  const again = () => client.invalidateQueries(trpc.monitoring.get.queryFilter({ project, monitor: monitor.name }));
  const save = useMutation(
    trpc.monitoring.updateSettings.mutationOptions({
      onSuccess: async () => {
        await again();
        notifications.show({ message: 'Saved. Every window is being computed again.' });
        onClose();
      },
      onError: () => void again(),
    }),
  );
  const conflict = describeError(save.error).code === 'CONFLICT';
  return (
    <form
      className={s.form}
      onSubmit={form.onSubmit((settings) => save.mutate({ project, monitor: monitor.name, version: monitor.version, settings }))}
      noValidate
    >
      <h2>Windows and thresholds</h2>
      <p className="caption">{ruleInWords(form.values)}</p>
      <SettingsFields form={form} />
      {save.error && <ErrorLine error={save.error} />}
      <div className={s.acts}>
        {conflict && newest.version !== monitor.version ? (
          <Button variant="filled" onClick={onReload}>
            Look at them again
          </Button>
        ) : (
          <Button type="submit" variant="filled" loading={save.isPending} disabled={!form.isDirty()}>
            Save and compute again
          </Button>
        )}
        <Button onClick={onClose}>Close</Button>
      </div>
    </form>
  );
}

function ReadThresholds({ settings, onClose }: { settings: MonitorSettings; onClose: () => void }) {
  return (
    <div className={s.form}>
      <h2>Windows and thresholds</h2>
      <p className="ink-2">{ruleInWords(settings)}</p>
      <ul className={s.limits}>
        {LIMITS.map((limit) => (
          <li key={limit.key}>
            <span className="strong">{limit.title}</span>: possible from {settings[limit.key].possible}, drift from{' '}
            {settings[limit.key].drift}. <span className="caption">{limit.source}</span>
          </li>
        ))}
      </ul>
      <div className={s.acts}>
        <Button onClick={onClose}>Close</Button>
      </div>
    </div>
  );
}

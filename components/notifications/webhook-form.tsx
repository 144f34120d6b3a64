'use client';
import { Button, Checkbox, Modal, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { kindNames } from '#server/features/notifications/kinds.schema.ts';
import { createWebhookInput, type Webhook } from '#server/features/notifications/webhooks.schema.ts';
import s from './notifications.module.css';
import { WebhookSecret } from './webhook-secret.tsx';

type Props = { hook: Webhook | null; onClose: () => void; onSaved: () => void };
type Values = { name: string; url: string; kinds: string[]; enabled: boolean };

/** Makes a webhook and shows its secret, this one time; or changes one. */
export function WebhookForm({ hook, onClose, onSaved }: Props) {
  const project = useProject();
  const trpc = useTRPC();
  const [secret, setSecret] = useState<string | null>(null);
  const create = useMutation(
    trpc.webhooks.create.mutationOptions({
      onSuccess: (made) => {
        setSecret(made.secret);
        onSaved();
      },
    }),
  );
  const change = useMutation(
    trpc.webhooks.change.mutationOptions({
      onSuccess: () => {
        onSaved();
        onClose();
      },
    }),
  );
  const form = useForm<Values>({
    initialValues: { name: hook?.name ?? '', url: hook?.url ?? '', kinds: hook?.kinds ?? [], enabled: hook?.enabled ?? true },
  });
  const submit = form.onSubmit(({ enabled, ...values }) => {
    const known = values.kinds.filter((kind) => kindNames.some((name) => name === kind));
    const input = createWebhookInput.safeParse({ ...values, kinds: known });
    if (!input.success) {
      return form.setErrors(Object.fromEntries(input.error.issues.map((issue) => [issue.path[0] ?? '', issue.message])));
    }
    if (!hook) return create.mutate({ project: project.name, ...input.data });
    change.mutate({ project: project.name, id: hook.id, version: hook.version, enabled, ...input.data });
  });
  if (secret) return <WebhookSecret secret={secret} title={`Webhook ${form.values.name}`} onClose={onClose} />;
  const error = create.error ?? change.error;
  const title = hook ? `Change ${hook.name}` : 'Where shall events be sent?';
  return (
    <Modal opened onClose={onClose} title={title} size={620} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form className={s.stack} onSubmit={submit} noValidate>
        <TextInput label="Name" placeholder="release-pipeline" data-autofocus {...form.getInputProps('name')} />
        <TextInput label="Address" placeholder="https://ci.example.org/hooks/stagecraft" {...form.getInputProps('url')} />
        <Checkbox.Group label="Events" {...form.getInputProps('kinds')}>
          <div className={s.kinds}>
            {kindNames.map((kind) => (
              <Checkbox key={kind} size="sm" value={kind} label={<span className="mono">{kind}</span>} />
            ))}
          </div>
        </Checkbox.Group>
        {hook && (
          <Switch
            label="Switched on"
            description={hook.disabledReason ?? 'Switched off, nothing is sent; what waits is given up.'}
            {...form.getInputProps('enabled', { type: 'checkbox' })}
          />
        )}
        {error && <ErrorLine error={error} />}
        <div className={s.ends}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" loading={create.isPending || change.isPending}>
            {hook ? 'Save webhook' : 'Add webhook'}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

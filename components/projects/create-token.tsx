'use client';
import { Button, Checkbox, Modal, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { SecretOnce } from '#components/ui/secret-once.tsx';
import { TOKEN_SCOPES } from '#server/auth/roles.ts';
import { SCOPE_WORDS } from './scope-words.ts';
import s from './settings.module.css';

const LIFETIMES = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'one year' },
];

type Values = { name: string; scopes: string[]; days: string };

/** Makes a token and shows it, this one time. */
export function CreateToken({ opened, onClose, onCreated }: { opened: boolean; onClose: () => void; onCreated: () => void }) {
  const project = useProject();
  const trpc = useTRPC();
  const create = useMutation(trpc.projects.tokens.create.mutationOptions({ onSuccess: onCreated }));
  const form = useForm<Values>({
    initialValues: { name: '', scopes: [], days: '90' },
    validate: {
      name: (value) => (value.trim() === '' ? 'Give it a name that says who uses it.' : null),
      scopes: (value) => (value.length === 0 ? 'Choose at least one right.' : null),
    },
  });
  const close = () => {
    onClose();
    form.reset();
    create.reset();
  };
  const submit = form.onSubmit((values) => {
    const scopes = TOKEN_SCOPES.filter((scope) => values.scopes.includes(scope));
    create.mutate({ project: project.name, name: values.name, scopes, expiresInDays: Number(values.days) });
  });
  if (create.data) {
    return (
      <Modal
        opened={opened}
        onClose={close}
        title={`Token ${form.values.name}`}
        closeOnClickOutside={false}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <div className={s.form}>
          <SecretOnce
            label="Token"
            value={create.data.token}
            note="Copy it now: it is shown only this once. Only its fingerprint is kept here."
          />
          <p className="ink-2">
            Programs send it as <code className="mono">Authorization: Bearer …</code>
          </p>
          <div className={s.acts}>
            <Button variant="filled" onClick={close}>
              I have copied it
            </Button>
          </div>
        </div>
      </Modal>
    );
  }
  return (
    <Modal opened={opened} onClose={close} title="Which program is it for?" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form className={s.form} onSubmit={submit} noValidate>
        <TextInput
          label="Name"
          placeholder="mail gateway"
          required
          withAsterisk={false}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Checkbox.Group label="It may" {...form.getInputProps('scopes')}>
          <div className={s.scopes}>
            {TOKEN_SCOPES.map((scope) => (
              <Checkbox
                size="sm"
                key={scope}
                value={scope}
                disabled={!project.can(scope)}
                label={SCOPE_WORDS[scope]}
                description={project.can(scope) ? undefined : 'your role doesn’t hold this'}
              />
            ))}
          </div>
        </Checkbox.Group>
        <Select label="Expires after" data={LIFETIMES} allowDeselect={false} {...form.getInputProps('days')} />
        {create.error && <ErrorLine error={create.error} />}
        <div className={s.acts}>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" variant="filled" loading={create.isPending}>
            Create token
          </Button>
        </div>
      </form>
    </Modal>
  );
}

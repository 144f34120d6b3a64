'use client';
import { Button, NumberInput, PasswordInput, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '#components/shell/trpc.ts';
import { useConfirm } from '#components/ui/confirm.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { type MailOutput, type MailSecurity, mailSecurity, saveMailInput } from '#server/features/notifications/mail.schema.ts';
import s from './notifications.module.css';

const SECURITY = [
  { value: 'starttls', label: 'STARTTLS (587)' },
  { value: 'tls', label: 'TLS from the start (465)' },
  { value: 'none', label: 'none: in the clear' },
];
const PORTS: Record<MailSecurity, number> = { starttls: 587, tls: 465, none: 25 };

type Values = { host: string; port: number; security: MailSecurity; user: string; password: string; from: string };

/** Where mails are handed over. What the environment sets is only shown. */
export function MailForm({ mail }: { mail: MailOutput }) {
  const { server } = mail;
  if (server?.source !== 'environment') return <Editable mail={mail} />;
  return (
    <>
      <p className="ink-2">
        Set in the environment of this installation (<code className="mono">STAGECRAFT_SMTP_URL</code>,{' '}
        <code className="mono">STAGECRAFT_MAIL_FROM</code>); it is changed there.
      </p>
      <Facts
        items={[
          { term: 'Server', value: `${server.host}:${server.port}` },
          { term: 'Encryption', value: SECURITY.find((one) => one.value === server.security)?.label },
          { term: 'User', value: server.user || 'none' },
          { term: 'From', value: server.from },
        ]}
      />
    </>
  );
}

function Editable({ mail }: { mail: MailOutput }) {
  const { server, version } = mail;
  const trpc = useTRPC();
  const client = useQueryClient();
  const confirm = useConfirm();
  const onSuccess = (next: MailOutput) => client.setQueryData(trpc.mail.get.queryKey(), next);
  const save = useMutation(
    trpc.mail.save.mutationOptions({
      onSuccess: (next) => {
        onSuccess(next);
        notifications.show({ message: 'The mail server is set. Try it before you trust it.' });
      },
    }),
  );
  const remove = useMutation(trpc.mail.remove.mutationOptions({ onSuccess }));
  const form = useForm<Values>({
    initialValues: {
      host: server?.host ?? '',
      port: server?.port ?? PORTS.starttls,
      security: server?.security ?? 'starttls',
      user: server?.user ?? '',
      password: '',
      from: server?.from ?? '',
    },
  });
  const submit = form.onSubmit(({ password, ...values }) => {
    const input = saveMailInput.safeParse({ ...values, version, ...(password ? { password } : {}) });
    if (input.success) return save.mutate(input.data);
    form.setErrors(Object.fromEntries(input.error.issues.map((issue) => [issue.path.join('.'), issue.message])));
  });
  const onRemove = async () => {
    const body = 'From now on nothing is mailed. What people have chosen is kept.';
    if (await confirm({ title: 'Remove the mail server?', body, verb: 'Remove mail server', danger: true })) remove.mutate();
  };
  const onSecurity = (value: string | null) => {
    const security = mailSecurity.parse(value);
    form.setValues({ security, port: PORTS[security] });
  };
  return (
    <form className={s.form} onSubmit={submit} noValidate>
      <TextInput label="Server" placeholder="smtp.example.org" {...form.getInputProps('host')} />
      <Select
        label="Encryption"
        data={SECURITY}
        allowDeselect={false}
        {...form.getInputProps('security')}
        onChange={onSecurity}
      />
      <NumberInput label="Port" min={1} max={65_535} allowDecimal={false} {...form.getInputProps('port')} />
      <TextInput label="From" placeholder="Stagecraft <stagecraft@example.org>" {...form.getInputProps('from')} />
      <TextInput label="User" autoComplete="off" placeholder="none" {...form.getInputProps('user')} />
      <PasswordInput
        label="Password"
        autoComplete="new-password"
        placeholder={server?.hasPassword ? 'stays as it is' : 'none'}
        {...form.getInputProps('password')}
      />
      <div className={`${s.wide} ${s.acts}`}>
        <Button type="submit" variant="filled" loading={save.isPending}>
          Save mail server
        </Button>
        {server && (
          <Button variant="outline" loading={remove.isPending} onClick={() => void onRemove()}>
            Remove…
          </Button>
        )}
      </div>
      {(save.error ?? remove.error) ? (
        <div className={s.wide}>
          <ErrorLine error={save.error ?? remove.error} />
        </div>
      ) : null}
    </form>
  );
}

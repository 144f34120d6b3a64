'use client';
import { ActionIcon, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDots } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '#components/shell/trpc.ts';
import { useConfirm } from '#components/ui/confirm.tsx';
import { formatCount } from '#components/ui/format.ts';
import type { Person } from '#server/features/people/people.schema.ts';
import type { ShownLink } from './link-dialog.tsx';

type Props = {
  person: Person;
  onLink: (link: ShownLink) => void;
  onDeactivate: () => void;
  onFailure: (error: unknown) => void;
  onDone: () => void;
};

/** What an administrator can do for one person. */
export function PersonActions({ person, onLink, onDeactivate, onFailure, onDone }: Props) {
  const trpc = useTRPC();
  const confirm = useConfirm();
  const options = { onMutate: () => onFailure(null), onError: onFailure, onSettled: onDone };
  const reset = useMutation(trpc.people.createResetLink.mutationOptions(options));
  const end = useMutation(trpc.people.endSessions.mutationOptions(options));
  const promote = useMutation(trpc.people.setAdministrator.mutationOptions(options));
  const reactivate = useMutation(trpc.people.reactivate.mutationOptions(options));

  const onReset = async () => {
    const { path } = await reset.mutateAsync({ userId: person.id });
    onLink({
      title: `A new password for ${person.name}`,
      path,
      note: `Send this link to ${person.name} yourself. It works once, for 24 hours, and ends all sessions when it is used.`,
    });
  };
  const onEnd = async () => {
    const { sessionsEnded } = await end.mutateAsync({ userId: person.id });
    notifications.show({ message: `${formatCount(sessionsEnded, 'session')} of ${person.name} ended.` });
  };
  const onPromote = async () => {
    const question = person.isAdmin
      ? {
          title: `Take administration from ${person.name}?`,
          body: 'They keep their roles in projects.',
          verb: 'Take administration',
          danger: true,
        }
      : {
          title: `Make ${person.name} an administrator?`,
          body: 'They can then enter every project as its admin, invite and deactivate people.',
          verb: 'Make administrator',
        };
    if (await confirm(question)) await promote.mutateAsync({ userId: person.id, isAdmin: !person.isAdmin });
  };
  const run = (act: () => Promise<unknown>) => () => void act().catch(() => undefined);

  return (
    <Menu>
      <Menu.Target>
        <ActionIcon aria-label={`What to do for ${person.name}`}>
          <IconDots size={16} stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {person.deactivatedAt ? (
          <Menu.Item onClick={run(() => reactivate.mutateAsync({ userId: person.id }))}>Reactivate</Menu.Item>
        ) : (
          <>
            <Menu.Item onClick={run(onReset)}>Make a link for a new password</Menu.Item>
            <Menu.Item onClick={run(onEnd)} disabled={person.openSessions === 0}>
              End {formatCount(person.openSessions, 'session')}
            </Menu.Item>
            <Menu.Item onClick={run(onPromote)}>{person.isAdmin ? 'Take administration…' : 'Make administrator…'}</Menu.Item>
            <Menu.Divider />
            <Menu.Item color="var(--bad)" onClick={onDeactivate}>
              Deactivate…
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

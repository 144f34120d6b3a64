'use client';
import { Checkbox } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#components/shell/trpc.ts';
import { ConfirmDialog } from '#components/ui/confirm.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { formatCount } from '#components/ui/format.ts';
import type { Person } from '#server/features/people/people.schema.ts';
import s from './admin.module.css';

/** Asks before a person is shut out, and what becomes of the tokens that they made. */
export function DeactivatePerson({
  person,
  onClose,
  onDone,
}: {
  person: Person | null;
  onClose: () => void;
  onDone: () => void;
}) {
  const trpc = useTRPC();
  const [revokeTokens, setRevokeTokens] = useState(false);
  const deactivate = useMutation(trpc.people.deactivate.mutationOptions({ onSettled: onDone }));
  const close = () => {
    setRevokeTokens(false);
    deactivate.reset();
    onClose();
  };
  const go = async () => {
    if (!person) return;
    const done = await deactivate.mutateAsync({ userId: person.id, revokeTokens }).catch(() => null);
    if (!done) return;
    notifications.show({ message: `${person.name} is deactivated.` });
    close();
  };
  return (
    <ConfirmDialog
      opened={person !== null}
      title={`Deactivate ${person?.name ?? ''}?`}
      body="Every session ends at once, and no sign-in is taken. What they did stays under their name. You can reactivate them, with the roles they have now."
      verb="Deactivate"
      danger
      busy={deactivate.isPending}
      onCancel={close}
      onConfirm={() => void go()}
    >
      {person !== null && person.liveTokens > 0 && (
        <Checkbox
          size="sm"
          className={s.choice}
          checked={revokeTokens}
          onChange={(event) => setRevokeTokens(event.currentTarget.checked)}
          label={`Also revoke ${formatCount(person.liveTokens, 'API token')} made by ${person.name}`}
          description="Tokens belong to their projects and go on otherwise. Revoke them if this person may have kept a copy; programs that use them stop."
        />
      )}
      {deactivate.error && <ErrorLine error={deactivate.error} />}
    </ConfirmDialog>
  );
}

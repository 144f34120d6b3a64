'use client';
import { Checkbox, Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Section } from '#components/ui/screen.tsx';
import { mailChoice } from '#server/features/notifications/kinds.schema.ts';
import type { Preference } from '#server/features/notifications/notifications.schema.ts';
import s from './notifications.module.css';

const MAIL = [
  { value: 'off', label: 'no mail' },
  { value: 'now', label: 'a mail at once' },
  { value: 'daily', label: 'mail of the day' },
];

/** How I want to hear of what: here, by mail at once, in the mail of the day, or not at all. */
export function PreferencesSection() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const query = useQuery(trpc.notifications.preferences.queryOptions());
  const key = trpc.notifications.preferences.queryKey();
  const set = useMutation(
    trpc.notifications.setPreference.mutationOptions({
      // The box moves at once; what the server says afterwards counts.
      onMutate: (choice) =>
        client.setQueryData(
          key,
          (old) =>
            old && {
              ...old,
              preferences: old.preferences.map((one) => (one.kind === choice.kind ? { ...one, ...choice } : one)),
            },
        ),
      onSettled: () => client.invalidateQueries({ queryKey: key }),
    }),
  );
  return (
    <div id="notifications">
      <Section padded divided title="Notifications" caption="of all your projects">
        <QueryGate query={query} what="Your choices" rows={8}>
          {({ mailWorks, preferences }) => (
            <>
              {!mailWorks && (
                <p className="ink-2">
                  No mail is sent yet: an administrator has to set a mail server first. What you choose here counts from then on.
                </p>
              )}
              {set.error && <ErrorLine error={set.error} />}
              <Choices preferences={preferences} onChange={(choice) => set.mutate(choice)} />
              <p className="caption">The mail of the day goes out at 07:00 UTC, when there is something unread.</p>
            </>
          )}
        </QueryGate>
      </Section>
    </div>
  );
}

type Change = (choice: Pick<Preference, 'kind' | 'inApp' | 'mail'>) => void;

function Choices({ preferences, onChange }: { preferences: Preference[]; onChange: Change }) {
  const groups = [...new Set(preferences.map((one) => one.group))];
  return (
    <table className={s.choices}>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">In Stagecraft</th>
          <th scope="col">By mail</th>
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody key={group}>
          <tr className={s.group}>
            <th colSpan={3} scope="rowgroup">
              {group}
            </th>
          </tr>
          {preferences
            .filter((one) => one.group === group)
            .map((one) => (
              <Choice key={one.kind} one={one} onChange={onChange} />
            ))}
        </tbody>
      ))}
    </table>
  );
}

function Choice({ one, onChange }: { one: Preference; onChange: Change }) {
  const { kind, inApp, mail, label } = one;
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>
        <Checkbox
          size="sm"
          aria-label={`${label}: in Stagecraft`}
          checked={inApp}
          onChange={(event) => onChange({ kind, mail, inApp: event.currentTarget.checked })}
        />
      </td>
      <td>
        <Select
          size="xs"
          aria-label={`${label}: by mail`}
          data={MAIL}
          value={mail}
          allowDeselect={false}
          onChange={(value) => onChange({ kind, inApp, mail: mailChoice.parse(value) })}
        />
      </td>
    </tr>
  );
}

'use client';
import { type MantineColorScheme, Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconChevronDown, IconLogout, IconShield, IconUser } from '@tabler/icons-react';
import { signOut } from 'next-auth/react';
import { Link } from '#components/ui/link.tsx';
import s from './shell.module.css';

export type Person = { name: string; email: string; isAdmin: boolean };

const SCHEMES: { value: MantineColorScheme; label: string }[] = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'auto', label: 'As the system' },
];

/** Who I am: colours, administration, sign out. */
export function PersonMenu({ person, standing }: { person: Person; standing: string | null }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu width={224}>
      <Menu.Target>
        <UnstyledButton className={s.topButton}>
          <span className={s.avatar} aria-hidden="true">
            {person.name.slice(0, 1).toUpperCase()}
          </span>
          <span className={s.personName}>{person.name}</span>
          <IconChevronDown size={14} stroke={1.75} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {person.email}
          {standing !== null && <> · {standing}</>}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Label>Colours</Menu.Label>
        {SCHEMES.map((scheme) => (
          <Menu.Item
            key={scheme.value}
            onClick={() => setColorScheme(scheme.value)}
            rightSection={colorScheme === scheme.value ? <IconCheck size={14} stroke={1.75} aria-label="chosen" /> : null}
          >
            {scheme.label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} href="/account" leftSection={<IconUser size={16} stroke={1.75} aria-hidden />}>
          Your account
        </Menu.Item>
        {person.isAdmin && (
          <Menu.Item component={Link} href="/admin" leftSection={<IconShield size={16} stroke={1.75} aria-hidden />}>
            Administration
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconLogout size={16} stroke={1.75} aria-hidden />}
          onClick={() => void signOut({ callbackUrl: '/sign-in' })}
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

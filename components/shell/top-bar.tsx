'use client';
import { ActionIcon, Menu, Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconHelpCircle, IconInbox, IconSearch, IconSelector } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { CountPill, KeyChip } from '#components/ui/chip.tsx';
import { Link } from '#components/ui/link.tsx';
import { type Person, PersonMenu } from './person-menu.tsx';
import s from './shell.module.css';
import { Wordmark } from './wordmark.tsx';

/** The bar over everything. Without a project only the wordmark and the person. */
export function TopBar({
  person,
  standing,
  home,
  middle,
  children,
}: {
  person: Person;
  standing: string | null;
  home: string;
  middle?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className={s.top}>
      <Link href={home} className={s.topHome} aria-label="Stagecraft, home">
        <Wordmark compact />
      </Link>
      {middle}
      <div className={s.topRight}>
        {children}
        <PersonMenu person={person} standing={standing} />
      </div>
    </header>
  );
}

/** Which project, and the way to the others. */
export function ProjectSwitch({
  title,
  name,
  projects,
}: {
  title: string;
  name: string;
  projects: { name: string; title: string }[];
}) {
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <UnstyledButton className={s.topButton}>
          <VisuallyHidden>Project </VisuallyHidden>
          <span className="strong truncate">{title}</span>
          <IconSelector size={14} stroke={1.75} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Projects</Menu.Label>
        {projects.map((project) => (
          <Menu.Item
            key={project.name}
            component={Link}
            href={`/${project.name}`}
            rightSection={project.name === name ? <IconCheck size={14} stroke={1.75} aria-label="open" /> : null}
          >
            {project.title}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} href="/">
          All projects
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

export function SearchButton({ onOpen }: { onOpen: () => void }) {
  return (
    <UnstyledButton className={s.search} onClick={onOpen}>
      <IconSearch size={16} stroke={1.75} aria-hidden />
      <span className={s.searchWords}>Search or run a command</span>
      <span className={s.searchKey}>
        <KeyChip>Ctrl K</KeyChip>
      </span>
    </UnstyledButton>
  );
}

export function NeedsYou({ href, count }: { href: string; count: number }) {
  return (
    <Link href={href} className={s.topButton}>
      <IconInbox size={16} stroke={1.75} aria-hidden />
      <span className={s.needsWords}>Needs you</span>
      {count > 0 && <CountPill count={count} />}
    </Link>
  );
}

export function HelpButton({ onOpen }: { onOpen: () => void }) {
  return (
    <Tooltip
      label={
        <>
          Keys <KeyChip>?</KeyChip>
        </>
      }
    >
      <ActionIcon aria-label="Keys of this page" onClick={onOpen}>
        <IconHelpCircle size={16} stroke={1.75} />
      </ActionIcon>
    </Tooltip>
  );
}

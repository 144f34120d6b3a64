'use client';
import { Tooltip, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { usePathname } from 'next/navigation';
import { formatCompact } from '#components/ui/format.ts';
import { Link } from '#components/ui/link.tsx';
import { Shape } from '#components/ui/shape.tsx';
import { activeItem, FOOT, HOME, JOURNEY, type NavItem, type NavKey } from './nav-items.ts';
import { useProject } from './project-context.tsx';
import s from './shell.module.css';

/** What waits behind an item: a count, red when it is an open alert, a dot while something runs there. */
export type NavNote = { count?: number; alert?: boolean; live?: boolean };
export type NavNotes = Partial<Record<NavKey, NavNote>>;

export function Nav({ notes = {} }: { notes?: NavNotes }) {
  const project = useProject();
  const active = activeItem(usePathname(), project.name);
  const narrow = useMediaQuery('(max-width: 1099px)') ?? false;
  const render = (item: NavItem) => (
    <NavLink
      key={item.key}
      item={item}
      href={`/${project.name}${item.path}`}
      active={item.key === active}
      note={notes[item.key]}
      narrow={narrow}
    />
  );
  return (
    <nav className={s.nav} aria-label="Project">
      <ul>{render(HOME)}</ul>
      <p className={s.navHead} id="journey">
        Journey
      </p>
      <ul aria-labelledby="journey">{JOURNEY.map(render)}</ul>
      <ul className={s.navFoot}>{FOOT.filter((item) => item.scope === undefined || project.can(item.scope)).map(render)}</ul>
    </nav>
  );
}

function NavLink({
  item,
  href,
  active,
  note,
  narrow,
}: {
  item: NavItem;
  href: string;
  active: boolean;
  note: NavNote | undefined;
  narrow: boolean;
}) {
  const Icon = item.icon;
  const waits = note?.count !== undefined && note.count > 0;
  return (
    <li>
      <Tooltip label={item.label} position="right" disabled={!narrow}>
        <Link href={href} className={s.navItem} aria-current={active ? 'page' : undefined}>
          <Icon size={16} stroke={1.75} aria-hidden />
          <span className={s.navLabel}>{item.label}</span>
          {note?.live && (
            <span className={s.navLive}>
              <Shape name="live" />
              <VisuallyHidden>, something runs</VisuallyHidden>
            </span>
          )}
          {waits && (
            <span className={note.alert ? s.navAlert : s.navCount}>
              {formatCompact(note.count)}
              <VisuallyHidden>{note.alert ? ' open alerts' : ' waiting'}</VisuallyHidden>
            </span>
          )}
        </Link>
      </Tooltip>
    </li>
  );
}

'use client';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { Link } from '#components/ui/link.tsx';
import s from './small.module.css';

export type TabLink = { href: string; label: ReactNode; count?: ReactNode };

/** Tabs that are links. `active` is the href of the open one; without it the path decides. */
export function TabLinks({ items, label, active }: { items: TabLink[]; label: string; active?: string }) {
  const path = usePathname();
  const open = active ?? items.find((item) => item.href.split('?')[0] === path)?.href;
  return (
    <nav className={s.tabs} aria-label={label}>
      {items.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          scroll={false}
          className={s.tab}
          aria-current={item.href === open ? 'page' : undefined}
        >
          {item.label}
          {item.count !== undefined && <span className="ink-3 num">{item.count}</span>}
        </Link>
      ))}
    </nav>
  );
}

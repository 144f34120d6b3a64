import { IconChevronRight } from '@tabler/icons-react';
import { Fragment, type ReactNode } from 'react';
import { Link } from '#components/ui/link.tsx';
import s from './page.module.css';

export type Crumb = { label: string; href: string };

/** The head of a page: crumbs, the thing's name as the page's h1, its state, quiet words and the actions (the primary one last). */
export function PageHead({
  crumbs = [],
  title,
  state,
  meta,
  actions,
}: {
  crumbs?: Crumb[];
  title: ReactNode;
  state?: ReactNode;
  meta?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className={s.head}>
      <div className={s.crumbs}>
        {crumbs.length > 0 && (
          <nav aria-label="Breadcrumb" className={s.trail}>
            {crumbs.map((crumb) => (
              <Fragment key={`${crumb.href} ${crumb.label}`}>
                <Link href={crumb.href} className={s.crumb}>
                  {crumb.label}
                </Link>
                <IconChevronRight size={14} stroke={1.75} aria-hidden className={s.chevron} />
              </Fragment>
            ))}
          </nav>
        )}
        <h1 className={s.title}>{title}</h1>
        {state !== undefined && <div className={s.headState}>{state}</div>}
      </div>
      {meta !== undefined && <div className={s.meta}>{meta}</div>}
      {actions !== undefined && <div className={s.actions}>{actions}</div>}
    </header>
  );
}

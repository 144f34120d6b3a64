import type { ReactNode } from 'react';
import { Wordmark } from '#components/shell/wordmark.tsx';
import s from './auth.module.css';

/** The frame of pages for who hasn't signed in: the wordmark, and one sheet in the middle of the stage. */
export function AuthPage({
  title,
  lead,
  foot,
  children,
}: {
  title: string;
  lead?: ReactNode;
  foot?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={s.page}>
      <header className={s.bar}>
        <Wordmark />
      </header>
      <main className={s.stage}>
        <div className={s.sheet}>
          <h1 className={s.title}>{title}</h1>
          {lead !== undefined && <p className={s.lead}>{lead}</p>}
          {children}
          {foot !== undefined && <p className={s.foot}>{foot}</p>}
        </div>
      </main>
    </div>
  );
}

'use client';
import { Button, Drawer } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { IconLayoutSidebarRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import s from './page.module.css';

/**
 * What stands on the stage: a head that stays, a body that scrolls, and perhaps a side panel on sunken ground.
 * `padded` (the default) gives the body 24 px; without it sections and tables reach the edges.
 * Below 1100 px the side panel becomes a drawer behind a button that bears its title.
 */
export function Screen({
  head,
  side,
  sideTitle = 'Details',
  sideWidth = 336,
  padded = true,
  children,
}: {
  head?: ReactNode;
  side?: ReactNode;
  sideTitle?: string;
  sideWidth?: number;
  padded?: boolean;
  children: ReactNode;
}) {
  const narrow = useMediaQuery('(max-width: 1099px)') ?? false;
  const [opened, drawer] = useDisclosure(false);
  return (
    <div className={s.screen}>
      {head}
      <div className={s.middle}>
        <div className={cx(s.body, padded && s.padded)}>
          {side !== undefined && narrow && (
            <div className={s.sideButton}>
              <Button
                size="xs"
                leftSection={<IconLayoutSidebarRight size={14} stroke={1.75} aria-hidden />}
                onClick={drawer.open}
              >
                {sideTitle}
              </Button>
            </div>
          )}
          {children}
        </div>
        {side !== undefined && !narrow && (
          <aside className={s.side} style={{ width: sideWidth }} aria-label={sideTitle}>
            {side}
          </aside>
        )}
        {side !== undefined && narrow && (
          <Drawer
            opened={opened}
            onClose={drawer.close}
            position="right"
            title={sideTitle}
            closeButtonProps={{ 'aria-label': 'Close' }}
          >
            {side}
          </Drawer>
        )}
      </div>
    </div>
  );
}

/** A part of a page under a hairline: title, quiet caption beside it, actions at the right. `flush` leaves out the padding at the sides. */
export function Section({
  title,
  caption,
  actions,
  children,
  divided = false,
  padded = false,
}: {
  title?: ReactNode;
  caption?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  divided?: boolean;
  padded?: boolean;
}) {
  return (
    <section className={cx(s.section, divided && s.divided, padded && s.sectionPadded)}>
      {(title !== undefined || actions !== undefined) && (
        <div className={s.sectionHead}>
          {title === undefined ? (
            <span />
          ) : (
            <h2 className={s.sectionTitle}>
              {title} {caption !== undefined && <span className={s.sectionCaption}>{caption}</span>}
            </h2>
          )}
          {actions !== undefined && <div className={s.sectionActions}>{actions}</div>}
        </div>
      )}
      {children}
    </section>
  );
}

/** Panels beside each other with hairlines between; `template` is a CSS grid template. Under each other below 1100 px. */
export function Columns({ template, children, ruled = true }: { template: string; children: ReactNode; ruled?: boolean }) {
  return (
    <div className={cx(s.columns, ruled && s.ruled)} style={{ '--template': template } as React.CSSProperties}>
      {children}
    </div>
  );
}

/** One line of controls above a list: filters left, the rest right (put <Spacer /> between). */
export function Toolbar({
  children,
  label = 'Filters',
  inset = false,
}: {
  children: ReactNode;
  label?: string;
  inset?: boolean;
}) {
  return (
    <fieldset className={cx(s.toolbar, inset && s.toolbarInset)} aria-label={label}>
      {children}
    </fieldset>
  );
}

export function Spacer() {
  return <span className={s.spacer} />;
}

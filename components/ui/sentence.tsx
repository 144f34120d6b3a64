import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import s from './page.module.css';
import { Shape, type ShapeName } from './shape.tsx';

/** The sentence that answers a page's question, at 20 px, with its consequence under it. */
export function Sentence({
  children,
  explanation,
  actions,
  before,
}: {
  children: ReactNode;
  explanation?: ReactNode;
  actions?: ReactNode;
  before?: ReactNode;
}) {
  return (
    <div className={s.sentence}>
      <div>
        {before !== undefined && <div className="caption">{before}</div>}
        <p className={s.sentenceText}>{children}</p>
        {explanation !== undefined && <p className={s.sentenceWhy}>{explanation}</p>}
      </div>
      {actions !== undefined && <div className={s.sentenceActs}>{actions}</div>}
    </div>
  );
}

const SHAPES = { bad: 'diamond', warn: 'triangle', good: 'check', accent: 'live', quiet: 'circle' } as const satisfies Record<
  string,
  ShapeName
>;

/** A finding that runs across the page on its own ground, with its acts at the right. */
export function Finding({
  tone,
  title,
  children,
  actions,
}: {
  tone: keyof typeof SHAPES;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className={cx(s.finding, s[`finding_${tone}`])} role="status">
      <span className={s.findingMark}>
        <Shape name={SHAPES[tone]} />
      </span>
      <div className={s.findingWords}>
        <p className={s.findingTitle}>{title}</p>
        {children !== undefined && <div className="ink-2">{children}</div>}
      </div>
      {actions !== undefined && <div className={s.actions}>{actions}</div>}
    </div>
  );
}

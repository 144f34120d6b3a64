'use client';
import { cx } from './cx.ts';
import s from './marks.module.css';
import { useStageLook } from './stage-names.tsx';

/** One pip for each stage, filled from the left up to this one, with its title: of the usual ones development fills 1, production 3, archived 0. */
export function StagePips({ stage, word = true, asked = false }: { stage: string; word?: boolean; asked?: boolean }) {
  const { title, filled, of } = useStageLook(stage);
  const width = of * 5.5 - 0.5;
  return (
    <span className={cx(s.stage, asked && s.asked)}>
      <svg viewBox={`0 0 ${width} 10`} width={width} height="10" aria-hidden="true">
        {Array.from({ length: of }, (_, i) => i).map((i) => (
          <rect key={i} x={i * 5.5} y="1" width="4.5" height="8" rx="1" fill={i < filled ? 'currentColor' : 'var(--line-2)'} />
        ))}
      </svg>
      <span className={word ? s.stageWord : 'sr-only'}>{title}</span>
    </span>
  );
}

import { cx } from './cx.ts';
import s from './marks.module.css';

const FILLED = { archived: 0, none: 0, development: 1, staging: 2, production: 3 } as const;
const WORDS = {
  archived: 'Archived',
  none: 'No stage',
  development: 'Development',
  staging: 'Staging',
  production: 'Production',
} as const;

/** Three pips filled from the left, with the word: development 1, staging 2, production 3, archived 0. */
export function StagePips({
  stage,
  word = true,
  asked = false,
}: {
  stage: keyof typeof FILLED;
  word?: boolean;
  asked?: boolean;
}) {
  return (
    <span className={cx(s.stage, asked && s.asked)}>
      <svg viewBox="0 0 16 10" width="16" height="10" aria-hidden="true">
        {[0, 1, 2].map((i) => (
          <rect
            key={i}
            x={i * 5.5}
            y="1"
            width="4.5"
            height="8"
            rx="1"
            fill={i < FILLED[stage] ? 'currentColor' : 'var(--line-2)'}
          />
        ))}
      </svg>
      <span className={word ? s.stageWord : 'sr-only'}>{WORDS[stage]}</span>
    </span>
  );
}

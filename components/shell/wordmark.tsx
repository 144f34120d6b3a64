import s from './shell.module.css';

/** Two pairs of wings and one spot of light. */
export function Wordmark({ compact = false }: { compact?: boolean }) {
  return (
    <span className={s.wordmark}>
      <svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true">
        <g fill="currentColor">
          <rect x="0" y="1" width="3" height="16" />
          <rect x="15" y="1" width="3" height="16" />
          <rect x="4" y="3" width="2" height="12" opacity=".45" />
          <rect x="12" y="3" width="2" height="12" opacity=".45" />
        </g>
        <circle cx="9" cy="13" r="2" fill="var(--accent)" />
      </svg>
      <span className={compact ? s.wordmarkCompact : undefined}>Stagecraft</span>
    </span>
  );
}

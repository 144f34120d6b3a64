import s from './marks.module.css';

const PATHS = {
  circle: <circle cx="8" cy="8" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.75" />,
  dot: <circle cx="8" cy="8" r="4" fill="currentColor" />,
  triangle: <path d="M8 3.2 13.2 12.4H2.8Z" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinejoin="round" />,
  diamond: <path d="M8 2.6 13.4 8 8 13.4 2.6 8Z" fill="currentColor" />,
  check: (
    <path
      d="m3.5 8.4 3.1 3.1 6-6.6"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  cross: <path d="m4.2 4.2 7.6 7.6m0-7.6-7.6 7.6" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" />,
  ring: (
    <>
      <circle cx="8" cy="8" r="4.75" fill="none" stroke="var(--track)" strokeWidth="2" />
      <path
        className={s.turning}
        d="M8 3.25A4.75 4.75 0 0 1 12.75 8"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
      />
    </>
  ),
  dotted: <circle cx="8" cy="8" r="4.75" fill="none" stroke="var(--ink-4)" strokeWidth="1.75" strokeDasharray="2 1.73" />,
  stopped: (
    <g fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round">
      <circle cx="8" cy="8" r="5" />
      <path d="m4.8 11.2 6.4-6.4" />
    </g>
  ),
  pause: <path d="M5.5 4v8m5-8v8" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />,
  question: (
    <g fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round">
      <path d="M5.6 5.8a2.4 2.4 0 1 1 3.4 2.2c-.7.3-1 .8-1 1.5" />
      <path d="M8 12.2v.05" strokeWidth="2" />
    </g>
  ),
  live: (
    <>
      <circle className={s.pulse} cx="8" cy="8" r="5" fill="currentColor" opacity=".25" />
      <circle cx="8" cy="8" r="2.5" fill="currentColor" />
    </>
  ),
  square: <rect x="3.5" y="3.5" width="9" height="9" rx="2" fill="currentColor" />,
} as const;

export type ShapeName = keyof typeof PATHS;

/** A mark of 16 px in the colour of the text around it; a word must stand beside it. */
export function Shape({ name, size = 16 }: { name: ShapeName; size?: number }) {
  return (
    <svg className={s.shape} viewBox="0 0 16 16" width={size} height={size} aria-hidden="true">
      {PATHS[name]}
    </svg>
  );
}

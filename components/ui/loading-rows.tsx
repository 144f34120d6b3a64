'use client';
import { useEffect, useState } from 'react';
import s from './status.module.css';

/** False for the first `after` milliseconds, so that what is quick shows no skeleton. */
export function useDelayed(after: number): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), after);
    return () => clearTimeout(timer);
  }, [after]);
  return late;
}

/** Rows of the real height while something is read; after 2 s it says what is being done. The room is taken from the start. */
export function LoadingRows({ rows = 8, height = 30, what = 'Reading…' }: { rows?: number; height?: number; what?: string }) {
  const late = useDelayed(200);
  const veryLate = useDelayed(2000);
  return (
    <div className={s.loading} role="status" aria-live="polite" aria-busy="true">
      <span className={veryLate ? 'caption' : 'sr-only'}>{what}</span>
      {Array.from({ length: rows }, (_, i) => (
        <div key={i} className={s.loadingRow} style={{ height }}>
          {late && <span className={s.bone} style={{ width: `${[62, 48, 71, 55, 66][i % 5]}%` }} />}
        </div>
      ))}
    </div>
  );
}

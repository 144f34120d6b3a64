import { CopyButton } from './copy-button.tsx';
import s from './small.module.css';

/** A value that is shown this one time: in a box of its own, whole, with a button that copies it. */
export function SecretOnce({ label, value, note }: { label: string; value: string; note?: string }) {
  return (
    <div>
      <div className={s.secret}>
        <span className="sr-only">{label}:</span>
        <code className="mono">{value}</code>
        <CopyButton value={value} word="Copy" />
      </div>
      {note !== undefined && <p className="caption">{note}</p>}
    </div>
  );
}

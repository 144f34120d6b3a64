import s from './charts.module.css';

export type TipRow = { key: string; name: string; color: string; value: string; interval?: string };

/** What stands at the crosshair: x, then every series with its value and interval. */
export function Tip({ head, rows }: { head: string; rows: TipRow[] }) {
  return (
    <div className={s.tip}>
      <div className={s.tipHead}>{head}</div>
      {rows.map((row) => (
        <div key={row.key} className={s.tipRow}>
          <i style={{ background: row.color }} />
          <span>{row.name}</span>
          <b>{row.value}</b>
          <span>{row.interval}</span>
        </div>
      ))}
    </div>
  );
}

import { formatNumber, formatPercent } from './format.ts';
import s from './heat.module.css';

const level = (share: number) => Math.min(5, Math.floor(share * 5 + 0.999));

/** Rows are what things were, columns what was said. The ground grows with the share of the row. `counts[actual][said]`. */
export function ConfusionMatrix({ classes, counts, label, onOpen }: {
  classes: readonly string[]; counts: readonly (readonly number[])[]; label: string; onOpen?: (actual: string, said: string) => void;
}) {
  return (
    <table className={s.matrix} aria-label={label}>
      <thead>
        <tr><td />{classes.map((name) => <th key={name} scope="col">said {name}</th>)}</tr>
      </thead>
      <tbody>
        {classes.map((actual, row) => {
          const total = counts[row]?.reduce((sum, n) => sum + n, 0) ?? 0;
          return (
            <tr key={actual}>
              <th scope="row">{actual}</th>
              {classes.map((said, column) => {
                const count = counts[row]?.[column] ?? 0;
                const share = total === 0 ? 0 : count / total;
                const title = `${formatNumber(count)} of ${formatNumber(total)} (${formatPercent(share, 1)}) were ${actual} and called ${said}`;
                const at = level(share);
                return (
                  <td key={said} title={title} className={s.cell} style={{ background: `var(--seq-${at})`, color: at >= 4 ? 'var(--on-seq-deep)' : 'var(--on-seq-pale)' }}>
                    {onOpen && count > 0 ? <button type="button" aria-label={title} onClick={() => onOpen(actual, said)}>{formatNumber(count)}</button> : formatNumber(count)}
                  </td>
                );
              })}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

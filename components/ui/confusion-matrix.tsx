import { formatNumber, formatPercent } from './format.ts';
import s from './heat.module.css';

/** Two or three classes keep to the pale end, so that the figures stay the picture; more need the whole scale. */
const level = (share: number, classes: number) => Math.ceil(share * (classes <= 3 ? 2 : 4) - 0.05);

/** Rows are what things were, columns what was said. The ground grows with the share of the row. `counts[actual][said]`. */
export function ConfusionMatrix({
  classes,
  counts,
  label,
  onOpen,
}: {
  classes: readonly string[];
  counts: readonly (readonly number[])[];
  label: string;
  onOpen?: (actual: string, said: string) => void;
}) {
  return (
    <table className={s.matrix} aria-label={label}>
      <thead>
        <tr>
          <td />
          {classes.map((name) => (
            <th key={name} scope="col">
              said {name}
            </th>
          ))}
        </tr>
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
                const at = level(share, classes.length);
                return (
                  <td
                    key={said}
                    title={title}
                    className={s.cell}
                    style={{ background: `var(--seq-${at})`, color: at >= 4 ? 'var(--on-seq-deep)' : 'var(--on-seq-pale)' }}
                  >
                    {onOpen && count > 0 ? (
                      <button type="button" aria-label={title} onClick={() => onOpen(actual, said)}>
                        {formatNumber(count)}
                      </button>
                    ) : (
                      formatNumber(count)
                    )}
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

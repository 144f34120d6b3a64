import { formatNumber } from '#components/ui/format.ts';
import { Bar } from '#components/ui/progress.tsx';
import type { ProxyView } from '#server/features/fairness/fairness.schema.ts';
import s from './fairness.module.css';

const MEASURES = { cramers_v: 'Cramér’s V', auc: 'AUC' } as const;

/** Which other columns tell the group: leaving the column out then hides nothing. */
export function ProxiesTable({ subject, proxies }: { subject: string; proxies: readonly ProxyView[] }) {
  if (proxies.length === 0) return null;
  const betraying = proxies.filter((one) => one.betrays);
  return (
    <div className={s.stack}>
      <p>
        {betraying.length === 0
          ? `No other column tells ${subject}.`
          : `${betraying.map((one) => one.column).join(', ')} ${betraying.length === 1 ? 'tells' : 'tell'} ${subject}, so leaving ${subject} out doesn’t hide it.`}
      </p>
      <table className={s.table}>
        <colgroup>
          <col style={{ width: '38%' }} />
          <col />
          <col style={{ width: 108 }} />
          <col style={{ width: 84 }} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">
              <span className="sr-only">strength</span>
            </th>
            <th scope="col">strength</th>
            <th scope="col" title="19 of 20 shuffles of the column stay below this">
              by chance
            </th>
          </tr>
        </thead>
        <tbody>
          {proxies.map(({ column, measure, value, chance, isInput, betrays, mutualInformation }) => (
            <tr key={column}>
              <th scope="row" title={column}>
                {column}
                {isInput && <span className="ink-3"> input</span>}
              </th>
              <td>
                <Bar
                  share={measure === 'auc' ? Math.max(0, ((value ?? 0.5) - 0.5) * 2) : (value ?? 0)}
                  label={`${column}: ${MEASURES[measure]} ${formatNumber(value, 2)}${betrays ? ', above what matters' : ''}`}
                  tone={betrays ? 'bad' : 'quiet'}
                />
              </td>
              <td
                title={
                  mutualInformation === null ? undefined : `normalised mutual information ${formatNumber(mutualInformation, 3)}`
                }
              >
                <span className="ink-3">{MEASURES[measure]}</span> {formatNumber(value, 2)}
              </td>
              <td className="ink-2">{chance === null ? '–' : `≤ ${formatNumber(chance, 2)}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

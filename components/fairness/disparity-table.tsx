import { formatNumber, formatRange } from '#components/ui/format.ts';
import { Interval } from '#components/ui/interval.tsx';
import { DEFINITION_WORDS } from '#server/domain/fairness/definitions.ts';
import type { DisparityView } from '#server/features/fairness/fairness.schema.ts';
import s from './fairness.module.css';

/** How far groups lie apart in each meaning, beside what chance alone would give. */
export function DisparityTable({ disparities }: { disparities: readonly DisparityView[] }) {
  return (
    <table className={s.table}>
      <colgroup>
        <col style={{ width: '40%' }} />
        <col />
        <col style={{ width: 56 }} />
        <col style={{ width: 84 }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">How far groups lie apart</th>
          <th scope="col">
            <span className="sr-only">95 % interval</span>
          </th>
          <th scope="col">figure</th>
          <th scope="col" title="19 of 20 random divisions of the same rows stay within this">
            by chance
          </th>
        </tr>
      </thead>
      <tbody>
        {disparities.map(({ definition, interval, chance, low, high }) => {
          const words = DEFINITION_WORDS[definition];
          const ends = low !== null && high !== null && low !== high ? `, from ${low} to ${high}` : '';
          const domain = words.limit === null ? ([0, interval?.upper || 1] as const) : ([0, 1] as const);
          return (
            <tr key={definition}>
              <th scope="row" title={words.asks}>
                {words.title}
              </th>
              <td>
                {interval && (
                  <Interval
                    estimate={interval.estimate}
                    lower={interval.lower}
                    upper={interval.upper}
                    domain={domain}
                    {...(chance === null
                      ? {}
                      : { allowed: words.better === 'low' ? ([0, chance] as const) : ([chance, 1] as const) })}
                    label={`${words.title}: ${formatNumber(interval.estimate, 3)}${ends}, 95 % interval ${formatRange(interval.lower, interval.upper)}`}
                    height={16}
                  />
                )}
              </td>
              <td title={ends.slice(2)}>{formatNumber(interval?.estimate, 3)}</td>
              <td className="ink-2">
                {chance === null ? '–' : `${words.better === 'low' ? '≤' : '≥'} ${formatNumber(chance, 3)}`}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

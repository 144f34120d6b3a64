'use client';
import { formatCount, formatDelta, formatPercent, formatRange } from '#components/ui/format.ts';
import { Interval, IntervalAxis } from '#components/ui/interval.tsx';
import s from './monitoring.module.css';
import { differenceDomain } from './prepare-versions.ts';
import type { Comparison } from './types.ts';

/** The sentence, then each figure of both with its difference and its 95 % interval about zero. */
export function ComparisonResult({ comparison }: { comparison: Comparison }) {
  const domain = differenceDomain(comparison.figures);
  const points = (share: number | null, decimals = 1) => formatDelta(share === null ? null : share * 100, decimals);
  return (
    <div className={s.comparison} role="status">
      <p className={s.verdict}>{comparison.sentence}</p>
      <table className={s.figures}>
        <thead>
          <tr>
            <th scope="col">Figure, %</th>
            <th scope="col">v{comparison.a}</th>
            <th scope="col">v{comparison.b}</th>
            <th scope="col">Difference, points</th>
            <th scope="col">95 % interval</th>
            <th scope="col">
              <span className="sr-only">Picture</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {comparison.figures.map((figure) => (
            <tr key={figure.metric}>
              <th scope="row">{metricName(figure.metric)}</th>
              <td>{formatPercent(figure.a, 1)}</td>
              <td>{formatPercent(figure.b, 1)}</td>
              <td className={tone(figure.lower, figure.upper)}>{points(figure.difference)}</td>
              <td>{formatRange(times100(figure.lower), times100(figure.upper), 1)}</td>
              <td className={s.whisker}>
                {figure.difference !== null && (
                  <Interval
                    estimate={figure.difference}
                    lower={figure.lower}
                    upper={figure.upper}
                    domain={domain}
                    zero={0}
                    label={`${metricName(figure.metric)}: v${comparison.b} minus v${comparison.a} ${points(figure.difference)} points`}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={5} className="caption">
              {formatCount(comparison.rows, 'request')} with an outcome
              {comparison.leftOut > 0 && `; ${comparison.leftOut} left out because one of them was trained on them`}.
            </td>
            <td className={s.whisker}>
              <IntervalAxis domain={domain} ticks={[domain[0], 0, domain[1]]} format={(value) => points(value, 0)} />
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function metricName(metric: string): string {
  return metric === 'accuracy' ? 'Right' : `F1 of ${metric.replace(/^f1\./, '')}`;
}

function times100(share: number | null): number | null {
  return share === null ? null : share * 100;
}

/** Coloured only where the whole interval lies on one side of zero. */
function tone(lower: number | null, upper: number | null): string | undefined {
  if (lower !== null && lower > 0) return 'good';
  return upper !== null && upper < 0 ? 'bad' : undefined;
}

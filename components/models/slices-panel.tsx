import { Fragment } from 'react';
import { formatNumber } from '#components/ui/format.ts';
import { Interval, IntervalAxis } from '#components/ui/interval.tsx';
import { Section } from '#components/ui/screen.tsx';
import type { SliceFigures } from '#server/domain/evaluation.schema.ts';
import type { Evidence } from '#server/features/models/evidence.schema.ts';
import { limitsOf } from './gate-limits.ts';
import s from './promotion.module.css';

const GROUPS = { category: 'By', length: 'By length of', month: 'By month of' } as const;

/** Accuracy in each slice, with the limit drawn; slices that are too small to count are grey. */
export function SlicesPanel({ evidence }: { evidence: Evidence }) {
  const { candidate, incumbent } = evidence;
  const { f1Class, slices: limit } = limitsOf(evidence);
  const { minimum, minRows } = limit ?? { minimum: 0, minRows: 0 };
  const slices = candidate.summary.slices;
  const low = Math.min(limit ? minimum : 1, ...slices.map((slice) => slice.accuracy.lower));
  const domain = [Math.max(0, Math.floor(low * 20) / 20), 1] as const;
  const before = (slice: SliceFigures) =>
    incumbent?.summary.slices.find((one) => one.kind === slice.kind && one.column === slice.column && one.value === slice.value);
  return (
    <Section
      padded
      title="Accuracy by slice"
      caption={[
        limit ? `limit ${minimum} from ${minRows} rows on` : 'no gate sets a limit',
        ...(incumbent ? [`ring: v${incumbent.number}`] : []),
        ...(f1Class === null ? [] : [`F1 of ${f1Class}`]),
      ].join(', ')}
    >
      <table className={`${s.table} ${s.fixed}`}>
        <colgroup>
          <col />
          <col style={{ width: 44 }} />
          <col style={{ width: '30%' }} />
          <col style={{ width: 68 }} />
          {f1Class !== null && <col style={{ width: 52 }} />}
        </colgroup>
        <thead>
          <tr>
            <th scope="col">Slice</th>
            <th scope="col">rows</th>
            <th scope="col" className={s.wide}>
              <span className="sr-only">95 % interval</span>
            </th>
            <th scope="col">accuracy</th>
            {f1Class !== null && <th scope="col">F1</th>}
          </tr>
        </thead>
        <tbody>
          {slices.map((slice, index) => {
            const counts = slice.rows >= minRows;
            const bad = counts && slice.accuracy.estimate < minimum;
            const f1 = slice.f1.find((one) => one.name === f1Class)?.f1 ?? null;
            return (
              <Fragment key={`${slice.column} ${slice.value}`}>
                {slices[index - 1]?.column !== slice.column && (
                  <tr className={s.group}>
                    <th scope="colgroup" colSpan={f1Class === null ? 4 : 5}>
                      {GROUPS[slice.kind]} {slice.column}
                    </th>
                  </tr>
                )}
                <tr>
                  <th scope="row" title={slice.value}>
                    {slice.value}
                  </th>
                  <td className="ink-2">{formatNumber(slice.rows)}</td>
                  <td>
                    <Interval
                      estimate={slice.accuracy.estimate}
                      lower={slice.accuracy.lower}
                      upper={slice.accuracy.upper}
                      domain={domain}
                      {...(limit ? { limit: minimum } : {})}
                      reference={before(slice)?.accuracy.estimate ?? null}
                      tone={bad ? 'bad' : counts ? 'accent' : 'quiet'}
                      label={`${slice.column} ${slice.value}: ${formatNumber(slice.accuracy.estimate, 3)}, 95 % interval ${formatNumber(slice.accuracy.lower, 3)} to ${formatNumber(slice.accuracy.upper, 3)}`}
                    />
                  </td>
                  <td className={bad ? 'bad strong' : 'strong'}>{formatNumber(slice.accuracy.estimate, 3)}</td>
                  {f1Class !== null && (
                    <td
                      className={f1 === null ? 'ink-3' : undefined}
                      title={f1 === null ? `No ${f1Class} in this slice, so it has no F1.` : undefined}
                    >
                      {formatNumber(f1, 3)}
                    </td>
                  )}
                </tr>
              </Fragment>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <td />
            <td />
            <td>
              <IntervalAxis
                domain={domain}
                ticks={limit ? [domain[0], minimum, 1] : [domain[0], 1]}
                format={(value) => formatNumber(value, 2)}
                {...(limit ? { limit: minimum } : {})}
              />
            </td>
            <td />
            {f1Class !== null && <td />}
          </tr>
        </tfoot>
      </table>
    </Section>
  );
}

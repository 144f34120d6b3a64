import { Fragment } from 'react';
import { formatCount, formatNumber, formatPercent } from '#components/ui/format.ts';
import { Interval, IntervalAxis } from '#components/ui/interval.tsx';
import { Section } from '#components/ui/screen.tsx';
import { type RobustnessData, type RobustnessRow, robustnessDataSchema } from '#server/domain/behaviour/section.schema.ts';
import s from './behaviour.module.css';

const GROUPS: { title: string; kinds: RobustnessRow['kind'][] }[] = [
  { title: 'Typing errors and case', kinds: ['typos', 'case', 'unicode'] },
  { title: 'Missing and empty fields', kinds: ['missing', 'empty'] },
  { title: 'Beyond what training showed', kinds: ['range', 'unseen', 'long'] },
];

/** How answers stand changed inputs: the share that changes and the share that stays right, against the rows as they are. */
export function RobustnessSection({ data }: { data: unknown }) {
  const parsed = robustnessDataSchema.safeParse(data);
  if (!parsed.success) return <p className="ink-2">These results were kept in a form that this version can’t read.</p>;
  const found = parsed.data;
  const high = Math.min(1, Math.max(0.1, ...found.rows.map((row) => row.flipRate?.upper ?? 0)));
  const domain = [0, Math.ceil(high * 10) / 10] as const;
  const right = found.clean !== null;
  return (
    <Section padded title="Robustness" caption={captionOf(found)}>
      <table className={s.table}>
        <colgroup>
          <col />
          <col style={{ width: 48 }} />
          <col style={{ width: '28%' }} />
          <col style={{ width: 72 }} />
          {right && <col style={{ width: 64 }} />}
        </colgroup>
        <thead>
          <tr>
            <th scope="col">What was done</th>
            <th scope="col">rows</th>
            <th scope="col">
              <span className="sr-only">Share of answers that change, 95 % interval</span>
            </th>
            <th scope="col">changed</th>
            {right && <th scope="col">right</th>}
          </tr>
        </thead>
        <tbody>
          {GROUPS.map(({ title, kinds }) => {
            const rows = found.rows.filter((row) => kinds.includes(row.kind));
            return rows.length === 0 ? null : (
              <Fragment key={title}>
                <tr className={s.group}>
                  <th scope="colgroup" colSpan={right ? 5 : 4}>
                    {title}
                  </th>
                </tr>
                {rows.map((row) => (
                  <Row key={`${row.id} ${row.field ?? ''}`} row={row} domain={domain} right={right} />
                ))}
              </Fragment>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <td />
            <td />
            <td>
              <IntervalAxis domain={domain} ticks={[0, domain[1]]} format={(value) => formatPercent(value)} />
            </td>
            <td />
            {right && <td />}
          </tr>
        </tfoot>
      </table>
      {found.crashes.length > 0 && (
        <>
          <h3>Inputs without an answer</h3>
          <ul>
            {found.crashes.slice(0, 10).map((crash) => (
              <li key={`${crash.what} ${crash.row}`} className="caption">
                {crash.what}, row {crash.row}: {crash.message}
              </li>
            ))}
          </ul>
        </>
      )}
      {found.rows.some((row) => row.kind === 'range') && <p className="caption">{found.ranges}</p>}
    </Section>
  );
}

function Row({ row, domain, right }: { row: RobustnessRow; domain: readonly [number, number]; right: boolean }) {
  const examples = row.examples.map((one) => `row ${one.row}: ${one.before} to ${one.after}`).join('; ');
  return (
    <tr>
      <th scope="row" title={examples || row.what} className={s.left}>
        {row.what}
        {row.crashes > 0 && <span className="bad"> · {formatCount(row.crashes, 'row')} without an answer</span>}
      </th>
      <td className="ink-2">{formatNumber(row.n)}</td>
      <td>
        {row.flipRate && (
          <Interval
            estimate={row.flipRate.estimate}
            lower={row.flipRate.lower}
            upper={row.flipRate.upper}
            domain={domain}
            tone={row.crashes > 0 ? 'bad' : 'accent'}
            height={16}
            label={`${row.what}: ${formatPercent(row.flipRate.estimate, 1)} of the answers change, 95 % interval ${formatPercent(row.flipRate.lower, 1)} to ${formatPercent(row.flipRate.upper, 1)}`}
          />
        )}
      </td>
      <td className="strong">{formatPercent(row.flipRate?.estimate, 1)}</td>
      {right && <td>{formatPercent(row.accuracy?.estimate, 1)}</td>}
    </tr>
  );
}

function captionOf(data: RobustnessData): string {
  const rows = `${formatNumber(data.n)} of ${formatNumber(data.of)} gold rows, changed`;
  if (data.clean) return `${rows}; as they are, ${formatPercent(data.clean.estimate, 1)} are answered rightly`;
  return data.tolerance === null ? rows : `${rows}; an answer counts as changed from ${formatNumber(data.tolerance, 3)} on`;
}

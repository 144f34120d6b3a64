import { Delta } from '#components/ui/figure.tsx';
import { formatBytes, formatDelta, formatNumber } from '#components/ui/format.ts';
import { Interval } from '#components/ui/interval.tsx';
import { Section } from '#components/ui/screen.tsx';
import type { Interval as Estimate } from '#server/domain/stats/interval.schema.ts';
import type { Evidence } from '#server/features/models/evidence.schema.ts';
import { limitsOf } from './gate-limits.ts';
import s from './promotion.module.css';

type Row = { id: string; label: string; before: number | null; after: number | null; difference: Estimate | null };

/** The version against what is in the stage now, on the same rows, with the paired interval of each difference. */
export function AgainstPanel({ evidence, stage }: { evidence: Evidence; stage: string }) {
  const { candidate, incumbent, comparison, on } = evidence;
  if (!incumbent) {
    return (
      <Section padded title={`Against ${stage}`}>
        <p className="ink-2">
          Nothing is in {stage} yet, so there is nothing to compare v{candidate.number} with.
        </p>
      </Section>
    );
  }
  const rows = rowsOf(evidence);
  const reach = Math.max(
    0.02,
    ...rows.flatMap(({ difference }) => (difference ? [Math.abs(difference.lower), Math.abs(difference.upper)] : [])),
  );
  const domain = [-reach, reach] as const;
  return (
    <Section
      padded
      title={`Against ${stage}`}
      caption={`${formatNumber(comparison?.rows ?? on.rows)} rows of ${on.dataset} v${on.number}, ${on.split}`}
    >
      {!comparison && (
        <p className="bad">They can’t be compared row by row: see the gate about rows that a version learned from.</p>
      )}
      <table className={s.table}>
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-only">Figure</span>
            </th>
            <th scope="col">v{incumbent.number}</th>
            <th scope="col">v{candidate.number}</th>
            <th scope="col" className={s.wide}>
              difference, 95 %
            </th>
            <th scope="col">points</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">{row.label}</th>
              <td className="ink-2">{formatNumber(row.before, 3)}</td>
              <td className="strong">{formatNumber(row.after, 3)}</td>
              <td>
                {row.difference && (
                  <Interval
                    estimate={row.difference.estimate}
                    lower={row.difference.lower}
                    upper={row.difference.upper}
                    domain={domain}
                    zero={0}
                    tone={row.difference.lower > 0 || row.difference.upper < 0 ? 'accent' : 'quiet'}
                    label={`${formatDelta(row.difference.estimate * 100, 1)} points, 95 % interval ${formatDelta(row.difference.lower * 100, 1)} to ${formatDelta(row.difference.upper * 100, 1)}`}
                  />
                )}
              </td>
              <td>
                <PointsDelta row={row} />
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">Size</th>
            <td className="ink-2">{formatBytes(incumbent.sizeBytes)}</td>
            <td className="strong">{formatBytes(candidate.sizeBytes)}</td>
            <td />
            <td />
          </tr>
        </tbody>
      </table>
      {on.from && on.to && (
        <p className="caption">
          Rows from {on.from.slice(0, 10)} to {on.to.slice(0, 10)}.
        </p>
      )}
    </Section>
  );
}

function PointsDelta({ row }: { row: Row }) {
  if (row.before === null || row.after === null) return <span className="ink-3">–</span>;
  const value = row.after - row.before;
  return <Delta value={value} text={formatDelta(value * 100, 1)} better />;
}

function rowsOf(evidence: Evidence): Row[] {
  const { candidate, incumbent, comparison } = evidence;
  const positive = limitsOf(evidence).f1Class;
  const name = positive ?? '';
  const side = (summary: Evidence['candidate']['summary'] | undefined) => summary?.perClass.find((one) => one.name === positive);
  const [before, after] = [side(incumbent?.summary), side(candidate.summary)];
  const ofClass = comparison?.perClass.find((one) => one.name === positive);
  const f1: Row =
    positive === null
      ? {
          id: 'f1',
          label: 'F1, mean of classes',
          before: incumbent?.summary.macroF1?.estimate ?? null,
          after: candidate.summary.macroF1?.estimate ?? null,
          difference: comparison?.macroF1.difference ?? null,
        }
      : {
          id: 'f1',
          label: `F1 of ${name}`,
          before: before?.f1?.estimate ?? null,
          after: after?.f1?.estimate ?? null,
          difference: ofClass?.difference ?? null,
        };
  const rows: Row[] = [
    f1,
    {
      id: 'accuracy',
      label: 'Accuracy',
      before: incumbent?.summary.accuracy?.estimate ?? null,
      after: candidate.summary.accuracy?.estimate ?? null,
      difference: comparison?.accuracy.difference ?? null,
    },
  ];
  if (positive === null) return rows;
  return [
    ...rows,
    {
      id: 'precision',
      label: `Precision of ${name}`,
      before: before?.precision?.estimate ?? null,
      after: after?.precision?.estimate ?? null,
      difference: null,
    },
    {
      id: 'recall',
      label: `Recall of ${name}`,
      before: before?.recall?.estimate ?? null,
      after: after?.recall?.estimate ?? null,
      difference: null,
    },
  ];
}

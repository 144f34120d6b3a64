import { formatNumber, formatPercent } from '#components/ui/format.ts';
import { Interval } from '#components/ui/interval.tsx';
import type { RepresentationView } from '#server/features/fairness/fairness.schema.ts';
import s from './fairness.module.css';
import { representationWords } from './words.ts';

/** Shares of the groups in the rows, beside those of the population that a person stated (open dot). */
export function RepresentationTable({ representation }: { representation: RepresentationView }) {
  return (
    <div className={s.stack}>
      <p>{representationWords(representation)}</p>
      <table className={s.table}>
        <colgroup>
          <col style={{ width: '34%' }} />
          <col style={{ width: 56 }} />
          <col />
          <col style={{ width: 64 }} />
          <col style={{ width: 64 }} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">Group</th>
            <th scope="col">rows</th>
            <th scope="col">share, ring: stated</th>
            <th scope="col">share</th>
            <th scope="col">stated</th>
          </tr>
        </thead>
        <tbody>
          {representation.groups.map(({ name, n, stated, share }) => (
            <tr key={name}>
              <th scope="row" title={name}>
                {name}
              </th>
              <td>{formatNumber(n)}</td>
              <td>
                {share && (
                  <Interval
                    estimate={share.estimate}
                    lower={share.lower}
                    upper={share.upper}
                    domain={[0, 1]}
                    reference={stated}
                    label={`${name}: ${formatPercent(share.estimate, 1)} of the rows, ${formatPercent(stated, 1)} stated`}
                    height={16}
                  />
                )}
              </td>
              <td>{formatPercent(share?.estimate, 1)}</td>
              <td className="ink-2">{formatPercent(stated, 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

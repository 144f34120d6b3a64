import { formatNumber, formatRange } from '#components/ui/format.ts';
import { Interval } from '#components/ui/interval.tsx';
import type { ExplanationSpace, Importance } from '#server/features/explanations/explanations.schema.ts';
import s from './explanations.module.css';
import { formatContribution } from './words.ts';

/** Fields or terms by how much they matter, with intervals on a common axis. */
export function ImportanceTable({
  title,
  items,
  space,
  of,
}: {
  title: string;
  items: readonly Importance[];
  space: ExplanationSpace;
  of: string | null;
}) {
  const most = Math.max(0, ...items.map((item) => item.importance.upper));
  const directed = items.some((item) => item.direction !== null);
  return (
    <table className={s.table}>
      <colgroup>
        <col style={{ width: '38%' }} />
        <col />
        <col style={{ width: 88 }} />
        {directed && <col style={{ width: 92 }} />}
      </colgroup>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">
            <span className="sr-only">95 % interval</span>
          </th>
          <th scope="col">mean size</th>
          {directed && <th scope="col">{of === null ? 'where it stands' : `for ${of}`}</th>}
        </tr>
      </thead>
      <tbody>
        {items.map(({ field, part, importance, direction }) => (
          <tr key={`${field} ${part}`}>
            <th scope="row" title={part === null ? field : `${field}: ${part}`}>
              {part === null ? field : part === '' ? `${field}: empty` : part}
              {part !== null && <span className="ink-3"> {field}</span>}
            </th>
            <td>
              <Interval
                estimate={importance.estimate}
                lower={importance.lower}
                upper={importance.upper}
                domain={[0, most]}
                label={`${part ?? field}: ${formatNumber(importance.estimate, 3)}, 95 % interval ${formatRange(importance.lower, importance.upper)}`}
                height={16}
              />
            </td>
            <td>{formatNumber(importance.estimate, 3)}</td>
            {directed && <td className="ink-2">{direction === null ? '–' : formatContribution(direction, space)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import { Fragment } from 'react';
import { formatDelta, formatNumber } from '#components/ui/format.ts';
import s from '../experiments.module.css';
import type { Compared, FigureLine, Figures } from './compared.ts';
import { Letter } from './letter.tsx';

const NAMES: Record<keyof Figures, string> = { accuracy: 'accuracy', precision: 'precision', recall: 'recall', f1: 'F1' };

/** Lines of figures under the runs' letters, each with its difference to the reference in points. */
export function FiguresTable({
  compared,
  lines,
  measures,
  what,
  label,
}: {
  compared: readonly Compared[];
  lines: readonly FigureLine[];
  measures: readonly (keyof Figures)[];
  what: string;
  label: string;
}) {
  const reference = compared.findIndex((one) => one.isReference);
  const groups = [...Map.groupBy(lines, (line) => line.group)];
  return (
    <table className={s.table} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{what}</th>
          {measures.length > 1 && (
            <th scope="col" className={s.left}>
              figure
            </th>
          )}
          <th scope="col">rows</th>
          {compared.map((one) => (
            <th key={one.run.id} scope="col" className={s.figureHead}>
              <Letter one={one} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {groups.map(([group, members]) => (
          <Fragment key={group}>
            {group !== '' && (
              <tr className={s.group}>
                <th scope="rowgroup" colSpan={compared.length + 2 + Number(measures.length > 1)}>
                  {group}
                </th>
              </tr>
            )}
            {members.flatMap((line) =>
              measures.map((measure, i) => (
                <tr key={`${line.key} ${measure}`}>
                  <th scope="row">{i === 0 ? line.name : <span className="sr-only">{line.name}</span>}</th>
                  {measures.length > 1 && <td className={`${s.left} ink-2`}>{NAMES[measure]}</td>}
                  <td className="ink-2">{i === 0 ? formatNumber(line.rows) : ''}</td>
                  {line.figures.map((figures, column) => (
                    <FigureCell
                      key={compared[column]?.run.id ?? column}
                      value={figures?.[measure]}
                      against={column === reference ? undefined : line.figures[reference]?.[measure]}
                    />
                  ))}
                </tr>
              )),
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

function FigureCell({ value, against }: { value: number | null | undefined; against: number | null | undefined }) {
  const points = value == null || against == null ? null : (value - against) * 100;
  const text = points === null || Math.abs(points) < 0.05 ? '' : formatDelta(points, 1);
  return (
    <td className={value == null ? 'ink-3' : undefined} title={value == null ? 'It would be 0 of 0' : undefined}>
      {formatNumber(value, 3)}
      <span className={`${s.slot} ${text.startsWith('+') ? 'good' : 'bad'}`}>{text}</span>
    </td>
  );
}

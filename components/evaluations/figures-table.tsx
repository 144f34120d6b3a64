import { Interval } from '#components/ui/interval.tsx';
import { isShare } from '#server/domain/metrics/paths.ts';
import type { SuiteFigure } from '#server/domain/suite/sections.schema.ts';
import s from './evaluations.module.css';
import { domainOf, figureText, intervalText } from './figure-words.ts';

/** Each figure of all rows with its interval; shares of what is right stand on one axis. */
export function FiguresTable({ figures, label }: { figures: readonly SuiteFigure[]; label: string }) {
  // Those that stand near 1 share an axis; losses and errors have none in common with them.
  const drawn = ({ path, falls }: SuiteFigure) => isShare(path) && !falls;
  const shares = figures.filter(drawn);
  const domain = domainOf(
    shares.map(({ interval }) => interval),
    true,
  );
  return (
    <table className={s.table} aria-label={label}>
      <colgroup>
        <col />
        <col style={{ width: 84 }} />
        <col style={{ width: '26%' }} />
        <col style={{ width: 132 }} />
        <col style={{ width: 88 }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Figure</th>
          <th scope="col">value</th>
          <th scope="col">
            <span className="sr-only">interval, drawn</span>
          </th>
          <th scope="col">interval</th>
          <th scope="col">better is</th>
        </tr>
      </thead>
      <tbody>
        {figures
          .map((figure) => ({ ...figure, onAxis: drawn(figure) }))
          .map(({ path, name, interval, falls, unit, onAxis }) => (
            <tr key={path}>
              <th scope="row" title={path}>
                {name}
              </th>
              <td className="strong">
                {figureText(path, interval?.estimate)}
                {unit ? ` ${unit}` : ''}
              </td>
              <td>
                {interval && onAxis && (
                  <Interval
                    estimate={interval.estimate}
                    lower={interval.lower}
                    upper={interval.upper}
                    domain={domain}
                    label={`${name}: ${figureText(path, interval.estimate)}, interval ${intervalText(path, interval)}`}
                  />
                )}
              </td>
              <td title={interval ? `${interval.method}, ${interval.n} rows` : 'It does not exist on these rows.'}>
                {intervalText(path, interval)}
              </td>
              <td className="ink-3">{path === 'bias' ? 'near 0' : falls ? 'lower' : 'higher'}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

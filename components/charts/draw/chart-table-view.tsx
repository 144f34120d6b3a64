import type { ChartTable } from '../prepare/table.ts';
import s from './charts.module.css';

const MOST = 500;

/** A chart's figures to be read; the CSV has all of them. */
export function ChartTableView({ table, label }: { table: ChartTable; label: string }) {
  return (
    <>
      <table className={s.table} aria-label={label}>
        <thead>
          <tr>
            {table.heads.map((head, i) => (
              <th key={i} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.slice(0, MOST).map((row, i) => (
            <tr key={i}>
              {row.map((cell, j) => (
                <td key={j} className={typeof cell === 'number' ? s.number : undefined}>
                  {cell === null ? '–' : typeof cell === 'number' ? Number(cell.toPrecision(6)) : cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {table.rows.length > MOST && (
        <p className="caption">
          The first {MOST} of {table.rows.length} rows; the CSV has all.
        </p>
      )}
    </>
  );
}

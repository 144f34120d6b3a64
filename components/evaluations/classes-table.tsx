import { formatNumber } from '#components/ui/format.ts';
import { Interval } from '#components/ui/interval.tsx';
import type { SuiteClass } from '#server/domain/suite/sections.schema.ts';
import s from './evaluations.module.css';
import { domainOf, figureText, intervalText } from './figure-words.ts';

const KINDS = ['precision', 'recall', 'f1', 'auc'] as const;
const HEADS = { precision: 'precision', recall: 'recall', f1: 'F1', auc: 'AUC' };

/** Precision, recall, F1 and area under the curve of each class, with their intervals. */
export function ClassesTable({ classes }: { classes: readonly SuiteClass[] }) {
  const domain = domainOf(
    classes.map(({ f1 }) => f1),
    true,
  );
  return (
    <table className={s.table} aria-label="Figures of each class">
      <colgroup>
        <col />
        <col style={{ width: 56 }} />
        <col style={{ width: '16%' }} />
        {KINDS.map((kind) => (
          <col key={kind} style={{ width: '15%' }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Class</th>
          <th scope="col">rows</th>
          <th scope="col">
            <span className="sr-only">F1, drawn</span>
          </th>
          {KINDS.map((kind) => (
            <th key={kind} scope="col">
              {HEADS[kind]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {classes.map((one) => (
          <tr key={one.name}>
            <th scope="row" title={one.name}>
              {one.name}
            </th>
            <td className="ink-2">{formatNumber(one.support)}</td>
            <td>
              {one.f1 && (
                <Interval
                  estimate={one.f1.estimate}
                  lower={one.f1.lower}
                  upper={one.f1.upper}
                  domain={domain}
                  label={`F1 of ${one.name}: ${figureText('f1', one.f1.estimate)}, interval ${intervalText('f1', one.f1)}`}
                />
              )}
            </td>
            {KINDS.map((kind) => (
              <td key={kind}>
                <span className="strong">{figureText(kind, one[kind]?.estimate)}</span>
                <div className="ink-3">{intervalText(kind, one[kind])}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

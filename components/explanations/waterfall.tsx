import { formatCount, formatShort } from '#components/ui/format.ts';
import type { RowExplanation } from '#server/features/explanations/explanations.schema.ts';
import s from './explanations.module.css';
import { fallOf } from './fall.ts';
import { formatContribution, formatOutput, SPACES } from './words.ts';

/** From the mean output to this one, field by field: each bar begins where the one above it ends. */
export function Waterfall({ explanation }: { explanation: RowExplanation }) {
  const { space, class: of } = explanation;
  const { steps, place } = fallOf(explanation);
  return (
    <table className={s.table}>
      <caption className="sr-only">
        What each field adds to the {SPACES[space]}
        {of === null ? '' : ` of ${of}`}
      </caption>
      <colgroup>
        <col style={{ width: '22%' }} />
        <col style={{ width: '24%' }} />
        <col />
        <col style={{ width: 88 }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">value</th>
          <th scope="col">
            <span className="sr-only">bar</span>
          </th>
          <th scope="col">{SPACES[space]}</th>
        </tr>
      </thead>
      <tbody>
        <tr className={s.ends}>
          <th scope="row">Mean</th>
          <td className="ink-3">{explanation.background.rows > 0 ? `${explanation.background.rows} rows` : '–'}</td>
          <td>
            <div className={s.fall}>
              <span className={s.from} style={{ left: place(explanation.expected) }} />
            </div>
          </td>
          <td>{formatOutput(explanation.expected, space)}</td>
        </tr>
        {steps.map(({ field, from, to }) => (
          <tr key={field.name}>
            <th scope="row" title={field.name}>
              {field.name}
            </th>
            <td className="ink-2 truncate" title={String(field.value ?? 'missing')}>
              {field.words ? formatCount(field.words.length, 'word') : shown(field.value)}
            </td>
            <td>
              <div className={s.fall}>
                <span
                  className={to >= from ? s.up : s.down}
                  style={{ left: place(Math.min(from, to)), right: `calc(100% - ${place(Math.max(from, to))})` }}
                />
                <span className={s.from} style={{ left: place(to) }} />
              </div>
            </td>
            <td>
              {formatContribution(field.contribution, space)}
              {field.error !== null && field.error > 0 && <span className="ink-3"> ±{formatShort(field.error)}</span>}
            </td>
          </tr>
        ))}
        <tr className={s.ends}>
          <th scope="row">This input</th>
          <td />
          <td>
            <div className={s.fall}>
              <span className={s.from} style={{ left: place(explanation.output) }} />
            </div>
          </td>
          <td>{formatOutput(explanation.output, space)}</td>
        </tr>
      </tbody>
    </table>
  );
}

function shown(value: string | number | null) {
  if (value === null || value === '') return <span className="ink-3">missing</span>;
  return typeof value === 'number' ? formatShort(value) : value;
}

import { formatNumber, formatRange, formatShort } from '#components/ui/format.ts';
import { Interval } from '#components/ui/interval.tsx';
import { StatePill } from '#components/ui/state-pill.tsx';
import { DEFINITION_WORDS } from '#server/domain/fairness/definitions.ts';
import type { Judgement } from '#server/features/fairness/fairness.schema.ts';
import s from './fairness.module.css';
import { allowedZone, axisOf, limitWords } from './words.ts';

/** Each rule with its figure, its interval and the zone in which it may lie. */
export function JudgementRows({ judgements }: { judgements: readonly Judgement[] }) {
  if (judgements.length === 0) return null;
  return (
    <table className={s.table}>
      <colgroup>
        <col style={{ width: '34%' }} />
        <col style={{ width: 108 }} />
        <col />
        <col style={{ width: 64 }} />
        <col style={{ width: 96 }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Rule</th>
          <th scope="col">limit</th>
          <th scope="col">95 % interval, allowed zone grey</th>
          <th scope="col">figure</th>
          <th scope="col">verdict</th>
        </tr>
      </thead>
      <tbody>
        {judgements.map(({ rule, subject, interval, keeps, sentence }) => {
          const domain = axisOf(rule.definition, rule.limit, interval?.upper ?? 0);
          return [
            <tr key={`${subject} ${rule.definition}`} className={s.rule}>
              <th scope="row" title={DEFINITION_WORDS[rule.definition].asks}>
                {DEFINITION_WORDS[rule.definition].title} by {subject}
              </th>
              <td className="ink-2">{limitWords(rule)}</td>
              <td>
                {interval && (
                  <Interval
                    estimate={interval.estimate}
                    lower={interval.lower}
                    upper={interval.upper}
                    domain={domain}
                    allowed={allowedZone(rule.definition, rule.limit, domain)}
                    tone={keeps === false ? 'bad' : 'accent'}
                    label={`${formatNumber(interval.estimate, 3)}, 95 % interval ${formatRange(interval.lower, interval.upper)}; allowed is ${limitWords(rule)}`}
                  />
                )}
              </td>
              <td className={keeps === false ? 'bad strong' : 'strong'}>
                {interval ? formatShort(Number(interval.estimate.toFixed(3))) : '–'}
              </td>
              <td>
                <StatePill state={keeps === null ? 'none' : keeps ? 'passed' : 'failed'}>
                  {keeps === null ? 'no figure' : keeps ? 'kept' : 'not kept'}
                </StatePill>
              </td>
            </tr>,
            <tr key={`${subject} ${rule.definition} why`}>
              <td className={s.note} colSpan={5}>
                {sentence} <span className="ink-3">Why this: {rule.reason}</span>
              </td>
            </tr>,
          ];
        })}
      </tbody>
    </table>
  );
}

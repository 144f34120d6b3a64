import { formatNumber, formatRange } from '#components/ui/format.ts';
import { Finding } from '#components/ui/sentence.tsx';
import type { FairnessData } from '#server/features/fairness/fairness.schema.ts';
import { ColumnPanel } from './column-panel.tsx';
import s from './fairness.module.css';
import { JudgementRows } from './judgement-rows.tsx';
import { verdictOf } from './words.ts';

/** Figures of fairness as a suite run found them: the verdict, each rule, then each column. */
export function FairnessView({ data, problems }: { data: FairnessData; problems: readonly string[] }) {
  const verdict = verdictOf(data);
  return (
    <div className={s.stack}>
      <Finding tone={verdict.tone} title={verdict.sentence}>
        {data.policy && (
          <p>
            Policy {data.policy.number} by {data.policy.by}: {data.policy.reason}
          </p>
        )}
      </Finding>
      {problems.map((problem) => (
        <p key={problem} className="warn">
          {problem}
        </p>
      ))}
      <JudgementRows judgements={data.judgements} />
      {data.columns.map((column) => (
        <ColumnPanel key={column.subject} column={column} />
      ))}
      <p className="caption">
        {formatNumber(data.n)} gold rows; groups with fewer than {data.minimum} rows are shown in grey and not judged; a missing
        value is a group of its own.
        {data.consistency &&
          ` Of the five most alike rows, ${formatNumber(data.consistency.estimate * 100, 1)} % get the same answer (95 % interval ${formatRange(data.consistency.lower * 100, data.consistency.upper * 100, 1)} %).`}
      </p>
    </div>
  );
}

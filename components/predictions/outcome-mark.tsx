import { StatePill } from '#components/ui/state-pill.tsx';

type Props = { correct: boolean | null; outcome: string | null; errorCode: string | null };

/** What became of a prediction, in a word and a shape. */
export function OutcomeMark({ correct, outcome, errorCode }: Props) {
  if (errorCode !== null) return <StatePill state="failed">failed, {errorCode.toLowerCase().replaceAll('_', ' ')}</StatePill>;
  if (correct === null) return <span className="ink-3">no outcome yet</span>;
  if (correct) return <StatePill state="passed">right</StatePill>;
  return <StatePill state="alert">wrong, was {outcome}</StatePill>;
}

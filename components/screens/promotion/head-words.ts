import { formatNumber } from '#components/ui/format.ts';
import type { RequestDetail } from '#server/features/models/promotions.schema.ts';

export type HeadWords = { sentence: string; explanation: string };
type Asked = Pick<RequestDetail, 'model' | 'number' | 'targetStage' | 'status' | 'plan' | 'stage'> & {
  evidence: Pick<NonNullable<RequestDetail['evidence']>, 'incumbent' | 'changes' | 'on'> | null;
};

/**
 * What an approval would change, and for whom, in plain words.
 * @param title what people call the stage
 */
export function headWords(request: Asked, title: string): HeadWords {
  return { sentence: sentenceOf(request, title), explanation: [answersOf(request), planWords(request, title)].join(' ').trim() };
}

function sentenceOf({ model, number, plan, evidence, status, targetStage, stage }: Asked, title: string): string {
  const version = `v${number}`;
  const where = plan ? `for callers of ${plan.deployment}` : `as the ${title.toLowerCase()} version of ${model}`;
  const before = evidence?.incumbent ? `v${evidence.incumbent.number}` : null;
  if (status === 'completed' || stage === targetStage)
    return before ? `${version} took over from ${before} ${where}.` : `${version} is ${where}.`;
  if (status === 'approved') return `${version} is taking over ${before ? `from ${before} ` : ''}${where}.`;
  return before ? `${version} would take over from ${before} ${where}.` : `${version} would be the first ${where}.`;
}

function answersOf({ evidence, number }: Asked): string {
  if (!evidence?.changes || !evidence.incumbent) return '';
  const { total, better, worse } = evidence.changes;
  const of = `${formatNumber(evidence.on.rows)} rows of ${evidence.on.dataset} v${evidence.on.number}`;
  if (total === 0) return `On ${of} it answers as v${evidence.incumbent.number} does, each time.`;
  const rest = total - better - worse;
  const parts = [
    `${formatNumber(better)} from wrong to right`,
    `${formatNumber(worse)} from right to wrong`,
    ...(rest > 0 ? [`${formatNumber(rest)} from one wrong answer to another`] : []),
  ];
  return `On ${of}, v${number} answers ${formatNumber(total)} differently: ${parts.join(', ')}.`;
}

function planWords({ plan, number, targetStage, status }: Asked, title: string): string {
  if (!['preparing', 'pending', 'changes'].includes(status)) return '';
  if (!plan) return targetStage ? `With the approval it is in ${title.toLowerCase()} at once.` : '';
  const [first, ...others] = plan.weights.map((weight) => `${Math.round(weight * 100)} %`);
  const then = others.length > 0 ? `, then ${others.join(', then ')}` : '';
  return `A canary gives it ${first}${then} of the requests, and rolls back by itself if v${number} does worse.`;
}

import type { TimelineItem } from '#components/ui/timeline.tsx';
import { TEXT_FEATURES } from '#server/domain/text-features.ts';
import type { Home } from '#server/features/home/home.schema.ts';

export type NewsEntry = Home['recent'][number];
export type News = { title: string; note: string | null; tone: NonNullable<TimelineItem['tone']> };

const LONGEST_NOTE = 96;
const BY_ITSELF = 'Stagecraft';

type Words = (target: string, entry: NewsEntry) => Omit<News, 'note' | 'tone'> & Partial<News>;

const WORDS: Record<string, Words> = {
  'dataset.version.ready': (target) => ({ title: `${target} is ready` }),
  'dataset.version.failed': (target) => ({ title: `${target} could not be built`, tone: 'bad' }),
  'dataset.archived': (target) => ({ title: `Dataset ${target} was put away` }),
  'labeling.created': (target) => ({ title: `Labeling of ${target} began` }),
  'labeling.version.requested': (target) => ({ title: `Labels of ${target} became a dataset version` }),
  'training.launched': (target) => ({ title: `Trials launched: ${target}` }),
  'training.canceled': (target) => ({ title: `Trials cancelled: ${target}` }),
  'model.version.registered': (target) => ({ title: `${target} was registered` }),
  'promotion.requested': (target) => ({ title: request(target, 'proposed for') }),
  'promotion.approved': (target) => ({ title: request(target, 'approved for') }),
  'promotion.refused': (target) => ({ title: request(target, 'refused for'), tone: 'bad' }),
  'promotion.approval-given': (target) => ({ title: request(target, 'given an approval for') }),
  'promotion.changes-requested': (target) => ({ title: request(target, 'sent back on its way to'), tone: 'warn' }),
  'promotion.changes-answered': (target) => ({ title: request(target, 'answered for on its way to') }),
  'promotion.expired': (target) => ({ title: request(target, 'left undecided for'), tone: 'warn' }),
  'promotion.emergency-reviewed': (target) => ({ title: request(target, 'reviewed after its emergency for') }),
  'promotion.withdrawn': (target) => ({ title: request(target, 'no longer proposed for') }),
  'rollout.start': (target) => ({ title: `${candidate(target)} begins to answer` }),
  'rollout.advance': (target) => ({ title: `${candidate(target)} gets more requests` }),
  'rollout.complete': (target) => ({ title: `${candidate(target)} answers all requests`, tone: 'accent' }),
  'rollout.roll-back': (target, entry) => ({
    title: `${candidate(target)} was rolled back${entry.actor === BY_ITSELF ? ' on its own' : ''}`,
    tone: 'bad',
  }),
  'rollout.explain': (target) => ({ title: `Why ${candidate(target)} was rolled back` }),
  'rollout.pause': (target) => ({ title: `Rollout of ${candidate(target)} paused`, tone: 'warn' }),
  'rollout.resume': (target) => ({ title: `Rollout of ${candidate(target)} goes on` }),
  'deployment.created': (target) => ({ title: `Deployment ${target} was set up` }),
  'deployment.primary-set': (target) => ({ title: `${target} got its first version`, tone: 'accent' }),
  'deployment.went-back': (target) => ({ title: `${target} went back to the version before`, tone: 'warn' }),
  'deployment.plan-changed': (target) => ({ title: `The rollout steps of ${target} changed` }),
  'deployment.archived': (target) => ({ title: `Deployment ${target} was put away` }),
  'alert.opened': (target) => ({ title: `Drift alert: ${watched(target)}`, tone: 'bad' }),
  'alert.acknowledged': (target) => ({ title: `Drift seen to: ${watched(target)}` }),
  'monitor.created': (target) => ({ title: `${target} is being watched` }),
  'monitor.settings.changed': (target) => ({ title: `Thresholds of ${target} changed` }),
  'monitor.window.kept': (target) => ({ title: `Requests of ${target} became a dataset version` }),
};

/** An entry of the record in plain words: what happened, who did it and why. An act without words of its own is told by its name. */
export function newsWords(entry: NewsEntry): News {
  const told = WORDS[entry.action]?.(entry.target, entry);
  return {
    title: told?.title ?? `${entry.target}: ${entry.action.replaceAll(/[._-]/g, ' ')}`,
    tone: told?.tone ?? 'quiet',
    note: told?.note ?? whoAndWhy(entry),
  };
}

function whoAndWhy({ actor, reason }: NewsEntry): string | null {
  if (!reason) return actor === BY_ITSELF ? null : actor;
  const short = reason.length > LONGEST_NOTE ? `${reason.slice(0, LONGEST_NOTE).replace(/\s+\S*$/, '')} …` : reason;
  return actor === BY_ITSELF ? short : `${actor}: “${short}”`;
}

/** "spam-filter v4 to staging" -> "spam-filter v4 proposed for staging". */
function request(target: string, verb: string): string {
  const [, version, stage] = /^(.+) to ([\w-]+)$/.exec(target) ?? [];
  return version ? `${version} ${verb} ${stage}` : `${target} ${verb.replace(/ for$/, '')}`;
}

/** "spam-filter, rollout 2 of v3" -> "spam-filter v3". */
function candidate(target: string): string {
  const [, deployment, version] = /^(.+), rollout \d+ of (.+)$/.exec(target) ?? [];
  if (!deployment || !version) return target;
  return /^v\d+$/.test(version) ? `${deployment} ${version}` : version;
}

/** "spam-filter: body.length" -> "spam-filter, length of body". */
function watched(target: string): string {
  const [, monitor, key] = /^(?:(.+): )?(.+)$/.exec(target) ?? [];
  const [, column, feature] = /^(.+)\.([a-z]+)$/i.exec(key ?? '') ?? [];
  const title = Object.entries(TEXT_FEATURES)
    .find(([name]) => name === feature)?.[1]
    .title.toLowerCase();
  const subject = title && column ? `${title} of ${column}` : key === 'answer' ? 'its answers' : key;
  return [monitor, subject].filter(Boolean).join(', ');
}

import type { ProjectScope } from '#server/auth/actor.ts';
import { notify } from '#server/features/notifications/notifications.service.ts';
import type { Tx } from '#server/platform/db/client.ts';

const TOLD = {
  start: { kind: 'rollout.started', words: 'starts' },
  complete: { kind: 'rollout.completed', words: 'is completed' },
  roll_back: { kind: 'rollout.rolled_back', words: 'was rolled back' },
} as const;

type Rollout = {
  id: string;
  number: number;
  deployment: string;
  /** Of the candidate: `v4`. */
  version: string;
  model: string;
  requestId: string | null;
};

/** Tells those who run deployments, and webhooks, that a rollout has begun or ended; its steps are told to nobody. */
export async function tellRollout(
  tx: Tx,
  scope: ProjectScope,
  rollout: Rollout,
  news: { action: string; sentence: string },
): Promise<void> {
  if (!isTold(news.action)) return;
  const { kind, words } = TOLD[news.action];
  const { deployment, number, version, model, requestId } = rollout;
  await notify(tx, scope, {
    kind,
    people: { scope: 'deployment:write' },
    title: `The rollout of ${model} ${version} on ${deployment} ${words}`,
    text: news.sentence,
    href: `/${scope.projectName}/deployments/${deployment}?rollout=${number}`,
    data: { deployment, rollout: number, model, version: Number(version.slice(1)), requestId },
  });
}

function isTold(action: string): action is keyof typeof TOLD {
  return Object.hasOwn(TOLD, action);
}

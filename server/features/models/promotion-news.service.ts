import type { ProjectScope } from '#server/auth/actor.ts';
import { notify } from '#server/features/notifications/notifications.service.ts';
import type { Tx } from '#server/platform/db/client.ts';
import type { Tally } from './approval.policy.ts';
import { requestName, requestPath } from './promotion-record.service.ts';
import type { ListedRequest, RequestRow } from './promotions.repo.ts';

/** Tells those who may decide that a request waits for them. */
export async function tellVoters(tx: Tx, scope: ProjectScope, request: RequestRow, tally: Tally): Promise<void> {
  const urgent = request.emergency === null ? '' : 'Emergency: ';
  const left = tally.needed - tally.counted.length;
  await notify(tx, scope, {
    kind: 'promotion.requested',
    people: tally.open.map((person) => person.id),
    title: `${urgent}${request.requestedByName} asks to move ${requestName(request)}`,
    text: `${request.emergency ?? request.reason}${tally.needed > 1 ? ` ${left} more of ${tally.needed} approvals are needed.` : ''}`,
    href: requestPath(scope, request.id),
    groupKey: `promotion:${request.id}`,
    data: dataOf(request),
  });
}

/** Tells who asked what became of it. */
export async function tellDecided(
  tx: Tx,
  scope: ProjectScope,
  request: RequestRow,
  o: { status: 'completed' | 'approved' | 'refused'; reason: string },
): Promise<void> {
  await notify(tx, scope, {
    kind: 'promotion.decided',
    people: askersOf(request),
    title: `${scope.actor.name} ${o.status === 'refused' ? 'refused' : 'approved'} ${requestName(request)}`,
    text: o.reason,
    href: requestPath(scope, request.id),
    groupKey: `promotion:${request.id}`,
    data: { ...dataOf(request), status: o.status },
  });
}

/** Tells who asked, and who may have been looking at it, that a request ended without a decision. */
export async function tellEnded(
  tx: Tx,
  scope: ProjectScope,
  request: RequestRow,
  o: { people: string[]; title: string; text: string; status: string },
): Promise<void> {
  await notify(tx, scope, {
    kind: 'promotion.ended',
    people: [...new Set([...askersOf(request), ...o.people])],
    title: o.title,
    text: o.text,
    href: requestPath(scope, request.id),
    groupKey: `promotion:${request.id}`,
    data: { ...dataOf(request), status: o.status },
  });
}

/** Tells those who are mentioned, and those who wrote in the thread before; wishes for changes go to who asked. */
export async function tellComment(
  tx: Tx,
  scope: ProjectScope,
  request: RequestRow,
  o: { kind: 'comment' | 'changes' | 'answer'; body: string; mentions: string[]; before: string[] },
): Promise<void> {
  const news = { text: o.body, href: requestPath(scope, request.id), data: dataOf(request) };
  const name = requestName(request);
  const told = new Set(o.mentions);
  if (o.kind !== 'comment') {
    const people = o.kind === 'changes' ? askersOf(request) : o.before;
    const title =
      o.kind === 'changes' ? `${scope.actor.name} asks for changes: ${name}` : `${scope.actor.name} has answered: ${name}`;
    await notify(tx, scope, { kind: 'promotion.changes', people, title, groupKey: `promotion:${request.id}`, ...news });
    for (const id of people) told.add(id);
  }
  const mentioned = o.kind === 'changes' ? o.mentions.filter((id) => !askersOf(request).includes(id)) : o.mentions;
  if (mentioned.length > 0) {
    await notify(tx, scope, {
      kind: 'comment.mention',
      people: mentioned,
      title: `${scope.actor.name} mentions you: ${name}`,
      ...news,
    });
  }
  const others = [...new Set([...o.before, ...(o.kind === 'comment' ? askersOf(request) : [])])].filter((id) => !told.has(id));
  if (others.length > 0) {
    await notify(tx, scope, {
      kind: 'comment.reply',
      people: others,
      title: `${scope.actor.name} wrote about ${name}`,
      groupKey: `thread:${request.id}`,
      webhooks: 'none',
      ...news,
    });
  }
}

/** Nags those who could review an emergency that waits for its review. */
export async function tellReviewers(
  tx: Tx,
  scope: ProjectScope,
  request: ListedRequest,
  o: { people: string[]; due: string },
): Promise<void> {
  await notify(tx, scope, {
    kind: 'emergency.review',
    people: o.people,
    title: `The emergency promotion of ${requestName(request)} waits for its review`,
    text: `${o.due} ${request.emergency ?? ''}`,
    href: requestPath(scope, request.id),
    groupKey: `review:${request.id}`,
    data: dataOf(request),
  });
}

/** The people who asked: the person, or whoever made the program's token. */
export function askersOf(request: ListedRequest): string[] {
  return [...new Set([request.responsibleId ?? request.requestedById])].filter((id) => id !== null);
}

function dataOf(request: ListedRequest): Record<string, unknown> {
  return {
    request: request.id,
    model: request.modelVersion.model.name,
    version: request.modelVersion.number,
    stage: request.targetStage,
    emergency: request.emergency !== null,
  };
}

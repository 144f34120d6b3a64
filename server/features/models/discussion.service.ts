import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { mentionsIn } from '#server/domain/mentions.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { db, type Tx, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { findPeople } from './approvals.repo.ts';
import type { ThreadRow } from './discussion.repo.ts';
import { findThread, findThreads, insertComment, insertThread, setResolved } from './discussion.repo.ts';
import type { commentInput, commentOutput, listThreadsOutput, ThreadView } from './discussion.schema.ts';
import { tellComment } from './promotion-news.service.ts';
import { requestName } from './promotion-record.service.ts';
import type { RequestRow } from './promotions.repo.ts';
import { findRequest } from './promotions.repo.ts';

/** The conversation about a request, and who can be mentioned in it. @throws NOT_FOUND */
export async function listThreads(scope: ProjectScope, requestId: string): Promise<z.infer<typeof listThreadsOutput>> {
  const [threads, people] = [await findThreads(db, scope, requestId), await findPeople(db, scope)];
  return {
    threads: threads.map((thread) => toThread(thread, scope.actor.id)),
    people: people.map(({ id, name }) => ({ id, name })),
    mayComment: scope.scopes.has('promotion:comment') || scope.scopes.has('promotion:request'),
  };
}

/** Writes into a thread, or opens one. Whoever is mentioned is told. @throws NOT_FOUND, CONFLICT in a resolved thread */
export async function comment(scope: ProjectScope, input: z.infer<typeof commentInput>): Promise<z.infer<typeof commentOutput>> {
  return transaction(async (tx) => {
    const request = await findRequest(tx, scope, input.id);
    if (!request) throw notFound('promotion request');
    if (!input.threadId) return openThread(tx, scope, { request, about: input.about ?? null, body: input.body, kind: 'comment' });
    const thread = await findThread(tx, scope, input.threadId);
    if (!thread || thread.requestId !== request.id) throw notFound('thread');
    if (thread.resolvedAt) {
      throw new DomainError('CONFLICT', `${thread.resolvedByName} resolved this thread. Open it again to write on.`);
    }
    return write(tx, scope, { request, thread, body: input.body, kind: 'comment' });
  });
}

/** Marks a thread as resolved, or opens it again. Doing so twice changes nothing. @throws NOT_FOUND */
export async function resolveThread(scope: ProjectScope, input: { threadId: string; resolved: boolean }): Promise<void> {
  await transaction(async (tx) => {
    const thread = await findThread(tx, scope, input.threadId);
    const request = thread && (await findRequest(tx, scope, thread.requestId));
    if (!thread || !request) throw notFound('thread');
    if (!(await setResolved(tx, scope, { id: thread.id, resolved: input.resolved }))) return;
    await audit(tx, scope, request, input.resolved ? 'thread-resolved' : 'thread-reopened', { thread: thread.id });
  });
}

type NewThread = { request: RequestRow; about: string | null; body: string; kind: 'comment' | 'changes' | 'answer' };

/** Opens a thread with its first comment, in the caller's transaction. */
export async function openThread(tx: Tx, scope: ProjectScope, o: NewThread): Promise<z.infer<typeof commentOutput>> {
  const made = await insertThread(tx, scope, { requestId: o.request.id, about: o.about });
  return write(tx, scope, { request: o.request, thread: { ...made, comments: [] }, body: o.body, kind: o.kind });
}

/** Answers where something was wished, as long as that thread is open; else in one of its own. */
export async function answerThread(
  tx: Tx,
  scope: ProjectScope,
  o: { request: RequestRow; wish: { authorId: string; body: string } | null; body: string },
): Promise<void> {
  const threads = await findThreads(tx, scope, o.request.id);
  const its = threads.findLast(
    ({ resolvedAt, comments: [first] }) => !resolvedAt && first?.authorId === o.wish?.authorId && first?.body === o.wish?.body,
  );
  if (its) await write(tx, scope, { request: o.request, thread: its, body: o.body, kind: 'answer' });
  else await openThread(tx, scope, { request: o.request, about: null, body: o.body, kind: 'answer' });
}

async function write(
  tx: Tx,
  scope: ProjectScope,
  o: { request: RequestRow; thread: ThreadRow; body: string; kind: NewThread['kind'] },
): Promise<z.infer<typeof commentOutput>> {
  const people = await findPeople(tx, scope);
  const mentions = [...new Set(mentionsIn(o.body, people).map((mention) => mention.id))];
  const row = await insertComment(tx, scope, { threadId: o.thread.id, body: o.body, mentions });
  await audit(tx, scope, o.request, 'commented', { thread: o.thread.id, about: o.thread.about, mentions });
  await tellComment(tx, scope, o.request, {
    kind: o.kind,
    body: o.body,
    mentions,
    before: o.thread.comments.flatMap((one) => (one.authorKind === 'user' && one.authorId ? [one.authorId] : [])),
  });
  return { threadId: o.thread.id, id: row.id };
}

async function audit(tx: Tx, scope: ProjectScope, request: RequestRow, what: string, details: Record<string, unknown>) {
  await recordAudit(tx, scope, {
    action: `promotion.${what}`,
    target: { type: 'promotion_request', id: request.id, name: requestName(request) },
    details,
  });
  await publish(tx, { projectId: scope.projectId, type: 'promotion.comment', id: request.id });
}

function toThread(thread: ThreadRow, me: string | null): ThreadView {
  return {
    id: thread.id,
    about: thread.about,
    createdAt: thread.createdAt,
    resolvedAt: thread.resolvedAt,
    resolvedByName: thread.resolvedByName,
    comments: thread.comments.map(({ id, authorKind, authorName, authorId, body, at }) => ({
      id,
      authorKind: authorKind === 'token' || authorKind === 'system' ? authorKind : 'user',
      authorName,
      mine: authorId !== null && authorId === me,
      body,
      at,
    })),
  };
}

import type { z } from 'zod';
import { type ProjectScope, systemScope } from '#server/auth/actor.ts';
import { DomainError } from '#server/errors.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { findPeople } from './approvals.repo.ts';
import { mayReview } from './promotion.policy.ts';
import { tellReviewers } from './promotion-news.service.ts';
import { holdRequest, record, requestName } from './promotion-record.service.ts';
import type { ListedRequest } from './promotions.repo.ts';
import { findUnreviewed, updateRequest } from './promotions.repo.ts';
import type { reviewInput, turnOutput } from './promotions.schema.ts';

const DAY = 86_400_000;

/** Gives the review of an emergency: whether it was justified, in words. @throws FORBIDDEN, CONFLICT when it was reviewed */
export async function reviewEmergency(
  scope: ProjectScope,
  input: z.infer<typeof reviewInput>,
): Promise<z.infer<typeof turnOutput>> {
  return transaction(async (tx) => {
    const request = await holdRequest(tx, scope, input.id);
    if (request.reviewedAt && request.reviewedById !== scope.actor.id) {
      throw new DomainError('CONFLICT', `${request.reviewedByName} reviewed it already: ${request.reviewText}`);
    }
    if (request.reviewedAt) return { id: request.id, status: request.status };
    const may = mayReview(scope, reviewable(request));
    if (!may.ok) throw new DomainError('FORBIDDEN', may.why);
    await updateRequest(tx, scope, {
      id: request.id,
      from: [request.status],
      change: {
        reviewedAt: new Date(),
        reviewedById: scope.actor.id ?? '',
        reviewedByName: scope.actor.name,
        reviewVerdict: input.verdict,
        reviewText: input.text,
      },
    });
    await record(tx, scope, { id: request.id, name: requestName(request) }, 'emergency-reviewed', input.text, {
      verdict: input.verdict,
    });
    return { id: request.id, status: request.status };
  });
}

/** Reminds of emergencies that wait for their review, once a day, until one is given. */
export async function nagForReviews(now: Date): Promise<void> {
  for (const { id, projectId, projectName } of await findUnreviewed(db, new Date(now.getTime() - DAY))) {
    const scope = systemScope({ id: projectId, name: projectName });
    await transaction(async (tx) => {
      const request = await holdRequest(tx, scope, id);
      if (request.reviewedAt || !request.reviewDueAt) return;
      if (request.reviewRemindedAt && now.getTime() - request.reviewRemindedAt.getTime() < DAY) return;
      const took = reviewable(request);
      const people = (await findPeople(tx, scope)).filter(
        (person) => person.mayDecide && !took.requesterIds.includes(person.id) && took.decidedById !== person.id,
      );
      await updateRequest(tx, scope, { id, from: [request.status], change: { reviewRemindedAt: now } });
      await tellReviewers(tx, scope, request, {
        people: people.map((person) => person.id),
        due: dueWords(request.reviewDueAt, now),
      });
    });
  }
}

/** A request as the policy of reviews takes it. */
export function reviewable(request: ListedRequest) {
  const { emergency, reviewDueAt, reviewedAt, decidedById, requestedById, responsibleId } = request;
  return {
    emergency,
    reviewDueAt,
    reviewedAt,
    decidedById,
    requesterIds: [requestedById, responsibleId].filter((id) => id !== null),
  };
}

function dueWords(dueAt: Date, now: Date): string {
  const days = Math.floor((dueAt.getTime() - now.getTime()) / DAY);
  if (dueAt < now) return `It was due on ${dueAt.toISOString().slice(0, 10)}.`;
  return days < 1 ? 'It is due today.' : `It is due in ${days === 1 ? 'one day' : `${days} days`}.`;
}

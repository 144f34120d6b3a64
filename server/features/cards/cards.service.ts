import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { type CardTexts, cardTexts, type ModelCard, modelCard } from '#server/domain/card/card.schema.ts';
import { type CardChange, diffCards } from '#server/domain/card/diff.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { getModel } from '#server/features/models/models.service.ts';
import { requireAnyVersion, requireVersionById } from '#server/features/models/registry.service.ts';
import { db, type Tx, transaction } from '#server/platform/db/client.ts';
import { isUniqueViolation } from '#server/platform/db/errors.ts';
import { publish } from '#server/platform/events/events.ts';
import { toCard } from './card.view.ts';
import { collectFacts } from './card-facts.service.ts';
import { mayWriteCard } from './cards.policy.ts';
import { findFreeze, findRevision, findRevisions, findTextsBefore, insertRevision, upsertFreeze } from './cards.repo.ts';
import type { CardDetail, cardRef, saveCardInput } from './cards.schema.ts';

type Ref = z.infer<typeof cardRef>;

/** The card of a version as it is now: facts of this moment, texts of a revision. @throws NOT_FOUND */
export async function getCard(
  scope: ProjectScope,
  input: Ref & { revision?: number | undefined },
  now: Date,
): Promise<CardDetail> {
  const version = await requireAnyVersion(db, scope, input.model, input.number);
  const [revisions, model, chosen] = await Promise.all([
    findRevisions(db, scope, version.id),
    getModel(scope, input.model),
    findRevision(db, scope, { modelVersionId: version.id, number: input.revision }),
  ]);
  if (input.revision !== undefined && !chosen) throw notFound(`revision ${input.revision} of this card`);
  const others = model.versions.filter((one) => one.number < input.number);
  // Nobody wrote yet: the texts of the version before are the beginning, to be read and changed.
  const begun = chosen ? null : await findTextsBefore(db, scope, { modelVersionIds: others.map((one) => one.id) });
  const texts = textsOf((chosen ?? begun)?.texts);
  const facts = await collectFacts(scope, input, now);
  const revision = {
    number: chosen?.number ?? 0,
    by: chosen?.authorName ?? null,
    at: chosen?.createdAt ?? null,
    texts: chosen ? texts : {},
  };
  return {
    card: toCard(facts, revision, now),
    texts,
    mayWrite: mayWriteCard(scope),
    revisions: revisions.map(({ number, authorName, createdAt, note }) => ({ number, by: authorName, at: createdAt, note })),
    others: others.map((one) => one.number),
  };
}

/**
 * Keeps the texts as a new revision.
 * @throws FORBIDDEN, NOT_FOUND, CONFLICT when somebody saved meanwhile
 */
export async function saveCard(scope: ProjectScope, input: z.infer<typeof saveCardInput>): Promise<{ revision: number }> {
  if (!mayWriteCard(scope)) throw new DomainError('FORBIDDEN', 'Writing a card needs the right promotion:comment.');
  try {
    return await transaction(async (tx) => {
      const version = await requireAnyVersion(tx, scope, input.model, input.number);
      const last = await findRevision(tx, scope, { modelVersionId: version.id });
      if ((last?.number ?? 0) !== input.base) throw conflict(last?.authorName ?? null, last?.number ?? 0);
      const texts = Object.fromEntries(Object.entries(input.texts).filter(([, text]) => text.trim() !== ''));
      const made = await insertRevision(tx, scope, {
        modelVersionId: version.id,
        number: input.base + 1,
        texts,
        note: input.note,
      });
      const changed = changedKeys(textsOf(last?.texts), texts);
      await recordAudit(tx, scope, {
        action: 'model.card.saved',
        target: { type: 'model_version', id: version.id, name: `${input.model} v${input.number}` },
        reason: input.note || undefined,
        details: { revision: made.number, changed },
      });
      await publish(tx, { projectId: scope.projectId, type: 'model.card', id: version.id });
      return { revision: made.number };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw conflict(null, input.base + 1);
    throw error;
  }
}

/** What differs between the cards of two versions, the older one first. */
export async function compareCards(scope: ProjectScope, input: Ref & { against: number }, now: Date): Promise<CardChange[]> {
  const cardOf = async (number: number) => (await getCard(scope, { model: input.model, number }, now)).card;
  const [before, after] = await Promise.all([cardOf(input.against), cardOf(input.number)]);
  return diffCards(before, after);
}

/**
 * Freezes the card of a version for a promotion request: facts and texts as they are now. Called when the evidence is
 * frozen; collects before the transaction, so that it holds nothing up.
 */
export async function collectCard(scope: ProjectScope, modelVersionId: string, now: Date): Promise<ModelCard> {
  const version = await requireVersionById(db, scope, modelVersionId);
  return (await getCard(scope, { model: version.model.name, number: version.number }, now)).card;
}

/** Keeps a collected card with the request, in the transaction that freezes its evidence. */
export async function freezeCard(
  tx: Tx,
  scope: ProjectScope,
  o: { requestId: string; modelVersionId: string; card: ModelCard },
): Promise<void> {
  await upsertFreeze(tx, scope, { ...o, revision: o.card.revision });
}

/** The card as it was frozen with a request, or null for a request without one. */
export async function getFrozenCard(
  scope: ProjectScope,
  requestId: string,
): Promise<{ card: ModelCard; revision: number; at: Date } | null> {
  const row = await findFreeze(db, scope, requestId);
  return row && { card: modelCard.parse(row.card), revision: row.revision, at: row.createdAt };
}

function conflict(by: string | null, now: number): DomainError {
  return new DomainError(
    'CONFLICT',
    `${by ?? 'Somebody'} saved revision ${now} meanwhile. Copy what you wrote, open the card again and put it in.`,
    { revision: now },
  );
}

function textsOf(stored: unknown): CardTexts {
  const parsed = cardTexts.safeParse(stored ?? {});
  return parsed.success ? parsed.data : {};
}

function changedKeys(before: CardTexts, after: CardTexts): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => before[key as keyof CardTexts] !== after[key as keyof CardTexts],
  );
}

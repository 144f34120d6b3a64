import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { transaction } from '#server/platform/db/client.ts';
import { isUniqueViolation } from '#server/platform/db/errors.ts';
import { publish } from '#server/platform/events/events.ts';
import type { AnnotationRow } from './answers.repo.ts';
import {
  findAnnotation,
  findHistory,
  findStandingAnnotation,
  hasAnswered,
  insertAnnotation,
  markUndone,
} from './answers.repo.ts';
import { requirePerson } from './labeling.policy.ts';
import type { LabelingRow } from './labeling.repo.ts';
import { requireLabeling } from './labeling.service.ts';
import { viewAnnotation } from './labeling.view.ts';
import { countItems } from './progress.repo.ts';
import { finishItem, lockItem, reopenItem } from './queue.repo.ts';
import type { AnswerInput, AnswerOutput, historyInput, historyOutput, SkipInput, undoInput, undoOutput } from './queue.schema.ts';

type Verdict = { label: string; skipReason: null } | { label: null; skipReason: string };

/**
 * Keeps an answer. Sending the same one again (same id) changes nothing and answers the same. The first answer of an
 * item stands: one whose lease ran out is kept as long as nobody else answered.
 * @throws DomainError CONFLICT with `details.reason` `answered_by_other`, `answered_by_you`, `closed` or `id_reused`;
 *   INVALID for a label that isn't one of the question's; NOT_FOUND for an item of another queue.
 */
export async function answerItem(scope: ProjectScope, input: AnswerInput): Promise<AnswerOutput> {
  return keep(scope, input, { label: input.label, skipReason: null });
}

/** Puts an item aside with a reason, for those who lead the labeling to look at. Same rules as an answer. */
export async function skipItem(scope: ProjectScope, input: SkipInput): Promise<AnswerOutput> {
  return keep(scope, input, { label: null, skipReason: input.reason });
}

async function keep(
  scope: ProjectScope,
  input: { labeling: string; annotationId: string; itemId: string; durationMs: number },
  verdict: Verdict,
): Promise<AnswerOutput> {
  const userId = requirePerson(scope);
  try {
    return await transaction(async (tx) => {
      const labeling = await requireLabeling(tx, scope, input.labeling);
      const item = await lockItem(tx, scope, { labelingId: labeling.id, itemId: input.itemId });
      if (!item) throw notFound('item of this labeling project');
      const sent = await findAnnotation(tx, scope, input.annotationId);
      if (sent) return answered(tx, scope, labeling, sameAnswer(sent, { ...input, userId, verdict }));
      assertActive(labeling);
      assertKnownLabel(labeling, verdict.label);
      if (item.status !== 'open') {
        const standing = await findStandingAnnotation(tx, scope, item.id);
        return answered(tx, scope, labeling, ownSameAnswer(standing, { userId, verdict }));
      }
      if (!(await hasAnswered(tx, scope, { labelingId: labeling.id, userId }))) await recordStart(tx, scope, labeling);
      const row = await insertAnnotation(tx, scope, {
        id: input.annotationId,
        labelingProjectId: labeling.id,
        itemId: item.id,
        userId,
        label: verdict.label,
        skipped: verdict.label === null,
        skipReason: verdict.skipReason,
        durationMs: input.durationMs,
      });
      await finishItem(tx, scope, item.id, verdict.label === null ? 'skipped' : 'done');
      await publish(tx, { projectId: scope.projectId, type: 'label.item', id: labeling.id });
      return answered(tx, scope, labeling, row);
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw idReused();
    throw error;
  }
}

/**
 * Takes one's own answer back, however long ago: it stays in the record, marked, and its item is open again and
 * leased to the caller. Undoing twice is no error.
 */
export async function undoAnswer(scope: ProjectScope, input: z.output<typeof undoInput>): Promise<z.input<typeof undoOutput>> {
  const userId = requirePerson(scope);
  return transaction(async (tx) => {
    const labeling = await requireLabeling(tx, scope, input.labeling);
    const known = await findAnnotation(tx, scope, input.annotationId);
    if (known?.userId !== userId || known.labelingProjectId !== labeling.id) throw notFound('answer of yours');
    assertActive(labeling);
    const item = await lockItem(tx, scope, { labelingId: labeling.id, itemId: known.itemId });
    const now = await findAnnotation(tx, scope, input.annotationId);
    if (!item || !now) throw notFound('answer of yours');
    if (now.undoneAt) {
      if (item.status !== 'open')
        throw conflict('answered_since', 'This answer was taken back already, and the item was answered anew since.');
      if (item.leaseAlive && item.leasedById !== userId) {
        throw conflict('open_elsewhere', 'This answer was taken back already, and somebody else has the item open now.');
      }
    }
    await markUndone(tx, scope, now.id);
    const leasedUntil = await reopenItem(tx, scope, item.id, { userId, seconds: labeling.leaseSeconds });
    await publish(tx, { projectId: scope.projectId, type: 'label.item', id: labeling.id });
    const counts = await countItems(tx, scope, [labeling.id]);
    return {
      annotation: { ...viewAnnotation(now), undone: true },
      item: { id: item.id, position: item.position, key: item.key, data: item.data, leasedUntil: leasedUntil ?? new Date() },
      progress: counts.get(labeling.id) ?? { total: 0, done: 0, skipped: 0, open: 0 },
    };
  });
}

/** The caller's own answers that stand, newest first: what one looks back at, and may undo. */
export async function listHistory(
  scope: ProjectScope,
  input: z.output<typeof historyInput>,
): Promise<z.input<typeof historyOutput>> {
  const userId = requirePerson(scope);
  return transaction(async (tx) => {
    const labeling = await requireLabeling(tx, scope, input.labeling);
    const rows = await findHistory(tx, scope, { labelingId: labeling.id, userId, limit: input.limit + 1, before: input.before });
    return {
      entries: rows.slice(0, input.limit).map((row) => ({
        ...viewAnnotation(row),
        item: { id: row.item.id, position: row.item.position, key: row.item.rowKey, data: row.item.data },
      })),
      more: rows.length > input.limit,
    };
  });
}

async function answered(tx: Tx, scope: ProjectScope, labeling: LabelingRow, row: AnnotationRow): Promise<AnswerOutput> {
  const counts = await countItems(tx, scope, [labeling.id]);
  return { annotation: viewAnnotation(row), progress: counts.get(labeling.id) ?? { total: 0, done: 0, skipped: 0, open: 0 } };
}

/** Audits that a person began; each single answer is a row of its own that is never deleted, so it needs no second record. */
async function recordStart(tx: Tx, scope: ProjectScope, labeling: LabelingRow): Promise<void> {
  await recordAudit(tx, scope, {
    action: 'labeling.work.started',
    target: { type: 'labeling_project', id: labeling.id, name: labeling.name },
  });
}

function sameAnswer(sent: AnnotationRow, wanted: { itemId: string; userId: string; verdict: Verdict }): AnnotationRow {
  const same = sent.userId === wanted.userId && sent.itemId === wanted.itemId && sent.label === wanted.verdict.label;
  if (!same) throw idReused();
  return sent;
}

function ownSameAnswer(standing: AnnotationRow | null, wanted: { userId: string; verdict: Verdict }): AnnotationRow {
  if (!standing || standing.userId !== wanted.userId) {
    throw conflict(
      'answered_by_other',
      'Your time with this item had run out and somebody else answered it. Your answer was not kept.',
    );
  }
  if (standing.label === wanted.verdict.label) return standing;
  const what = standing.label === null ? 'skipped it' : `answered it with "${standing.label}"`;
  throw conflict('answered_by_you', `You ${what} already, perhaps in another window. Undo that first to change it.`, {
    annotationId: standing.id,
    label: standing.label,
  });
}

function assertActive(labeling: LabelingRow): void {
  if (labeling.status === 'active') return;
  const why = labeling.status === 'closed' ? 'was closed' : 'is not ready yet';
  throw conflict('closed', `The labeling project ${labeling.name} ${why}. Nothing was changed.`);
}

function assertKnownLabel(labeling: LabelingRow, label: string | null): void {
  if (label === null || labeling.labels.some((known) => known.name === label)) return;
  const names = labeling.labels.map((known) => `"${known.name}"`).join(', ');
  throw new DomainError('INVALID', `"${label}" is no label of ${labeling.name}. Use one of ${names}.`);
}

function conflict(reason: string, message: string, details: Record<string, unknown> = {}): DomainError {
  return new DomainError('CONFLICT', message, { reason, ...details });
}

function idReused(): DomainError {
  return conflict('id_reused', 'This answer id was used for another answer. Choose a new id for each answer.');
}

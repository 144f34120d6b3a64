import type { Ground, Standing, WhoAnswered } from './record.schema.ts';
import type { AnswerRow, GroundRow, StandingRow } from './record-rows.schema.ts';

/** Timestamps without a zone are UTC: that is the zone of every connection. */
function dateOf(text: string): Date {
  return new Date(/[zZ]|[+-]\d\d(:?\d\d)?$/.test(text) ? text : `${text}Z`);
}

export function toStanding({ ground, ...row }: StandingRow): Standing {
  return { ...row, ground: ground && toGround(ground) };
}

/** Who asked, who decided and on what; a request of before there were several words has the one of who decided. */
export function toGround(row: GroundRow): Ground {
  const words = (row.words ?? []).map((word) => ({ ...word, at: dateOf(word.at) }));
  if (words.length === 0 && row.decidedBy && row.decidedAt) {
    const verdict = row.status === 'refused' ? 'refuse' : 'approve';
    words.push({ verdict, by: row.decidedBy, instead: null, reason: row.decisionReason ?? '', at: dateOf(row.decidedAt) });
  }
  return {
    requestId: row.requestId,
    status: row.status,
    askedBy: row.askedBy,
    askedAt: dateOf(row.askedAt),
    reason: row.reason,
    emergency: row.emergency,
    words,
    evidence:
      row.preparedAt === null && row.gates === null
        ? null
        : {
            hash: row.evidenceHash,
            preparedAt: row.preparedAt === null ? null : dateOf(row.preparedAt),
            dataset: row.on?.dataset ?? null,
            number: row.on?.number ?? null,
            split: row.on?.split ?? null,
            rows: row.on?.rows ?? null,
            gates: row.gates ?? 0,
            passed: row.passed ?? 0,
          },
  };
}

export function toWhoAnswered(row: AnswerRow): WhoAnswered {
  const { id, requestId, index, at, label, confidence, errorCode, deployment, arm, rollout } = row;
  return {
    prediction: { id, requestId, index, at, label, confidence, errorCode, deployment, arm, rollout },
    version: {
      id: row.versionId,
      model: row.model,
      number: row.number,
      source: row.source,
      graphKey: row.graphKey ?? '',
      registeredAt: row.registeredAt,
      registeredBy: row.registeredBy,
      stage: row.stage,
      since: row.since,
      movedBy: row.movedBy,
      stageReason: row.stageReason,
    },
    run: row.run && { ...row.run, endedAt: row.run.endedAt === null ? null : dateOf(row.run.endedAt) },
    data: (row.data ?? []).map((one) => ({ ...one, createdAt: dateOf(one.createdAt) })),
    ground: row.ground && toGround(row.ground),
  };
}

import type { ProjectScope } from '#server/auth/actor.ts';
import type { EvidenceSection } from '#server/domain/evidence/section.schema.ts';
import { factsOfEvaluation, mergeFacts } from '#server/domain/gate-facts.ts';
import type { GateFacts } from '#server/domain/gates.ts';
import { latestSuiteRun } from '#server/features/evaluations/suite-runs.service.ts';
import { findEvaluations } from '#server/features/experiments/evaluation.service.ts';
import { db } from '#server/platform/db/client.ts';
import { type Evidence, evidenceSchema } from './evidence.schema.ts';
import { findFrozenEvidence } from './gates.repo.ts';
import type { PastFacts } from './gates.schema.ts';
import { findVersions } from './models.repo.ts';
import { requireModel } from './registry.service.ts';

/** So many versions are tried while a gate is written. */
const MOST = 20;
const UNKNOWN_OVERLAP = { rows: 0, sentence: 'It was not looked up which rows the version learned from.' };

/**
 * What past versions showed, newest first: of the evaluation on the test part, then of their last request's evidence,
 * then of their last suite run; the later source of a figure counts. A version that was never judged has no facts.
 */
export async function listPastFacts(scope: ProjectScope, name: string): Promise<PastFacts[]> {
  const model = await requireModel(db, scope, name);
  const versions = (await findVersions(db, scope, model.id)).slice(0, MOST);
  const [frozen, evaluations] = await Promise.all([
    findFrozenEvidence(
      db,
      scope,
      versions.map((version) => version.id),
    ),
    findEvaluations(scope, [...new Set(versions.map((version) => version.graphKey))]),
  ]);
  return Promise.all(
    versions.map(async (version) => {
      const about = { versionId: version.id, number: version.number, stage: version.stage };
      const request = frozen.find((one) => one.modelVersionId === version.id);
      const evidence = request && evidenceSchema.safeParse(request.evidence).data;
      const run = await latestSuiteRun(scope, version.id, { status: 'done' });
      const own = evaluations.filter((one) => one.graphKey === version.graphKey);
      const chosen = own.find((one) => one.datasetVersionId === version.datasetVersionId && one.split === 'test') ?? own.at(-1);
      const sources = [
        ...(chosen
          ? [
              {
                name: `evaluation on ${chosen.split}`,
                at: null,
                ...factsOfEvaluation({ candidate: chosen.summary, incumbent: null, overlap: UNKNOWN_OVERLAP }),
              },
            ]
          : []),
        ...(request && evidence
          ? [{ name: `request for ${request.targetStage}`, at: new Date(evidence.preparedAt), ...factsOfEvidence(evidence) }]
          : []),
        ...(run?.sections ? [{ name: 'suite run', at: run.endedAt, ...factsOfSections(run.sections) }] : []),
      ];
      const last = sources.at(-1);
      if (!last) return { ...about, source: 'never judged', at: null, facts: [], tables: [], words: [] };
      return { ...about, source: last.name, at: last.at, ...plain(mergeFacts(...sources)) };
    }),
  );
}

/** The facts of the sections of a suite run, for gates. */
export function factsOfSections(sections: readonly EvidenceSection[]): GateFacts {
  return {
    facts: sections.flatMap((section) => section.facts),
    tables: sections.flatMap((section) => section.tables),
  };
}

/** The facts that a request's frozen evidence holds: of the evaluation, then of the suite's sections. */
export function factsOfEvidence(evidence: Evidence): GateFacts {
  const { candidate, incumbent, comparison, overlaps } = evidence;
  const rows = overlaps.reduce((most, one) => Math.max(most, one.rows ?? 0), 0);
  return mergeFacts(
    factsOfEvaluation({
      candidate: candidate.summary,
      incumbent: incumbent ? { name: `v${incumbent.number}`, comparison } : null,
      overlap: { rows, sentence: overlaps.map((one) => one.sentence).join(' ') },
    }),
  );
}

function plain({ facts, tables, words }: GateFacts) {
  return { facts: [...facts], tables: tables.map(({ name, rows }) => ({ name, rows: [...rows] })), words: [...(words ?? [])] };
}

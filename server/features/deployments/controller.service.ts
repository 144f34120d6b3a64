import { type ProjectScope, systemScope } from '#server/auth/actor.ts';
import { DomainError, isDomainError } from '#server/errors.ts';
import { log } from '#server/log.ts';
import { db, type Tx, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import type { ProcessView } from '#server/platform/processes/registry.ts';
import { listProcesses } from '#server/platform/processes/registry.ts';
import { findDeploymentById } from './deployments.repo.ts';
import { currentStep, percent } from './deployments.view.ts';
import type { Judged } from './judging.service.ts';
import { judgeRollout, readArms } from './judging.service.ts';
import type { Grounds } from './rollout-moves.service.ts';
import { advanceRollout, completeRollout, holdRollout, rollBackRollout } from './rollout-moves.service.ts';
import type { DecisionRow, RolloutRow } from './rollouts.repo.ts';
import { findDecisions, findRunningRollouts, insertDecision, updateRollout } from './rollouts.repo.ts';
import { figuresSchema } from './rollouts.schema.ts';
import { servingFrom } from './serving.service.ts';

/** A check that says what the last one said is written again only after this, or a sixtieth of the rollout's age. */
const LEAST_WRITE_MS = 2_000;
const WRITES_PER_AGE = 60;

/**
 * One round of the controller over all rollouts that run, of all projects; the worker sees to it that of all workers
 * only one does it at a time. All it knows lies in the database, so a worker that is killed in the middle is followed
 * by one that goes on.
 */
export async function tickRollouts(now: Date = new Date()): Promise<void> {
  const running = await findRunningRollouts(db);
  if (running.length === 0) return;
  const processes = await listProcesses();
  for (const { rollout, project } of running) {
    try {
      await stepRollout(systemScope(project), rollout, { processes, now });
    } catch (error) {
      // A person may pause or roll back between reading and acting; the next round sees it as it is then.
      if (isDomainError(error) && error.code === 'CONFLICT') continue;
      log.error(
        { part: 'rollouts', err: error, rollout: rollout.id },
        'a rollout could not be judged; tried again in the next round',
      );
    }
  }
}

/** Looks at one running rollout: waits, or does what its figures ask for. */
export async function stepRollout(
  scope: ProjectScope,
  rollout: RolloutRow,
  o: { processes: readonly ProcessView[]; now: Date },
): Promise<void> {
  const deployment = await findDeploymentById(db, scope, rollout.deploymentId);
  if (!deployment) return;
  const decisions = await findDecisions(db, scope, { rolloutId: rollout.id, stepIndex: rollout.stepIndex });
  if (!decisions.some((decision) => decision.action === 'serve')) {
    await waitForGateways(scope, rollout, { ...o, revision: deployment.revision });
    return;
  }
  const arms = await readArms(scope, rollout);
  const judged = judgeRollout(rollout, arms, { now: o.now, decisions });
  const last = decisions.findLast((decision) => decision.action === 'check');
  if (isSecondLook(judged, last, o.now)) return;
  if (judged.action === 'wait') await noteCheck(scope, rollout, judged, { last, now: o.now });
  else await act(scope, rollout, judged);
}

/**
 * A step begins when every gateway that is up serves its split. A candidate that one of them can't load is rolled
 * back; until then all of them serve what they served before.
 */
async function waitForGateways(
  scope: ProjectScope,
  rollout: RolloutRow,
  o: { processes: readonly ProcessView[]; now: Date; revision: number },
): Promise<void> {
  const serving = servingFrom(o.processes, { id: rollout.deploymentId, revision: o.revision });
  const problem = serving.problems[0];
  if (problem && serving.upToDate < serving.gateways) {
    const sentence = `A gateway could not load it: ${problem}`;
    await transaction(async (tx) => {
      const held = await holdSame(tx, scope, rollout);
      await rollBackRollout(tx, scope, held, { verdict: 'breaks', sentence, figures: {}, reason: sentence });
    });
    return;
  }
  if (serving.gateways === 0 || serving.upToDate < serving.gateways) return;
  const gateways = serving.gateways === 1 ? 'The gateway serves' : `All ${serving.gateways} gateways serve`;
  await transaction(async (tx) => {
    await holdSame(tx, scope, rollout);
    await updateRollout(tx, scope, { id: rollout.id, expectedVersion: rollout.version, change: { stepStartedAt: o.now } });
    await insertDecision(tx, scope, rollout.id, {
      stepIndex: rollout.stepIndex,
      action: 'serve',
      verdict: 'wait',
      sentence: `${gateways} the new split: ${percent(currentStep(rollout).weight)} of requests. The step is judged from here on.`,
      figures: {},
    });
    await publish(tx, { projectId: scope.projectId, type: 'rollout.step', id: rollout.id });
  });
}

async function act(scope: ProjectScope, rollout: RolloutRow, judged: Judged): Promise<void> {
  const grounds: Grounds = { verdict: judged.verdict, sentence: judged.sentence, figures: judged.figures };
  await transaction(async (tx) => {
    const held = await holdSame(tx, scope, rollout);
    if (judged.action === 'advance') await advanceRollout(tx, scope, held, grounds);
    else if (judged.action === 'complete') await completeRollout(tx, scope, held, grounds);
    else await rollBackRollout(tx, scope, held, { ...grounds, reason: judged.sentence });
  });
}

/** A break in doubt needs a second judgement, and that one new figures and a little time: else it would be the same look. */
function isSecondLook(judged: Judged, last: DecisionRow | undefined, now: Date): boolean {
  if (judged.action !== 'roll_back' || last?.verdict !== 'breaks') return false;
  if (judged.checks.some((check) => check.verdict === 'breaks' && check.certain)) return false;
  return sameFigures(last, judged) || now.getTime() - last.at.getTime() < LEAST_WRITE_MS;
}

/** Keeps what a check said: when it says something new, and from time to time, so that there are curves to draw. */
async function noteCheck(
  scope: ProjectScope,
  rollout: RolloutRow,
  judged: Judged,
  o: { last: DecisionRow | undefined; now: Date },
): Promise<void> {
  if (o.last && !hasNews(o.last, judged, { rollout, now: o.now })) return;
  await transaction(async (tx) => {
    await holdSame(tx, scope, rollout);
    await insertDecision(tx, scope, rollout.id, {
      stepIndex: rollout.stepIndex,
      action: 'check',
      verdict: judged.verdict,
      sentence: judged.sentence,
      figures: judged.figures,
    });
    await publish(tx, { projectId: scope.projectId, type: 'rollout.step', id: rollout.id });
  });
}

function hasNews(before: DecisionRow, judged: Judged, o: { rollout: RolloutRow; now: Date }): boolean {
  if (before.verdict !== judged.verdict) return true;
  const age = o.now.getTime() - o.rollout.startedAt.getTime();
  const since = o.now.getTime() - before.at.getTime();
  return !sameFigures(before, judged) && since >= Math.max(LEAST_WRITE_MS, age / WRITES_PER_AGE);
}

function sameFigures(before: DecisionRow, judged: Judged): boolean {
  const seen = figuresSchema.parse(before.figures);
  const { baseline, candidate } = figuresSchema.parse(judged.figures);
  return JSON.stringify([seen.baseline, seen.candidate]) === JSON.stringify([baseline, candidate]);
}

/** @throws CONFLICT when somebody changed the rollout since it was read */
async function holdSame(tx: Tx, scope: ProjectScope, rollout: RolloutRow) {
  const held = await holdRollout(tx, scope, rollout.id);
  if (held.rollout.version !== rollout.version || held.rollout.status !== 'running') {
    throw new DomainError('CONFLICT', 'The rollout was changed by somebody else just now.');
  }
  return held;
}

import { setTimeout as sleep } from 'node:timers/promises';
import { promote, register } from './promotion.ts';
import type { Figures } from './report.ts';
import type { Stage, StoryStep } from './stage.ts';
import { insist, MODEL, POSITIVE, PROJECT, until } from './stage.ts';
import { readProduction, replay } from './traffic.ts';

const SPLIT_WAIT_MS = 10_000;
/** The controller looks every second; what it can't decide by then needs more mail. */
const DECISION_WAIT_MS = 2_500;

/** The best run becomes version 1, passes its gates and goes to production by a reviewer's word; a deployment serves it. */
export const promoteFirst: StoryStep = {
  name: 'Promotion: version 1 by gates and a reviewer',
  async play(stage) {
    insist(stage.best !== undefined, 'There is no best run to promote.');
    const { trpc } = stage.as.scientist;
    const number = await register(stage, stage.best.runId, 'Best F1 of spam on the test part among the trials');
    await setGates(stage);
    await trpc.deployments.create.mutate({
      project: PROJECT,
      name: MODEL,
      model: MODEL,
      plan: { steps: stage.scale.steps, limits: stage.scale.limits },
    });
    const { figures } = await promote(stage, {
      number,
      why: 'Finds spam in the mail of the test months; nothing serves yet.',
      approval: 'Every gate holds with room. Good enough to begin with.',
    });
    const deployment = await until(
      'The deployment',
      () => trpc.deployments.get.query({ project: PROJECT, deployment: MODEL }),
      (found) => found.primary?.number === number,
      30,
    );
    insist(deployment.primary?.stage === 'production', `v${number} serves, but its stage is ${deployment.primary?.stage}.`);
    return { version: number, ...figures };
  },
};

/** The scientist says what the model is for, the reviewer what it must show. */
async function setGates(stage: Stage): Promise<void> {
  const { trpc } = stage.as.scientist;
  const model = await trpc.models.get.query({ project: PROJECT, model: MODEL });
  await trpc.models.update.mutate({
    project: PROJECT,
    model: MODEL,
    expectedVersion: model.version,
    description: 'Says of a mail whether it is spam.',
    positive: model.positive,
  });
  const { f1, slices, minRows, margin } = stage.scale.gates;
  const conditions: Record<string, string> = {
    f1: `f1.${POSITIVE} >= ${f1}`,
    slices: `slices.min(accuracy, n >= ${minRows}) >= ${slices}`,
    incumbent: `incumbent.exists = 0 or difference.f1.${POSITIVE}.lower > -${margin}`,
  };
  const asked = { project: PROJECT, model: MODEL };
  const { rules, revision } = await stage.as.reviewer.trpc.models.gates.get.query(asked);
  await stage.as.reviewer.trpc.models.gates.save.mutate({
    ...asked,
    expectedRevision: revision,
    rules: rules.map((rule) => ({ ...rule, expression: conditions[rule.id] ?? rule.expression })),
    reason: 'What the mail team agreed on.',
  });
}

/** Both protocols answer, with the same answer, request id, version and arm. */
export const serve: StoryStep = {
  name: 'Serving: both protocols answer',
  async play(stage) {
    const raw = stage.versions.labeled;
    insist(raw !== undefined, 'There is no labeled version.');
    stage.production = await readProduction(stage, raw.id);
    const sample = stage.mails.length;
    // The probes belong to the time of the mail, not to the day on which the story is played: a minute before the first.
    const first = stage.production[0];
    insist(first !== undefined, 'There is no mail to replay.');
    const before = new Date(new Date(first.receivedAt).getTime() - 60_000).toISOString();
    const probe = { subject: 'Meeting tomorrow', body: 'See you at ten, I bring the minutes.', from_domain: 'example.org' };
    const ready = await until('The gateway', () => stage.program.call(`/v2/models/${MODEL}/ready`).then(() => true), Boolean, 60);
    insist(ready, 'The gateway does not serve the model.');
    stage.program.failed = 0;
    const oip = (await stage.program.call(`/v2/models/${MODEL}/infer`, {
      parameters: { event_time: before },
      inputs: Object.entries(probe).map(([name, value]) => ({ name, datatype: 'BYTES', shape: [1], data: [value] })),
    })) as { model_version: string; outputs: { name: string; data: unknown[] }[] };
    const own = (await stage.program.call(`/v1/predict/${MODEL}`, { instances: [probe], event_time: before })) as {
      predictions: { label: string }[];
    };
    const label = oip.outputs.find((output) => output.name === 'label')?.data[0];
    insist(label === own.predictions[0]?.label, `The two protocols disagree: ${String(label)} and ${own.predictions[0]?.label}.`);
    return { production: stage.production.length, of: sample, version: oip.model_version };
  },
};

/** Follows one rollout while mail is replayed, until it ends or `end` is reached. */
async function canary(
  stage: Stage,
  number: number,
  end: number,
): Promise<{ status: string; reason: string | null; sent: Map<number, number>; decisions: number }> {
  const { trpc } = stage.as.scientist;
  const look = () => trpc.rollouts.get.query({ project: PROJECT, deployment: MODEL, number });
  const settle = () => settled(look);
  await settle();
  stage.say(`replaying ${end - stage.sent} mails through rollout ${number}`);
  const sent = await replay(stage, end, settle);
  const rollout = await until('The end of the rollout', look, (found) => found.status !== 'running', 30).catch(() =>
    retried(look),
  );
  return { status: rollout.status, reason: rollout.endReason, sent, decisions: rollout.decisions.length };
}

type Look = Awaited<ReturnType<Stage['as']['scientist']['trpc']['rollouts']['get']['query']>>;

/** Holds the mail back while the gateways take up a new split, and while a step that has what it asks for is decided. */
async function settled(look: () => Promise<Look>): Promise<void> {
  const since = Date.now();
  let rollout = await retried(look);
  const elapsed = () => Date.now() - since;
  const held = () => (!isServed(rollout) && elapsed() < SPLIT_WAIT_MS) || (isDue(rollout) && elapsed() < DECISION_WAIT_MS);
  while (rollout.status === 'running' && held()) {
    await sleep(250);
    rollout = await retried(look);
  }
}

function isServed(rollout: Look): boolean {
  return rollout.decisions.some((decision) => decision.action === 'serve' && decision.stepIndex === rollout.stepIndex);
}

function isDue(rollout: Look): boolean {
  return rollout.now?.checks.every((check) => check.n >= check.needed) ?? false;
}

/** A read that may meet a server on its way back. */
async function retried<T>(ask: () => Promise<T>): Promise<T> {
  return until('The console', ask, () => true, 30);
}

type Act = {
  name: string;
  /** Share of the replay at whose end this must be over. */
  until: number;
  candidate(stage: Stage): Promise<{ runId: string; note: string }>;
  why: string;
  approval: string;
  expected: 'completed' | 'rolled_back';
};

/** A step of the story in which a version is promoted and its canary meets the next part of the replay. */
export function canaryStep(act: Act): StoryStep {
  return {
    name: act.name,
    async play(stage): Promise<Figures> {
      const { runId, note } = await act.candidate(stage);
      const number = await register(stage, runId, note);
      const { figures, rollout } = await promote(stage, { number, why: act.why, approval: act.approval });
      insist(rollout !== null, `The approval of v${number} began no canary.`);
      const failedBefore = stage.program.failed;
      const end = Math.round(stage.production.length * act.until);
      const result = await canary(stage, rollout, end);
      insist(stage.program.failed === failedBefore, `${stage.program.failed - failedBefore} requests failed during the rollout.`);
      insist(
        result.status === act.expected,
        `The rollout of v${number} is ${result.status}, not ${act.expected}: ${result.reason ?? 'it has not ended'}`,
      );
      const version = await stage.as.scientist.trpc.models.version.query({ project: PROJECT, model: MODEL, number });
      const stageWanted = act.expected === 'completed' ? 'production' : 'staging';
      insist(version.stage === stageWanted, `v${number} is in stage ${version.stage}, not ${stageWanted}.`);
      const shares = Object.fromEntries([...result.sent].map(([served, count]) => [`answered by v${served}`, count]));
      return { version: number, ...figures, ...shares, failed: 0, outcome: result.status, reason: result.reason };
    },
  };
}

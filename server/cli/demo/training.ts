import { importLabels, ready, timeSplit } from './data.ts';
import type { Stage, StoryStep } from './stage.ts';
import { DATASET, FEATURES, insist, POSITIVE, PROJECT, until, versionOf } from './stage.ts';

const SEED = 2002;
const EXPERIMENT = 'spam-filter';

type Space = { ngramMax: (1 | 2 | 3)[]; vocabularySize: number[]; l2: number[]; classWeight: ('none' | 'balanced')[] };

/** Launches trials and waits until all of them are over. */
async function train(stage: Stage, o: { experiment: string; version: number; space: Space }) {
  const { trpc } = stage.as.scientist;
  await trpc.experiments.create.mutate({ project: PROJECT, name: o.experiment });
  const launched = await trpc.training.launch.mutate({
    project: PROJECT,
    experiment: o.experiment,
    dataset: DATASET,
    version: o.version,
    features: FEATURES,
    space: o.space,
    seed: SEED,
  });
  stage.say(`training ${launched.runs.length} run${launched.runs.length === 1 ? '' : 's'} in ${launched.launch}`);
  const names = new Set(launched.runs.map((run) => run.name));
  const runs = await until(
    `The runs of ${launched.launch}`,
    () => trpc.experiments.runs.query({ project: PROJECT, experiment: o.experiment, launch: launched.launch }),
    (found) => found.length === names.size && found.every((run) => !['queued', 'running'].includes(run.status)),
    420,
  );
  const failed = runs.filter((run) => run.status !== 'finished');
  insist(
    failed.length === 0,
    `${failed.length} of ${runs.length} runs did not finish: ${failed[0]?.name} ${failed[0]?.error ?? failed[0]?.status}`,
  );
  return runs;
}

/** F1 of the positive class on the test part, from the run's evaluation. */
async function testF1(stage: Stage, experiment: string, run: string): Promise<number> {
  const detail = await stage.as.scientist.trpc.experiments.run.query({ project: PROJECT, experiment, run });
  const test = detail.evaluations.find((evaluation) => evaluation.split === 'test');
  const f1 = test?.summary.perClass.find((one) => one.name === POSITIVE)?.f1?.estimate;
  insist(f1 !== undefined, `${run} has no F1 of ${POSITIVE} on the test part.`);
  return f1;
}

/** Trials of the built-in classifier; the best by F1 of spam on the test part goes on. */
export const launchTrials: StoryStep = {
  name: 'Experiments: a launch of trials',
  async play(stage) {
    const runs = await train(stage, {
      experiment: EXPERIMENT,
      version: versionOf(stage, 'labeled').number,
      space: stage.scale.trials,
    });
    const scored = await Promise.all(runs.map(async (run) => ({ run, f1: await testF1(stage, EXPERIMENT, run.name) })));
    const best = scored.toSorted((a, b) => b.f1 - a.f1)[0];
    insist(best !== undefined, 'No run can be compared.');
    stage.best = { experiment: EXPERIMENT, run: best.run.name, runId: best.run.id, params: best.run.params };
    const worst = Math.min(...scored.map(({ f1 }) => f1));
    return { trials: runs.length, best: best.run.name, 'best F1': best.f1, 'worst F1': worst };
  },
};

/** All of them side by side, with what differs and whether it is noise. */
export const compareTrials: StoryStep = {
  name: 'Compare: the runs side by side',
  async play(stage) {
    insist(stage.best !== undefined, 'There is no best run.');
    const { trpc } = stage.as.scientist;
    const runs = await trpc.experiments.runs.query({ project: PROJECT, experiment: EXPERIMENT });
    const compared = await trpc.experiments.compare.query({
      project: PROJECT,
      experiment: EXPERIMENT,
      runs: runs.slice(0, 8).map((run) => run.name),
      baseline: stage.best.run,
    });
    insist(compared.sameRows, 'The runs were not evaluated on the same rows.');
    const differing = compared.params.filter((param) => param.differs).map((param) => param.key);
    const told = compared.pairs.filter(({ comparison }) => {
      const difference = comparison.perClass.find((one) => one.name === POSITIVE)?.difference;
      return difference && (difference.lower > 0 || difference.upper < 0);
    });
    return { runs: compared.runs.length, differing: differing.join(', '), 'told apart from the best': told.length };
  },
};

/** The recipe of the best run, as a space of one. */
function recipe(stage: Stage): Space {
  insist(stage.best !== undefined, 'There is no best run.');
  const { params } = stage.best;
  const number = (key: string) => {
    const value = Number(params[key]);
    insist(Number.isFinite(value), `The best run has no parameter ${key}.`);
    return value;
  };
  return {
    ngramMax: [number('ngramMax') as 1 | 2 | 3],
    vocabularySize: [number('vocabularySize')],
    l2: [number('l2')],
    classWeight: [params.classWeight === 'balanced' ? 'balanced' : 'none'],
  };
}

async function trainOne(stage: Stage, experiment: string, version: number) {
  const [run] = await train(stage, { experiment, version, space: recipe(stage) });
  insist(run !== undefined, 'The launch made no run.');
  return run.id;
}

/** Version 1's recipe on the oldest 70 %, judged on the tenth after that. */
export async function retrainOnMore(stage: Stage): Promise<{ runId: string; note: string }> {
  const made = await stage.as.scientist.trpc.datasets.newSplit.mutate({
    project: PROJECT,
    versionId: versionOf(stage, 'labeled').id,
    split: timeSplit(stage.scale.retrainParts),
    note: 'More of the oldest mail to train on',
  });
  const version = await ready(stage, made.number);
  stage.versions.retraining = { id: version.id, number: version.number };
  return {
    runId: await trainOne(stage, 'spam-filter-more-mail', version.number),
    note: "Version 1's recipe on more of the oldest mail",
  };
}

/** The same recipe on labels that a bad import has swapped: its own test can't tell. */
export async function trainOnSwappedLabels(stage: Stage): Promise<{ runId: string; note: string }> {
  const version = await importLabels(stage, {
    parent: 'retraining',
    mails: stage.mails,
    label: (mail) => (mail.label === 'spam' ? 'ham' : 'spam'),
    mode: 'overwrite',
    filename: 'labels-export.csv',
    note: 'Labels from another system',
  });
  stage.versions.swapped = { id: version.id, number: version.number };
  return {
    runId: await trainOne(stage, 'spam-filter-new-labels', version.number),
    note: 'Trained with the labels of another system',
  };
}

/** The same recipe with the mail that was served so far and its outcomes. */
export async function trainAgain(stage: Stage): Promise<{ runId: string; note: string }> {
  const version = versionOf(stage, 'again');
  return {
    runId: await trainOne(stage, 'spam-filter-october', version.number),
    note: 'With the mail served so far and its outcomes',
  };
}

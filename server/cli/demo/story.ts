import { Browser } from './browser.ts';
import { findMails, thinOut } from './corpus.ts';
import { importKnownLabels, importMails, labelMails, prepareLabeling } from './data.ts';
import { compareOnFresh, keepWindow, watch } from './drift.ts';
import { peopleStep } from './people.ts';
import { Program } from './program.ts';
import { followRequest, readRecord } from './record.ts';
import type { Step } from './report.ts';
import { canaryStep, promoteFirst, serve } from './rollouts.ts';
import type { Scale } from './scale.ts';
import type { Stage, StoryStep } from './stage.ts';
import { compareTrials, launchTrials, retrainOnMore, trainAgain, trainOnSwappedLabels } from './training.ts';

/** The steps in their order. What each must show was written down before anything was played. */
export function storySteps(setupPath: string): StoryStep[] {
  return [
    peopleStep(setupPath),
    importMails,
    prepareLabeling,
    importKnownLabels,
    labelMails,
    launchTrials,
    compareTrials,
    promoteFirst,
    serve,
    canaryStep({
      name: 'Canary: version 2, trained on more mail',
      until: 2 / 5,
      candidate: retrainOnMore,
      why: 'The same recipe with more mail to learn from.',
      approval: 'Not worse than version 1 on mail that neither has seen. The canary will tell.',
      expected: 'completed',
    }),
    canaryStep({
      name: 'Canary: version 3, trained on swapped labels',
      until: 3 / 5,
      candidate: trainOnSwappedLabels,
      why: 'Labels from the other system are in; the test looks excellent.',
      approval: 'Every gate holds, by far. The canary will tell.',
      expected: 'rolled_back',
    }),
    watch,
    keepWindow,
    canaryStep({
      name: 'Again: version 4, with what was served',
      until: 1,
      candidate: trainAgain,
      why: 'Has learned from the mail of the last weeks.',
      approval: 'Learns what production looks like now; not worse on the old test.',
      expected: 'completed',
    }),
    compareOnFresh,
    followRequest,
    readRecord,
  ];
}

/** Everything that the first step needs. */
export async function openStage(o: { scale: Scale; console: string; gateway: string; say(line: string): void }): Promise<Stage> {
  const browser = () => new Browser(o.console);
  return {
    ...o,
    mails: thinOut(await findMails(), o.scale.mails),
    people: [],
    as: { admin: browser(), annotator: browser(), scientist: browser(), reviewer: browser(), manager: browser() },
    program: new Program(o.gateway),
    versions: {},
    production: [],
    sent: 0,
  };
}

/** Plays one step and says how it went; it never throws. */
export async function playStep(step: StoryStep, stage: Stage): Promise<Step> {
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 100) / 10;
  try {
    const figures = await step.play(stage);
    return { name: step.name, ok: true, seconds: seconds(), figures };
  } catch (error) {
    return {
      name: step.name,
      ok: false,
      seconds: seconds(),
      figures: {},
      error: error instanceof Error ? error.message : String(error),
    };
  }
}

import { ready } from './data.ts';
import type { Figures } from './report.ts';
import type { Stage, StoryStep } from './stage.ts';
import { DATASET, insist, MODEL, PROJECT, until, versionOf } from './stage.ts';

/** The monitor's usual limits: those that the form proposes. */
const LIMITS = {
  psi: { possible: 0.1, drift: 0.2 },
  jensenShannon: { possible: 0.1, drift: 0.2 },
  accuracyDrop: { possible: 0.02, drift: 0.05 },
};

/** The time of delivery of the mails sent so far, as a window that holds them all. */
function served(stage: Stage, from: number, to: number): { from: Date; to: Date } {
  const first = stage.production[from];
  const last = stage.production[to - 1];
  insist(first !== undefined && last !== undefined, 'Nothing has been served yet.');
  return { from: new Date(first.receivedAt), to: new Date(new Date(last.receivedAt).getTime() + 1) };
}

/** A monitor compares what was served with what the serving version learned from, and says what it finds. */
export const watch: StoryStep = {
  name: 'Drift: a monitor against the training version',
  async play(stage) {
    const { trpc } = stage.as.scientist;
    const { name } = await trpc.monitoring.create.mutate({
      project: PROJECT,
      deployment: MODEL,
      settings: { ...stage.scale.monitor, ...LIMITS },
    });
    const monitor = await until(
      'The monitor',
      () => trpc.monitoring.get.query({ project: PROJECT, monitor: name }),
      ({ windows }) => windows.reduce((sum, window) => sum + window.outcomes, 0) >= stage.sent,
      60,
    );
    insist(monitor.reference !== null, 'The monitor has no reference.');
    const outcomes = monitor.windows.reduce((sum, window) => sum + window.outcomes, 0);
    insist(outcomes >= stage.sent, `${stage.sent} outcomes were sent, the monitor knows ${outcomes}.`);
    const drifted = monitor.subjects.filter((subject) => subject.state === 'drift').map((subject) => subject.title);
    return {
      windows: monitor.windows.length,
      against: `${monitor.reference.datasetName} v${monitor.reference.datasetVersion}`,
      finding: monitor.current.sentence,
      drifted: drifted.join(', ') || 'nothing',
    };
  },
};

/** The served mails with their outcomes go back into the dataset, for training. */
export const keepWindow: StoryStep = {
  name: 'Again: served mail becomes a dataset version',
  async play(stage) {
    const window = served(stage, 0, stage.sent);
    const made = await stage.as.scientist.trpc.monitoring.makeDataset.mutate({
      project: PROJECT,
      monitor: MODEL,
      ...window,
      dataset: DATASET,
      version: versionOf(stage, 'retraining').number,
      note: 'With the mail served so far and its outcomes',
    });
    const version = await ready(stage, made.version);
    stage.versions.again = { id: version.id, number: version.number };
    insist(made.withOutcome === made.rows, `${made.rows - made.withOutcome} of the served mails have no outcome.`);
    insist(
      version.lineage.some((link) => link.type === 'deployment'),
      'The new version does not name the deployment.',
    );
    return { added: made.rows, version: made.version, rows: version.rowCount };
  },
};

/** Version 4 against version 2 on mail that neither has seen. */
export const compareOnFresh: StoryStep = {
  name: 'Again: version 4 against version 2 on fresh mail',
  async play(stage): Promise<Figures> {
    const begin = Math.round((stage.production.length * 3) / 5);
    const compared = await stage.as.scientist.trpc.monitoring.compareVersions.query({
      project: PROJECT,
      monitor: MODEL,
      ...served(stage, begin, stage.sent),
      versions: [2, 4],
    });
    insist(compared.rows > 0, 'No fresh mail was compared.');
    const accuracy = compared.figures.find((figure) => figure.metric === 'accuracy');
    return {
      mails: compared.rows,
      'accuracy v2': accuracy?.a ?? null,
      'accuracy v4': accuracy?.b ?? null,
      difference: accuracy?.difference ?? null,
      lower: accuracy?.lower ?? null,
      upper: accuracy?.upper ?? null,
      finding: compared.sentence,
    };
  },
};

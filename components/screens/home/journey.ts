import type { Home } from '#server/features/home/home.schema.ts';

export type StepKey = 'data' | 'labels' | 'runs' | 'model' | 'deployment' | 'monitoring';
export type JourneyStep = { key: StepKey; label: string; note: string; state: 'done' | 'current' | 'ahead' };
export type Act = { label: string; path: string };
export type NextStep = {
  title: string;
  explanation: string;
  act: Act | null;
  other: Act | null;
  after: { title: string; note: string }[];
};

type Counts = Home['journey'];
const count = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** Where a project stands on the way from data to a watched deployment. Labels may come with the data, so runs settle them too. */
export function journeySteps(have: Counts): JourneyStep[] {
  const steps: [StepKey, string, boolean, string, string][] = [
    ['data', 'Data', have.datasets > 0, count(have.datasets, 'dataset'), 'nothing yet'],
    [
      'labels',
      'Labels',
      have.labelingProjects > 0 || have.runs > 0,
      have.labelingProjects > 0 ? count(have.labelingProjects, 'labeling project') : 'came with the data',
      'by people, or with the data',
    ],
    ['runs', 'Runs', have.runs > 0, count(have.runs, 'run'), 'trials of a classifier'],
    ['model', 'Model', have.models > 0, count(have.models, 'model'), 'versions with a history'],
    ['deployment', 'Deployment', false, '', have.deployments > 0 ? 'set up, no version yet' : 'an address that answers'],
    ['monitoring', 'Monitoring', false, '', 'tells what changes'],
  ];
  const here = steps.findIndex(([, , done]) => !done);
  return steps.map(([key, label, done, has, lacks], i) => ({
    key,
    label,
    note: done ? has : i === here ? 'you are here' : lacks,
    state: done ? 'done' : i === here ? 'current' : 'ahead',
  }));
}

type Told = {
  title: string;
  doer: string;
  waits: string;
  scope: string;
  act: Act;
  other?: Act & { scope: string };
  after: NextStep['after'];
};

const NEXT: Record<Exclude<StepKey, 'monitoring'>, Told> = {
  data: {
    title: 'It begins with data.',
    doer: 'Bring in a file: a CSV, JSON Lines or Parquet table, or an archive of raw mails. It becomes a version that never changes.',
    waits: 'Nothing is here yet. A scientist brings in the first file.',
    scope: 'data:write',
    act: { label: 'Bring in data', path: 'datasets/new' },
    after: [
      { title: 'You say what each column is', note: 'Text, number, category, label, time or key.' },
      { title: 'The rows are checked', note: 'What can’t be read is kept in quarantine, with its reason.' },
      { title: 'A profile of each column is made', note: 'Then its rows can be labeled, or learned from.' },
    ],
  },
  labels: {
    title: 'The data is here. Does it have its labels?',
    doer: 'People label rows one after another, by keyboard. If the file came with its labels, go on to training.',
    waits: 'A scientist sets up labeling, or trains on the labels that came with the data.',
    scope: 'label:manage',
    act: { label: 'Set up labeling', path: 'labeling/new' },
    other: { label: 'It has labels: train on it', path: 'experiments/launch', scope: 'run:write' },
    after: [
      { title: 'You ask one question', note: 'With its labels, their keys and a guideline.' },
      { title: 'People answer', note: 'Each item is with one person at a time.' },
      { title: 'The answers become a new version', note: 'It names its parent and who labeled it.' },
    ],
  },
  runs: {
    title: 'The labels are here. Now learn from them.',
    doer: 'Launch trials of the built-in classifier: several settings at once, with live curves, each tested on rows it never saw.',
    waits: 'A scientist launches the first trials.',
    scope: 'run:write',
    act: { label: 'Launch trials', path: 'experiments/launch' },
    after: [
      { title: 'Each trial is trained and tested', note: 'You see loss and validation while it runs.' },
      { title: 'You compare them', note: 'By class and by slice, each figure with its interval.' },
      { title: 'The best becomes version 1 of a model', note: 'One graph, the same in training and serving.' },
    ],
  },
  model: {
    title: 'There are runs, but no model yet.',
    doer: 'Choose the run that did best and register it as version 1 of a model. Then ask for its promotion.',
    waits: 'A scientist registers the best run as version 1 of a model.',
    scope: 'model:write',
    act: { label: 'Choose a run', path: 'experiments' },
    other: { label: 'Upload an ONNX file', path: 'models/new', scope: 'model:write' },
    after: [
      { title: 'The version gets its gates', note: 'F1, accuracy in every slice, not worse than what serves.' },
      { title: 'A reviewer is asked', note: 'Production needs the approval of somebody who isn’t you.' },
      { title: 'Then it can be deployed', note: 'Programs ask it for predictions over HTTP.' },
    ],
  },
  deployment: {
    title: 'Nothing is being served yet.',
    doer: 'Set up a deployment for the model, and programs can ask it for predictions. Every answer is logged.',
    waits: 'A version needs its promotion and a deployment; then programs can ask it.',
    scope: 'deployment:write',
    act: { label: 'Set up a deployment', path: 'deployments/new' },
    other: { label: 'Look at the models', path: 'models', scope: 'project:read' },
    after: [
      { title: 'A reviewer approves', note: 'Production needs the approval of somebody who isn’t you.' },
      { title: 'The address answers', note: 'Later versions come in by canary, and none fails a request.' },
      { title: 'A monitor tells what changes', note: 'Against what the version learned from.' },
    ],
  },
};

/** The one next step for somebody with these rights. @param can whether the reader has a scope */
export function nextStep(have: Counts, can: (scope: string) => boolean): NextStep {
  const here = journeySteps(have).find((step) => step.state === 'current')?.key ?? 'deployment';
  const told = NEXT[here === 'monitoring' ? 'deployment' : here];
  const setUp = here === 'deployment' && have.deployments > 0;
  const act = setUp ? { label: 'Ask for a promotion', path: 'models' } : told.act;
  const may = can(setUp ? 'promotion:request' : told.scope);
  const other = !setUp && told.other && can(told.other.scope) ? { label: told.other.label, path: told.other.path } : null;
  return {
    title: told.title,
    explanation: may
      ? setUp
        ? 'The deployment is set up and waits for its first version. Ask for the promotion of a version to production.'
        : told.doer
      : told.waits,
    act: may ? act : null,
    other,
    after: told.after,
  };
}

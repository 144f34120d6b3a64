import type { Role } from './world/world.ts';

/** Names of things that the story leaves, where a screen is about one of them. */
export type Facts = { run: string; otherRun: string; launch: string; request: string; prediction: string; evaluation: string };

/** One screen of the console. */
export type ScreenCase = {
  name: string;
  path(facts: Facts): string;
  /** Who looks at it. Left out: the scientist; `nobody` is not signed in. */
  as?: Role | 'nobody';
  /** The procedure without which the screen has nothing to show; left out where none is asked. */
  query?: string;
  /** Where it lies in a project that has nothing yet; left out when it is about a thing that doesn't exist there. */
  empty?: string;
  /** Words that stand there when the story has been played. */
  shows: RegExp;
};

const project = (path: string) => () => `/mail${path}`;

/** A screen that lies at the same place in every project. */
function list(name: string, path: string, query: string, shows: RegExp, as?: Role): ScreenCase {
  return { name, path: project(path), query, shows, empty: `/empty${path}`, ...(as ? { as } : {}) };
}

/** Every screen of the console: visited by the specs, and pictured by `npm run screens`. */
export const SCREENS: ScreenCase[] = [
  { name: 'sign-in', path: () => '/sign-in', as: 'nobody', shows: /Sign in/ },
  { name: 'one-time-link', path: () => '/invite/not-a-link', as: 'nobody', query: 'people.readLink', shows: /link/i },
  { name: 'projects', path: () => '/', as: 'admin', query: 'projects.mine', shows: /Mail/ },
  list('home', '', 'home.get', /spam-filter/),
  list('datasets', '/datasets', 'datasets.list', /mail/),
  { name: 'dataset', path: project('/datasets/mail'), query: 'datasets.get', shows: /mail/ },
  { name: 'dataset-version', path: project('/datasets/mail/3'), query: 'datasets.version', shows: /received_at/ },
  { name: 'dataset-rows', path: project('/datasets/mail/3?tab=rows'), query: 'datasets.rows', shows: /from_domain/ },
  { name: 'dataset-new', path: project('/datasets/new'), empty: '/empty/datasets/new', shows: /CSV/ },
  list('labeling', '/labeling', 'labeling.list', /spam-or-ham/),
  { name: 'labeling-overview', path: project('/labeling/spam-or-ham'), query: 'labeling.get', shows: /Ana/ },
  { name: 'labeling-work', path: project('/labeling/spam-or-ham/work'), as: 'annotator', query: 'labeling.get', shows: /spam/ },
  list('labeling-new', '/labeling/new', 'datasets.list', /Question/i),
  list('experiments', '/experiments', 'experiments.list', /spam-filter/),
  { name: 'experiment', path: project('/experiments/spam-filter'), query: 'experiments.runs', shows: /vocabulary/ },
  {
    name: 'launches',
    path: project('/experiments/spam-filter?tab=launches'),
    query: 'training.launches',
    shows: /finished|runs/i,
  },
  {
    name: 'run',
    path: ({ run }) => `/mail/experiments/spam-filter/runs/${run}`,
    query: 'experiments.run',
    shows: /validation/i,
  },
  {
    name: 'compare',
    path: ({ run, otherRun }) => `/mail/experiments/spam-filter/compare?runs=${run},${otherRun}`,
    query: 'experiments.compare',
    shows: /recall/i,
  },
  list('launch-form', '/experiments/launch', 'datasets.list', /Seed/i),
  list('models', '/models', 'models.list', /spam-filter/),
  { name: 'model', path: project('/models/spam-filter'), query: 'models.get', shows: /v4/ },
  { name: 'model-version', path: project('/models/spam-filter/4'), query: 'models.version', shows: /production/i },
  { name: 'model-card', path: project('/models/spam-filter/4/card'), query: 'cards.get', shows: /Annex IV/ },
  {
    name: 'behaviour',
    path: project('/models/spam-filter/behaviour'),
    query: 'behaviour.list',
    shows: /Write the first test|passes/,
  },
  {
    name: 'rows',
    path: project('/models/spam-filter/rows?candidate=4&incumbent=2'),
    query: 'rows.list',
    shows: /better|alike/,
  },
  {
    name: 'evaluation',
    path: project('/models/spam-filter/evaluation'),
    query: 'evaluations.suite',
    shows: /Locked for judging/,
  },
  {
    name: 'evaluation-run',
    path: ({ evaluation }) => `/mail/models/spam-filter/evaluation/${evaluation}`,
    query: 'evaluations.run',
    shows: /Performance/,
  },
  { name: 'fairness', path: project('/models/spam-filter/fairness'), query: 'fairness.get', shows: /What fair means here/ },
  { name: 'model-new', path: project('/models/new'), empty: '/empty/models/new', shows: /ONNX/ },
  {
    name: 'promotion',
    path: ({ request }) => `/mail/models/requests/${request}`,
    as: 'reviewer',
    query: 'promotions.get',
    shows: /Rita/,
  },
  list('promotion-inbox', '/models/inbox?box=ended', 'promotions.list', /spam-filter/, 'reviewer'),
  list('deployments', '/deployments', 'deployments.list', /spam-filter/),
  { name: 'deployment', path: project('/deployments/spam-filter'), query: 'deployments.get', shows: /v4/ },
  { name: 'rollout', path: project('/deployments/spam-filter?rollout=2'), query: 'rollouts.get', shows: /rolled back/i },
  list('deployment-new', '/deployments/new', 'models.list', /spam-filter/),
  list('predictions', '/predictions', 'predictions.search', /spam/),
  {
    name: 'prediction',
    path: ({ prediction }) => `/mail/predictions/${prediction}`,
    query: 'predictions.get',
    shows: /Rita|approved/i,
  },
  list('monitoring', '/monitoring', 'monitoring.list', /spam-filter/),
  { name: 'monitor', path: project('/monitoring/spam-filter'), query: 'monitoring.get', shows: /PSI/ },
  list('audit', '/audit', 'audit.list', /Rita/, 'manager'),
  list('record', '/record', 'record.timeline', /spam-filter v4/, 'manager'),
  {
    name: 'record-then',
    path: ({ prediction }) => `/mail/record?prediction=${prediction}`,
    as: 'manager',
    query: 'record.prediction',
    shows: /Trained by/,
  },
  list('members', '/settings', 'projects.members.list', /Ana/, 'admin'),
  list('tokens', '/settings?tab=tokens', 'projects.tokens.list', /mail server/, 'scientist'),
  list('webhooks', '/settings?tab=webhooks', 'webhooks.list', /No webhook yet|Sent to/, 'admin'),
  list('roles', '/settings?tab=roles', '', /annotator/i),
  list('project', '/settings?tab=project', 'projects.get', /Mail/, 'admin'),
  { name: 'admin-projects', path: () => '/admin', as: 'admin', query: 'projects.list', shows: /Mail/ },
  { name: 'admin-people', path: () => '/admin/people', as: 'admin', query: 'people.list', shows: /Ana/ },
  { name: 'admin-processes', path: () => '/admin/processes', as: 'admin', query: 'system.processes', shows: /gateway/i },
  { name: 'admin-queue', path: () => '/admin/queue', as: 'admin', query: 'system.queue', shows: /queue/i },
  { name: 'admin-disk', path: () => '/admin/disk', as: 'admin', query: 'system.disk', shows: /GB|MB/ },
  { name: 'admin-record', path: () => '/admin/record', as: 'admin', query: 'audit.installation', shows: /Ada/ },
  { name: 'admin-mail', path: () => '/admin/mail', as: 'admin', query: 'mail.get', shows: /STARTTLS/ },
  {
    name: 'notifications',
    path: () => '/account/notifications',
    as: 'reviewer',
    query: 'notifications.list',
    shows: /asks to move spam-filter/,
  },
  { name: 'account', path: () => '/account', query: 'people.account.me', shows: /Sam/ },
];

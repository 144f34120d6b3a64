import type { AuditEntry } from '#server/features/audit/audit.schema.ts';

/** An act in words: 'dataset.version.created' becomes "Dataset version created". */
export function actionWords(action: string): string {
  const words = action.replace(/[._-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Kinds of things that have a page of their own below a project, by what its address is made of. */
const PAGES: Record<string, (target: AuditEntry['target']) => string> = {
  dataset: ({ name }) => `/datasets/${part(name)}`,
  dataset_version: ({ name }) => `/datasets/${versionPath(name)}`,
  labeling_project: ({ name }) => `/labeling/${part(name)}`,
  experiment: ({ name }) => `/experiments/${part(name)}`,
  model: ({ name }) => `/models/${part(name)}`,
  model_version: ({ name }) => `/models/${versionPath(name)}`,
  promotion_request: ({ id }) => `/models/requests/${part(id)}`,
  deployment: ({ name }) => `/deployments/${part(name)}`,
  launch: ({ name }) => `/experiments/${part(beforeComma(name))}`,
  rollout: ({ name }) => `/deployments/${part(beforeComma(name))}`,
  monitor: ({ name }) => `/monitoring/${part(name)}`,
  token: () => '/settings?tab=tokens',
  person: () => '/settings',
  invitation: () => '/settings',
  project: () => '/settings?tab=project',
};

/** The page of the thing that was acted on, or null where it has none. */
export function targetHref(project: string, target: AuditEntry['target']): string | null {
  const page = PAGES[target.type];
  return page ? `/${project}${page(target)}` : null;
}

/** The kind of a thing in words: 'dataset_version' becomes "dataset version". */
export function typeWords(type: string): string {
  return type.replaceAll('_', ' ');
}

/** Acts by their noun, for a grouped choice; each group begins with all of it ('promotion.'). */
export function groupActions(actions: readonly string[]): { group: string; items: { value: string; label: string }[] }[] {
  const groups = new Map<string, string[]>();
  for (const action of actions) {
    const noun = action.split('.')[0] ?? action;
    groups.set(noun, [...(groups.get(noun) ?? []), action]);
  }
  return [...groups].map(([noun, members]) => ({
    group: typeWords(noun),
    items: [
      ...(members.length > 1 ? [{ value: `${noun}.`, label: `All about ${typeWords(noun)}` }] : []),
      ...members.map((action) => ({ value: action, label: actionWords(action) })),
    ],
  }));
}

/** A detail's value as one line of text. */
export function detailText(value: unknown): string {
  if (value === null || value === undefined) return '–';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function part(text: string): string {
  return encodeURIComponent(text);
}

/** "spam-filter, rollout 1 of v2" belongs to spam-filter. */
function beforeComma(name: string): string {
  return name.split(',')[0]?.trim() ?? name;
}

/** "spam-filter v3" is version 3 of spam-filter; its page stands below it. */
function versionPath(name: string): string {
  const match = /^(.+) v(\d+)$/.exec(name);
  return match?.[1] && match[2] ? `${part(match[1])}/${match[2]}` : part(name);
}

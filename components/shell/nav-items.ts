import {
  type Icon,
  IconActivityHeartbeat,
  IconBroadcast,
  IconClockSearch,
  IconDatabase,
  IconFlask,
  IconHistory,
  IconHome,
  IconListSearch,
  IconPackage,
  IconSettings,
  IconTags,
} from '@tabler/icons-react';

export type NavKey =
  | 'home'
  | 'datasets'
  | 'labeling'
  | 'experiments'
  | 'models'
  | 'deployments'
  | 'monitoring'
  | 'predictions'
  | 'record'
  | 'audit'
  | 'settings';
export type NavItem = { key: NavKey; label: string; path: string; icon: Icon; scope?: string };

export const HOME: NavItem = { key: 'home', label: 'Home', path: '', icon: IconHome };

/** The way of a model, in its order. */
export const JOURNEY: NavItem[] = [
  { key: 'datasets', label: 'Data', path: '/datasets', icon: IconDatabase },
  { key: 'labeling', label: 'Labeling', path: '/labeling', icon: IconTags },
  { key: 'experiments', label: 'Experiments', path: '/experiments', icon: IconFlask },
  { key: 'models', label: 'Models', path: '/models', icon: IconPackage },
  { key: 'deployments', label: 'Deployments', path: '/deployments', icon: IconBroadcast },
  { key: 'monitoring', label: 'Monitoring', path: '/monitoring', icon: IconActivityHeartbeat },
  { key: 'predictions', label: 'Predictions', path: '/predictions', icon: IconListSearch },
];

export const FOOT: NavItem[] = [
  { key: 'record', label: 'Record', path: '/record', icon: IconClockSearch, scope: 'audit:read' },
  { key: 'audit', label: 'Audit', path: '/audit', icon: IconHistory, scope: 'audit:read' },
  { key: 'settings', label: 'Project settings', path: '/settings', icon: IconSettings },
];

/** Which item a path below a project belongs to. */
export function activeItem(path: string, project: string): NavKey {
  const below = path.slice(`/${project}`.length);
  return [...JOURNEY, ...FOOT].find((item) => below === item.path || below.startsWith(`${item.path}/`))?.key ?? 'home';
}

/** The labeling work page has the whole window: no bar, no navigation. */
export function isFocusPath(path: string): boolean {
  return /^\/[^/]+\/labeling\/[^/]+\/work$/.test(path);
}

'use client';
import { useProject } from '#components/shell/project-context.tsx';
import { TabLinks } from '#components/ui/tab-links.tsx';

const TABS = {
  versions: { path: '', label: 'Versions' },
  evaluation: { path: '/evaluation', label: 'Evaluation' },
  behaviour: { path: '/behaviour', label: 'Behaviour' },
  rows: { path: '/rows', label: 'Rows' },
  fairness: { path: '/fairness', label: 'Fairness' },
  gates: { path: '/gates', label: 'Gates' },
} as const;

/** The rooms of one model, the same on each of its pages. Under the page's head, on a screen without padding. */
export function ModelTabs({ model, active }: { model: string; active: keyof typeof TABS }) {
  const { name } = useProject();
  const href = (path: string) => `/${name}/models/${encodeURIComponent(model)}${path}`;
  return (
    <TabLinks
      label={`Rooms of ${model}`}
      active={href(TABS[active].path)}
      items={Object.values(TABS).map(({ path, label }) => ({ href: href(path), label }))}
    />
  );
}

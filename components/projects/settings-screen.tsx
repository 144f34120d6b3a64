'use client';
import type { ReactNode } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { Chip } from '#components/ui/chip.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { Screen } from '#components/ui/screen.tsx';
import { TabLinks } from '#components/ui/tab-links.tsx';
import { BriefTab } from './brief-tab.tsx';
import { MembersTab } from './members-tab.tsx';
import { ProjectTab } from './project-tab.tsx';
import { RolesTab } from './roles-tab.tsx';
import { TokensTab } from './tokens-tab.tsx';

const TABS = {
  members: 'Members',
  roles: 'Roles',
  tokens: 'API tokens',
  webhooks: 'Webhooks',
  brief: 'Brief',
  stages: 'Stages',
  project: 'Project',
} as const;
export type SettingsTab = keyof typeof TABS;

const FOR_PROGRAMS: SettingsTab[] = ['tokens', 'webhooks'];

/** Settings of one project: who is in it, what the roles may do, tokens, its title. Webhooks and stages are other slices': the page gives them. */
export function SettingsScreen({ tab, webhooks, stages }: { tab: string | undefined; webhooks?: ReactNode; stages?: ReactNode }) {
  const project = useProject();
  const visible = (Object.keys(TABS) as SettingsTab[]).filter(
    (key) => !FOR_PROGRAMS.includes(key) || project.can('token:manage'),
  );
  const open = visible.find((key) => key === tab) ?? 'members';
  const href = (key: SettingsTab) => `/${project.name}/settings${key === 'members' ? '' : `?tab=${key}`}`;
  return (
    <Screen
      padded={false}
      head={<PageHead title="Project settings" state={project.role ? <Chip>you are {project.role}</Chip> : undefined} />}
    >
      <TabLinks label="Settings" active={href(open)} items={visible.map((key) => ({ href: href(key), label: TABS[key] }))} />
      {open === 'members' && <MembersTab />}
      {open === 'roles' && <RolesTab />}
      {open === 'tokens' && <TokensTab />}
      {open === 'webhooks' && webhooks}
      {open === 'brief' && <BriefTab />}
      {open === 'stages' && stages}
      {open === 'project' && <ProjectTab />}
    </Screen>
  );
}

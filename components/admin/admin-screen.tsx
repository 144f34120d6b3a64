'use client';
import type { ReactNode } from 'react';
import { PageHead } from '#components/ui/page-head.tsx';
import { Screen } from '#components/ui/screen.tsx';
import { TabLinks } from '#components/ui/tab-links.tsx';
import { DiskTab } from './disk-tab.tsx';
import { PeopleTab } from './people-tab.tsx';
import { ProcessesTab } from './processes-tab.tsx';
import { ProjectsTab } from './projects-tab.tsx';
import { QueueTab } from './queue-tab.tsx';
import { ADMIN_SECTIONS, type AdminSection, sectionHref } from './sections.ts';

const TABS = {
  projects: ProjectsTab,
  people: PeopleTab,
  processes: ProcessesTab,
  queue: QueueTab,
  disk: DiskTab,
} as const satisfies Record<Exclude<AdminSection, 'record' | 'mail'>, () => ReactNode>;

/** The installation, for its administrators. The record and the mail server are other slices': the page gives them. */
export function AdminScreen({ section, record, mail }: { section: AdminSection; record?: ReactNode; mail?: ReactNode }) {
  const given = { record, mail };
  const Tab = section === 'record' || section === 'mail' ? null : TABS[section];
  return (
    <Screen padded={false} head={<PageHead title="Administration" />}>
      <TabLinks
        label="Administration"
        active={sectionHref(section)}
        items={(Object.keys(ADMIN_SECTIONS) as AdminSection[]).map((key) => ({
          href: sectionHref(key),
          label: ADMIN_SECTIONS[key],
        }))}
      />
      {section === 'record' || section === 'mail' ? given[section] : Tab && <Tab />}
    </Screen>
  );
}

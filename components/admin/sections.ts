export const ADMIN_SECTIONS = {
  projects: 'Projects',
  people: 'People',
  processes: 'Processes',
  queue: 'Queue',
  disk: 'Disk',
  mail: 'Mail',
  record: 'Record',
} as const;

export type AdminSection = keyof typeof ADMIN_SECTIONS;

export function isAdminSection(value: string): value is AdminSection {
  return Object.hasOwn(ADMIN_SECTIONS, value);
}

/** The address of a section; the first is the page itself. */
export function sectionHref(section: AdminSection): string {
  return section === 'projects' ? '/admin' : `/admin/${section}`;
}

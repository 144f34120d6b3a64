import type { Notification } from './notifications.schema.ts';

type Row = Omit<Notification, 'project'> & { projectId: string | null };

/** A notification as its reader sees it. */
export function toNotification(row: Row, projects: Map<string, { name: string; title: string }>): Notification {
  const { id, kind, title, text, href, count, at, readAt, projectId } = row;
  return { id, kind, title, text, href, count, at, readAt, project: projects.get(projectId ?? '') ?? null };
}

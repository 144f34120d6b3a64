import type { Actor } from '#server/auth/actor.ts';
import { ROLE_SCOPES, ROLES, type Role, type Scope } from '#server/auth/roles.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { KINDS, type MailChoice, type NotificationKind } from './kinds.schema.ts';
import { queueMail } from './mail-queue.service.ts';
import {
  addToGroup,
  findAdministrators,
  findMembersWithRoles,
  findReaders,
  findUnreadOfGroup,
  insertNotifications,
} from './notifications.repo.ts';
import { findChoices } from './preferences.repo.ts';
import { queueWebhooks } from './webhook-queue.service.ts';

/** Whom to tell: people by id, members by role or by what they may do here, or the installation's administrators. */
export type Readers = readonly string[] | { role: Role } | { scope: Scope } | { administrators: true };

export type News = {
  kind: NotificationKind;
  people: Readers;
  /** One line: what has happened, with the names of what it happened to. */
  title: string;
  /** One or two sentences more: the reason that was given, what to do. */
  text?: string;
  /** A path of the console: `/mail/models/requests/…`. */
  href: string;
  /** While unread, news of one group is one line with a count. */
  groupKey?: string;
  /** What webhooks carry beside title and address: names and ids, never contents. */
  data?: Record<string, unknown>;
  /** `only` tells no person, `none` no webhook; both are told otherwise. */
  webhooks?: 'also' | 'only' | 'none';
};

/** In which project it has happened (null: the installation itself), and who did it: that person isn't told. */
export type NewsPlace = { actor: Actor; projectId: string | null };

const TITLE = 200;
const TEXT = 600;
type ToldPerson = { userId: string; inApp: boolean; mail: MailChoice };

/**
 * Tells people, and the project's webhooks, what has happened: in the transaction of it, so that nobody hears of what
 * was rolled back. Each person is told as they have chosen for this kind.
 */
export async function notify(tx: Tx, place: NewsPlace, news: News, now: Date = new Date()): Promise<void> {
  if (place.projectId && news.webhooks !== 'none') await queueWebhooks(tx, place.projectId, place.actor, news, now);
  if (news.webhooks === 'only') return;
  const people = await choicesOf(tx, news.kind, await readersOf(tx, place, news.people));
  if (people.length === 0) return;
  const told = {
    kind: news.kind,
    title: cut(news.title, TITLE),
    text: cut(news.text ?? '', TEXT),
    href: news.href,
    groupKey: news.groupKey ?? null,
  };
  const ids = people.map((person) => person.userId);
  const open = told.groupKey ? await findUnreadOfGroup(tx, told.groupKey, ids) : [];
  await addToGroup(
    tx,
    open.map((one) => one.id),
    told,
    now,
  );
  const known = new Set(open.map((one) => one.userId));
  const fresh = people.filter((person) => !known.has(person.userId));
  const made = await insertNotifications(
    tx,
    fresh.map(({ userId, inApp, mail }) => ({
      ...told,
      userId,
      inApp,
      digest: mail === 'daily',
      projectId: place.projectId,
      at: now,
    })),
  );
  const mailed = new Set(people.filter((person) => person.mail === 'now').map((person) => person.userId));
  await queueMail(
    tx,
    [...open, ...made].filter((one) => mailed.has(one.userId)),
    now,
  );
  await publish(tx, { projectId: place.projectId, type: 'notification.new', id: news.kind });
}

async function readersOf(tx: Tx, { actor, projectId }: NewsPlace, readers: Readers): Promise<string[]> {
  const ids = await candidates(tx, projectId, readers);
  return [...new Set(ids)].filter((id) => !(actor.kind === 'user' && actor.id === id));
}

async function candidates(tx: Tx, projectId: string | null, readers: Readers): Promise<string[]> {
  if ('administrators' in readers) return findAdministrators(tx);
  if (!('role' in readers || 'scope' in readers)) return readers.length ? findReaders(tx, [...readers], projectId) : [];
  if (!projectId) return [];
  const roles = 'role' in readers ? [readers.role] : ROLES.filter((role) => ROLE_SCOPES[role].includes(readers.scope));
  return findMembersWithRoles(tx, projectId, roles);
}

async function choicesOf(tx: Tx, kind: NotificationKind, ids: string[]): Promise<ToldPerson[]> {
  const chosen = new Map((await findChoices(tx, ids, kind)).map((row) => [row.userId, row]));
  return ids
    .map((userId) => {
      const choice = chosen.get(userId) ?? KINDS[kind];
      return { userId, inApp: choice.inApp, mail: choice.mail as MailChoice };
    })
    .filter((person) => person.inApp || person.mail !== 'off');
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

import { z } from 'zod';
import { mailChoice, notificationKind } from './kinds.schema.ts';

export const notification = z.object({
  id: z.uuid(),
  kind: z.string(),
  title: z.string(),
  text: z.string(),
  /** A path of the console. */
  href: z.string(),
  project: z.object({ name: z.string(), title: z.string() }).nullable(),
  /** How many of its group it stands for. */
  count: z.number().int(),
  at: z.date(),
  readAt: z.date().nullable(),
});
export type Notification = z.infer<typeof notification>;

const cursor = z.object({ at: z.date(), id: z.uuid() });

export const listNotificationsInput = z.object({
  only: z.enum(['all', 'unread']).default('all'),
  limit: z.number().int().min(1).max(100).default(30),
  cursor: cursor.nullish(),
});
export type ListNotificationsInput = z.infer<typeof listNotificationsInput>;
export const listNotificationsOutput = z.object({
  notifications: z.array(notification),
  unread: z.number().int(),
  next: cursor.nullable(),
});
export type ListNotificationsOutput = z.infer<typeof listNotificationsOutput>;

export const unreadOutput = z.object({ unread: z.number().int() });
export const markInput = z.object({ id: z.uuid(), read: z.boolean() });

export const preference = z.object({
  kind: notificationKind,
  group: z.string(),
  label: z.string(),
  inApp: z.boolean(),
  mail: mailChoice,
});
export type Preference = z.infer<typeof preference>;
export const preferencesOutput = z.object({
  /** False while no mail server is set: choices are kept, nothing is sent. */
  mailWorks: z.boolean(),
  preferences: z.array(preference),
});
export const setPreferenceInput = z.object({ kind: notificationKind, inApp: z.boolean(), mail: mailChoice });
export type SetPreferenceInput = z.infer<typeof setPreferenceInput>;

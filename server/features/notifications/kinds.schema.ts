import { z } from 'zod';

/** How a kind reaches a person by mail: not at all, at once, or in the mail of the day. */
export const MAIL_CHOICES = ['off', 'now', 'daily'] as const;
export const mailChoice = z.enum(MAIL_CHOICES);
export type MailChoice = z.infer<typeof mailChoice>;

type Kind = {
  /** Under which heading it stands among the preferences. */
  group: 'Promotions' | 'Evidence' | 'Production' | 'Data and training' | 'Administration';
  label: string;
  /** How it comes to those who have chosen nothing. */
  inApp: boolean;
  mail: MailChoice;
};

/** Everything that people can be told and webhooks can subscribe to. The names are public: webhooks carry them. */
export const KINDS = {
  'promotion.requested': { group: 'Promotions', label: 'A promotion is asked for that I may decide', inApp: true, mail: 'now' },
  'promotion.changes': { group: 'Promotions', label: 'Changes are wished, or answered', inApp: true, mail: 'now' },
  'promotion.decided': { group: 'Promotions', label: 'A request of mine is approved or refused', inApp: true, mail: 'now' },
  'promotion.ended': { group: 'Promotions', label: 'A request was withdrawn or has expired', inApp: true, mail: 'off' },
  'comment.mention': { group: 'Promotions', label: 'Somebody mentions me', inApp: true, mail: 'now' },
  'comment.reply': { group: 'Promotions', label: 'Somebody writes in a thread of mine', inApp: true, mail: 'off' },
  'approval.delegated': { group: 'Promotions', label: 'Somebody lets me decide for them', inApp: true, mail: 'now' },
  'emergency.review': { group: 'Promotions', label: 'An emergency promotion waits for its review', inApp: true, mail: 'now' },
  'stage.changed': { group: 'Promotions', label: 'A version has come to another stage', inApp: false, mail: 'off' },
  'evaluation.failed': { group: 'Evidence', label: 'An evaluation that I asked for has failed', inApp: true, mail: 'off' },
  'evaluation.done': { group: 'Evidence', label: 'An evaluation that I asked for is done', inApp: true, mail: 'off' },
  'rollout.started': { group: 'Production', label: 'A rollout has started', inApp: false, mail: 'off' },
  'rollout.completed': { group: 'Production', label: 'A rollout is completed', inApp: true, mail: 'daily' },
  'rollout.rolled_back': { group: 'Production', label: 'A rollout was rolled back', inApp: true, mail: 'now' },
  'alert.raised': { group: 'Production', label: 'A monitor raises an alert', inApp: true, mail: 'now' },
  'alert.resolved': { group: 'Production', label: 'An alert is over', inApp: false, mail: 'off' },
  'dataset.failed': { group: 'Data and training', label: 'A dataset version of mine has failed', inApp: true, mail: 'off' },
  'run.failed': { group: 'Data and training', label: 'A run of mine has failed', inApp: true, mail: 'off' },
  'invitation.accepted': { group: 'Administration', label: 'An invitation of mine was accepted', inApp: true, mail: 'off' },
  'webhook.disabled': { group: 'Administration', label: 'A webhook was switched off', inApp: true, mail: 'now' },
  'audit.tampered': { group: 'Administration', label: 'The audit log was tampered with', inApp: true, mail: 'now' },
} as const satisfies Record<string, Kind>;

export type NotificationKind = keyof typeof KINDS;
export const kindNames = Object.keys(KINDS) as [NotificationKind, ...NotificationKind[]];
export const notificationKind = z.enum(kindNames);

/** What a kind is; one of an earlier release that is gone is told without a heading. */
export function kindOf(name: string): Kind | null {
  return Object.hasOwn(KINDS, name) ? KINDS[name as NotificationKind] : null;
}

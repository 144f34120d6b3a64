import { kindOf } from './kinds.schema.ts';

/** Words of mails: the same in plain text and in simple HTML. Nothing is loaded from elsewhere, nobody is counted. */

export type MailWords = { subject: string; text: string; html: string; preferencesUrl: string };

export type Told = {
  kind: string;
  title: string;
  text: string;
  href: string;
  count: number;
  project: string | null;
};

/** The mail of one notification. */
export function mailOfOne(told: Told, consoleUrl: string): MailWords {
  const subject = `${told.project ? `[${told.project}] ` : ''}${oneLine(told.title)}`;
  return compose(subject, [told], consoleUrl, reasonOf(told.kind));
}

/** The mail of the day: everything that waited, by project. */
export function mailOfDay(all: Told[], consoleUrl: string): MailWords {
  const subject =
    all.length === 1 ? `Stagecraft today: ${oneLine(all[0]?.title ?? '')}` : `Stagecraft today: ${all.length} things`;
  const sorted = [...all].sort((a, b) => (a.project ?? '').localeCompare(b.project ?? ''));
  return compose(subject, sorted, consoleUrl, 'You have chosen to read these once a day.');
}

/** The mail by which an administrator tries the settings. */
export function mailOfTest(by: string, consoleUrl: string): MailWords {
  const told = {
    kind: '',
    title: 'Mail from Stagecraft arrives here.',
    text: `${by} has sent this to try the mail settings.`,
    href: '/admin/mail',
    count: 1,
    project: null,
  };
  return compose('Stagecraft: a test of the mail settings', [told], consoleUrl, 'This was sent once, by hand.');
}

function compose(subject: string, all: Told[], consoleUrl: string, reason: string): MailWords {
  const preferencesUrl = `${consoleUrl}/account#notifications`;
  const text = all
    .map((told) => [heading(told), told.text, more(told), `${consoleUrl}${told.href}`].filter(Boolean).join('\n'))
    .concat([`-- \n${reason}\nChange what you are sent: ${preferencesUrl}`])
    .join('\n\n');
  const items = all.map((told) => {
    const detail = [told.text, more(told)]
      .filter(Boolean)
      .map((line) => `<p style="margin:4px 0;color:#444">${escapeHtml(line)}</p>`);
    const link = `<a href="${escapeHtml(consoleUrl + told.href)}">Open in Stagecraft</a>`;
    return `<div style="margin:0 0 20px"><p style="margin:0;font-weight:600">${escapeHtml(heading(told))}</p>${detail.join('')}<p style="margin:4px 0">${link}</p></div>`;
  });
  const footer = `<p style="color:#666;font-size:12px;border-top:1px solid #ddd;padding-top:8px">${escapeHtml(reason)} <a href="${escapeHtml(preferencesUrl)}">Change what you are sent</a></p>`;
  const html = `<!doctype html><html lang="en"><body style="font:14px/1.5 system-ui,sans-serif;max-width:600px">${items.join('')}${footer}</body></html>`;
  return { subject, text, html, preferencesUrl };
}

function heading(told: Told): string {
  return told.project ? `${told.project}: ${told.title}` : told.title;
}

function more(told: Told): string {
  return told.count > 1 ? `And ${told.count - 1} more before it.` : '';
}

function reasonOf(kind: string): string {
  const label = kindOf(kind)?.label;
  return label
    ? `You are sent this because of: ${label.charAt(0).toLowerCase()}${label.slice(1)}.`
    : 'You are sent this by Stagecraft.';
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

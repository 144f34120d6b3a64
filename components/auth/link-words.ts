import type { LinkDetail } from '#server/features/people/links.schema.ts';

const CLOSED = {
  used: [
    'This link was used already',
    'Sign in with the password that was set by it. If that wasn’t you, tell an administrator at once.',
  ],
  revoked: ['This link is no longer valid', 'It was taken back, or a newer one has replaced it. Ask for a new one.'],
  expired: ['This link has expired', 'Ask for a new one; it takes an administrator a moment.'],
} as const;

/** The title and the first sentence of the page that a one-time link opens. */
export function linkWords(link: LinkDetail): { title: string; lead: string; verb: string } {
  if (link.state !== 'open') {
    const [title, lead] = CLOSED[link.state];
    return { title, lead, verb: '' };
  }
  if (link.kind === 'setup') {
    return {
      title: 'Make the first administrator',
      lead: 'This person invites the others, makes projects, and sees how the installation does.',
      verb: 'Make administrator',
    };
  }
  if (link.kind === 'reset')
    return { title: 'Set a new password', lead: `For ${link.email}. Every session of this account ends.`, verb: 'Set password' };
  return {
    title: invitedTo(link),
    lead: `For ${link.email}. Choose how the others will see your name, and a password.`,
    verb: 'Join',
  };
}

function invitedTo(link: LinkDetail): string {
  if (link.project && link.role) return `Join ${link.project} as ${link.role}`;
  return link.isAdmin ? 'Join Stagecraft as administrator' : 'Join Stagecraft';
}

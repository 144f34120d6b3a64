const REASONS: Record<string, string> = {
  wrong: 'This e-mail and password don’t belong together. Check both; capitals count.',
  missing: 'Give your e-mail and your password.',
  deactivated: 'This account was deactivated. Ask an administrator of this installation.',
  unavailable: 'Sign-in can’t be checked right now, because the database doesn’t answer. Try again in a moment.',
  oidc_unknown: 'Your identity is good, but nobody has invited you here yet. Ask an administrator for an invitation.',
  oidc_unverified: 'Your identity provider doesn’t say that your e-mail is verified, so it can’t be matched with a person here.',
  oidc_other: 'Your e-mail belongs to a person here who is linked with another identity. Ask an administrator.',
  AccessDenied: 'The identity provider refused. Try again, or sign in with a password.',
  SessionRequired: 'Sign in to go on.',
};

/** What a refusal's code means, in words and with a way on. */
export function signInReason(code: string): string {
  const [kind, seconds] = code.split(':');
  if (kind === 'limited') return `Too many attempts. Try again in ${minutes(Number(seconds))}.`;
  if (/^OAuth|^Callback/.test(code))
    return 'The identity provider didn’t complete the sign-in. Try again; if it stays, tell an administrator.';
  return REASONS[code] ?? 'The sign-in didn’t work. Try again; if it stays, tell an administrator.';
}

function minutes(seconds: number): string {
  const count = Math.max(1, Math.ceil((Number.isFinite(seconds) ? seconds : 60) / 60));
  return count === 1 ? 'a minute' : `${count} minutes`;
}

/** Where to go after signing in: a path of this console, never another site. */
export function safeNext(next: string | undefined): string {
  return next?.startsWith('/') && !/^\/[/\\]/.test(next) && !next.startsWith('/sign-in') ? next : '/';
}

import type { Role } from '#server/auth/roles.ts';
import type { OwnSession, Person } from '#server/features/people/people.schema.ts';

type PersonRow = {
  id: string;
  name: string;
  email: string;
  isAdmin: boolean;
  passwordHash: string | null;
  oidcSubject: string | null;
  createdAt: Date;
  deactivatedAt: Date | null;
  members: { role: Role; project: { name: string } }[];
  sessions: unknown[];
};

/** A person as administrators see them. */
export function toPerson(row: PersonRow, extra: { liveTokens: number; lastSeenAt: Date | null }): Person {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    isAdmin: row.isAdmin,
    signIn: signInOf(row),
    projects: row.members.map((member) => ({ name: member.project.name, role: member.role })),
    openSessions: row.sessions.length,
    liveTokens: extra.liveTokens,
    lastSeenAt: extra.lastSeenAt,
    createdAt: row.createdAt,
    deactivatedAt: row.deactivatedAt,
  };
}

function signInOf(row: { passwordHash: string | null; oidcSubject: string | null }): Person['signIn'] {
  if (row.passwordHash && row.oidcSubject) return 'both';
  if (row.passwordHash) return 'password';
  return row.oidcSubject ? 'single sign-on' : 'none';
}

type SessionRow = { id: string; userAgent: string; createdAt: Date; lastSeenAt: Date; expiresAt: Date };

/** One of a person's own sessions, as that person sees it. */
export function toOwnSession(row: SessionRow, currentId: string | null): OwnSession {
  const { id, createdAt, lastSeenAt, expiresAt } = row;
  return { id, device: deviceOf(row.userAgent), current: id === currentId, createdAt, lastSeenAt, expiresAt };
}

const BROWSERS: [RegExp, string][] = [
  [/\bEdg\//, 'Edge'],
  [/\bFirefox\//, 'Firefox'],
  [/\bOPR\//, 'Opera'],
  [/\b(Headless)?Chrom(e|ium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS: [RegExp, string][] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
];

/** A user agent in words that a person recognises: "Firefox on Linux", or the program's own name. */
export function deviceOf(userAgent: string): string {
  const browser = BROWSERS.find(([pattern]) => pattern.test(userAgent))?.[1];
  const system = SYSTEMS.find(([pattern]) => pattern.test(userAgent))?.[1];
  if (browser) return system ? `${browser} on ${system}` : browser;
  return userAgent.split(/[ /]/)[0] || 'Unknown program';
}

import { randomBytes } from 'node:crypto';
import { Browser } from './browser.ts';
import type { Person } from './report.ts';
import type { Role, StoryStep } from './stage.ts';
import { insist, PROJECT } from './stage.ts';

const NAMES: Record<Role, string> = { admin: 'Ada', annotator: 'Ana', scientist: 'Sam', reviewer: 'Rita', manager: 'Max' };
const ROLES = Object.keys(NAMES) as Role[];

const emailOf = (role: Role) => `${role}@demo.invalid`;
const newPassword = () => randomBytes(12).toString('base64url');

/** The first administrator by the one-time link, a project, and one person a role by invitation. */
export function peopleStep(setupPath: string): StoryStep {
  return {
    name: 'People sign in',
    async play(stage) {
      const passwords = new Map(ROLES.map((role) => [role, newPassword()]));
      const passwordOf = (role: Role) => passwords.get(role) ?? '';
      const stranger = new Browser(stage.console);
      const take = (path: string, role: Role) =>
        stranger.trpc.people.takeLink.mutate({
          token: tokenOf(path),
          name: NAMES[role],
          email: emailOf(role),
          password: passwordOf(role),
        });
      await take(setupPath, 'admin');
      const { admin } = stage.as;
      await admin.signIn(emailOf('admin'), passwordOf('admin'));
      await admin.trpc.projects.create.mutate({ name: PROJECT, title: 'Mail' });
      await admin.trpc.projects.create.mutate({ name: 'empty', title: 'Empty' });
      for (const role of ROLES.filter((one) => one !== 'admin')) {
        const added = await admin.trpc.projects.members.add.mutate({ project: PROJECT, email: emailOf(role), role });
        insist(added.outcome === 'invited', `${role} should have got an invitation.`);
        await take(added.path, role);
        await admin.trpc.projects.members.add.mutate({ project: 'empty', email: emailOf(role), role });
        await stage.as[role].signIn(emailOf(role), passwordOf(role));
      }
      const { token } = await stage.as.scientist.trpc.projects.tokens.create.mutate({
        project: PROJECT,
        name: 'mail server',
        scopes: ['project:read', 'predict', 'outcome:write'],
        expiresInDays: 90,
      });
      stage.program.signWith(token);
      stage.people = ROLES.map(
        (role): Person => ({
          role,
          name: NAMES[role],
          email: emailOf(role),
          password: passwordOf(role),
          token: role === 'scientist' ? token : null,
        }),
      );
      return { people: stage.people.length, project: PROJECT };
    },
  };
}

function tokenOf(path: string): string {
  return decodeURIComponent(path.split('/').at(-1)?.split('?')[0] ?? '');
}

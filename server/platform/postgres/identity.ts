import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DomainError } from '#server/errors.ts';

/** As whom PostgreSQL runs: it refuses to run as root. */
export type Identity = {
  /** Owner of its data folder; undefined when it is whoever started Stagecraft. */
  owner: { uid: number; gid: number } | undefined;
  /** The command line that runs a program as that user, with options for `spawn`. */
  wrap(program: string, args: string[]): { command: string; args: string[]; options: { uid?: number; gid?: number } };
};

type Account = { name: string; uid: number; gid: number };

/**
 * Chooses the user for the server. Not root: as it is. Root: user `postgres`; where that user can't enter the folders
 * (a root home of mode 700) with the one capability that lets it pass, so that everything stays in its place. The
 * application then connects as a role that isn't superuser, because the superuser could read any file.
 */
export function identityFor(paths: string[]): Identity {
  if (process.getuid?.() !== 0) {
    return { owner: undefined, wrap: (command, args) => ({ command, args, options: {} }) };
  }
  const account = databaseAccount();
  const owner = { uid: account.uid, gid: account.gid };
  if (paths.every(enterableByAll)) {
    return { owner, wrap: (command, args) => ({ command, args, options: owner }) };
  }
  if (spawnSync('setpriv', ['--version']).status !== 0) {
    throw new DomainError(
      'UNSUPPORTED',
      `User ${account.name}, as whom the database runs, can't enter ${paths.find((path) => !enterableByAll(path))}, and there is no setpriv (util-linux): move the folder, or set DATABASE_URL.`,
    );
  }
  const pass = [
    `--reuid=${account.uid}`,
    `--regid=${account.gid}`,
    '--clear-groups',
    '--inh-caps=-all,+dac_override',
    '--ambient-caps=-all,+dac_override',
    '--securebits=+no_setuid_fixup',
  ];
  return { owner, wrap: (program, args) => ({ command: 'setpriv', args: [...pass, program, ...args], options: {} }) };
}

/** True when every folder above (and at) the path lets any user pass. */
function enterableByAll(path: string): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(folder) && statSync(folder).isDirectory() && !(statSync(folder).mode & 0o001)) return false;
    if (folder === dirname(folder)) return true;
  }
}

function databaseAccount(): Account {
  const found = accountNamed('postgres');
  if (found) return found;
  try {
    execFileSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'], { stdio: 'pipe' });
  } catch {
    // No useradd (Alpine), or a read-only /etc: the account below is there everywhere.
  }
  const made = accountNamed('postgres') ?? accountNamed('nobody');
  if (made) return made;
  throw new DomainError(
    'UNSUPPORTED',
    'PostgreSQL refuses to run as root, and user "postgres" could not be made: start Stagecraft as another user, or set DATABASE_URL.',
  );
}

function accountNamed(name: string): Account | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { name, uid: Number(uid), gid: Number(gid) } : undefined;
}

import { hash } from 'node:crypto';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { Scope } from '#server/auth/roles.ts';
import { DomainError } from '#server/errors.ts';

/** A token as the gateway keeps it in memory and in its spool: never the token itself. Times are ISO 8601. */
export type TokenEntry = {
  id: string;
  hash: string;
  name: string;
  projectId: string;
  projectName: string;
  scopes: Scope[];
  expiresAt: string | null;
};

const HEADERS = 1_000;

type Known = { scope: ProjectScope; expires: number };

/** All tokens that are valid now, by hash, so that a request needs no database. */
export class TokenBook {
  #byHash = new Map<string, Known>();
  /** What headers said that were valid, so that the next one like it needs no hash. Forgotten with every new list. */
  readonly #byHeader = new Map<string, Known>();
  readonly #used = new Map<string, number>();

  get size(): number {
    return this.#byHash.size;
  }

  /** Takes the list of live tokens over; those that have expired are remembered, in order to say so. */
  replace(entries: readonly TokenEntry[], now: number): void {
    this.#byHeader.clear();
    const expired = [...this.#byHash].filter(([, known]) => known.expires <= now);
    this.#byHash = new Map([
      ...expired,
      ...entries.map((entry): [string, Known] => [
        entry.hash,
        {
          expires: entry.expiresAt ? Date.parse(entry.expiresAt) : Number.POSITIVE_INFINITY,
          scope: {
            actor: { kind: 'token', id: entry.id, name: entry.name, isAdmin: false },
            projectId: entry.projectId,
            projectName: entry.projectName,
            role: null,
            scopes: new Set(entry.scopes),
          },
        },
      ]),
    ]);
  }

  /**
   * The scope of whoever sends this header.
   * @throws DomainError UNAUTHENTICATED that says what is wrong and how to go on
   */
  authenticate(header: string | undefined, now: number): ProjectScope {
    const seen = header === undefined ? undefined : this.#byHeader.get(header);
    if (seen && seen.expires > now) {
      this.#used.set(seen.scope.actor.id ?? '', now);
      return seen.scope;
    }
    if (!header) throw unauthenticated('Send an API token: "Authorization: Bearer sc_…". A project\'s settings have them.');
    const [kind, token] = header.split(' ', 2);
    if (kind?.toLowerCase() !== 'bearer' || !token) throw unauthenticated('The Authorization header must be "Bearer sc_…".');
    const known = this.#byHash.get(hash('sha256', token));
    if (!known)
      throw unauthenticated('This token is unknown, revoked or expired. Make a new one in the settings of the project.');
    if (known.expires <= now) {
      throw unauthenticated(
        `This token expired at ${new Date(known.expires).toISOString()}. Make a new one in the settings of the project.`,
      );
    }
    if (this.#byHeader.size >= HEADERS) this.#byHeader.clear();
    this.#byHeader.set(header, known);
    this.#used.set(known.scope.actor.id ?? '', now);
    return known.scope;
  }

  /** Tokens used since the last call, with the time of their last use. */
  takeUsed(): { id: string; at: Date }[] {
    const used = [...this.#used].map(([id, at]) => ({ id, at: new Date(at) }));
    this.#used.clear();
    return used;
  }
}

/** @throws DomainError FORBIDDEN that names the missing scope */
export function requireScope(caller: ProjectScope, scope: Scope): void {
  if (caller.scopes.has(scope)) return;
  throw new DomainError('FORBIDDEN', `The token ${caller.actor.name} doesn't have the scope ${scope}. Make one that has it.`, {
    scope,
  });
}

function unauthenticated(message: string): DomainError {
  return new DomainError('UNAUTHENTICATED', message);
}

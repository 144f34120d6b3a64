import type { Tx } from '#server/platform/db/client.ts';

const LIVE = { id: true, hash: true, name: true, projectId: true, scopes: true, expiresAt: true, revokedAt: true } as const;

export async function findTokenRow(tx: Tx, hash: string) {
  const token = await tx.apiToken.findUnique({ where: { hash }, select: LIVE });
  return token ? withProject(tx, [token]) : [];
}

export async function findLiveTokenRows(tx: Tx, now: Date) {
  const tokens = await tx.apiToken.findMany({
    where: { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
    select: LIVE,
  });
  return withProject(tx, tokens);
}

/** Sets the last use of many tokens at once; an older time never replaces a newer one. */
export async function updateLastUsed(tx: Tx, uses: { id: string; at: Date }[]): Promise<void> {
  await tx.$executeRaw`
    update api_token t
    set last_used_at = u.at
    from unnest(${uses.map((use) => use.id)}::uuid[], ${uses.map((use) => use.at)}::timestamptz[]) as u(id, at)
    where t.id = u.id and (t.last_used_at is null or t.last_used_at < u.at)`;
}

type Row = {
  id: string;
  hash: string;
  name: string;
  projectId: string;
  scopes: string[];
  expiresAt: Date | null;
  revokedAt: Date | null;
};

async function withProject(tx: Tx, tokens: Row[]) {
  const ids = [...new Set(tokens.map((token) => token.projectId))];
  const projects = await tx.project.findMany({ where: { id: { in: ids }, archivedAt: null }, select: { id: true, name: true } });
  const names = new Map(projects.map((project) => [project.id, project.name]));
  return tokens.flatMap((token) => {
    const projectName = names.get(token.projectId);
    return projectName ? [{ ...token, projectName }] : [];
  });
}

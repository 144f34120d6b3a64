import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import type { ProjectScope } from '#server/auth/actor.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { exportAudit } from '#server/features/audit/export.service.ts';
import { READ_WINDOW_MS, recordRead, writeReads } from '#server/features/audit/reads.service.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { callerFor } from '#server/testing/caller.ts';
import { createMember, createScope, scopeFor } from '#server/testing/factories.ts';
import { sealRecord } from './chain.service.ts';

function write(
  scope: ProjectScope,
  action: string,
  name: string,
  o: { reason?: string; details?: Record<string, unknown> } = {},
) {
  return transaction((tx) => recordAudit(tx, scope, { action, target: { type: 'model_version', id: `id-${name}`, name }, ...o }));
}

describe('search', () => {
  test('in the language over every field, and by plain words', async () => {
    const { scope, user, project } = await createScope('admin');
    await write(scope, 'promotion.approved', 'spam-filter v1', {
      reason: 'All gates hold.',
      details: { rows: 1090, by: { role: 'reviewer' } },
    });
    await write(scope, 'promotion.refused', 'spam-filter v2', { reason: 'Newsletters 100 % worse.' });
    await write(scope, 'dataset.created', 'mail');
    const found = async (query: string) =>
      (await callerFor(user).audit.list({ project: project.name, query })).entries.map((entry) => entry.target.name);
    expect(await found(`action like 'promotion.%' and target = 'spam-filter v1'`)).toEqual(['spam-filter v1']);
    expect(await found('details.rows > 1000')).toEqual(['spam-filter v1']);
    expect(await found(`details.by.role = 'reviewer'`)).toEqual(['spam-filter v1']);
    expect(await found(`reason ilike '%NEWSLETTERS%'`)).toEqual(['spam-filter v2']);
    expect(await found('newsletters')).toEqual(['spam-filter v2']);
    expect(await found(`not (action = 'dataset.created') and actor = '${user.name}'`)).toHaveLength(2);
    expect(await found(`at >= '2000-01-01'`)).toHaveLength(3);
    expect(await found(`at < '2000-01-01'`)).toEqual([]);
    expect(await found(`target = ''' or true --'`)).toEqual([]);
    await expect(found('acter = 3')).rejects.toMatchObject({ code: 'BAD_REQUEST', message: expect.stringContaining('acter') });
    await expect(found('actor = ')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  test('an entry shows its place in the chain once it has one', async () => {
    const { scope, user, project } = await createScope('admin');
    await write(scope, 'dataset.created', 'mail');
    const entry = async () => (await callerFor(user).audit.list({ project: project.name })).entries[0];
    expect((await entry())?.seq).toBeNull();
    await sealRecord();
    expect((await entry())?.seq).toBeGreaterThan(0);
  });
});

describe('export', () => {
  test('streams what fits as CSV or JSON Lines, and is itself recorded', async () => {
    const { scope, project } = await createScope('admin');
    await write(scope, 'dataset.created', '=cmd|calc', { reason: 'a "quoted", reason\nof two lines' });
    await db.auditEntry.createMany({
      data: Array.from({ length: 2_500 }, (_, i) => ({
        projectId: project.id,
        actorKind: 'user',
        actorName: 'Bulk',
        action: 'bulk.done',
        targetType: 'x',
        targetId: String(i),
        targetName: `x${i}`,
      })),
    });
    const csv = await text((await exportAudit(scope, {}, 'csv')).stream);
    expect(csv.split('\r\n')).toHaveLength(2_503);
    expect(csv).toContain(`'=cmd|calc`);
    expect(csv).toContain('"a ""quoted"", reason\nof two lines"');
    const lines = (await text((await exportAudit(scope, { query: `action = 'bulk.done'` }, 'jsonl')).stream)).trim().split('\n');
    expect(new Set(lines.map((line) => (JSON.parse(line) as { target: { id: string } }).target.id)).size).toBe(2_500);
    const recorded = await db.auditEntry.findMany({
      where: { projectId: project.id, action: 'data.exported' },
      orderBy: { at: 'asc' },
    });
    expect(recorded.map((entry) => entry.details)).toEqual([
      { format: 'csv', filter: {} },
      { format: 'jsonl', filter: { query: `action = 'bulk.done'` } },
    ]);
    await expect(exportAudit(scope, { query: 'nothing =' }, 'csv')).rejects.toMatchObject({ code: 'INVALID' });
  });
});

describe('reads', () => {
  const rows = { what: 'dataset.rows' as const, target: { type: 'dataset_version', id: 'v', name: 'mail v3' } };

  test('of one thing by one person within ten minutes are one entry with their count', async () => {
    const { scope, project } = await createScope('scientist');
    const other = scopeFor(project, await createMember(project, 'manager'), 'manager');
    await Promise.all(Array.from({ length: 20 }, () => recordRead(scope, rows)));
    await recordRead(other, rows);
    await recordRead(scope, { ...rows, target: { ...rows.target, id: 'w', name: 'mail v4' } });
    const entries = () => db.auditEntry.findMany({ where: { projectId: project.id, action: 'data.read' } });
    await writeReads(new Date());
    expect(await entries()).toEqual([]);
    const later = new Date(Date.now() + READ_WINDOW_MS + 1_000);
    await Promise.all([writeReads(later), writeReads(later)]);
    const found = (await entries()).map((entry) => [
      entry.actorName,
      entry.targetName,
      (entry.details as { reads: number }).reads,
    ]);
    expect(found.sort()).toEqual(
      [
        [scope.actor.name, 'mail v3', 20],
        [other.actor.name, 'mail v3', 1],
        [scope.actor.name, 'mail v4', 1],
      ].sort(),
    );
    await recordRead(scope, rows);
    await writeReads(new Date(Date.now() + READ_WINDOW_MS + 1_000));
    expect(await entries()).toHaveLength(4);
  });

  test('an export is an entry at once; Stagecraft’s own reading is none', async () => {
    const { scope, project } = await createScope('scientist');
    await recordRead(scope, { what: 'export', target: rows.target, details: { format: 'csv' } });
    await recordRead({ ...scope, actor: { kind: 'system', id: null, name: 'Stagecraft', isAdmin: false } }, rows);
    await writeReads(new Date(Date.now() + READ_WINDOW_MS + 1_000));
    expect(await db.auditEntry.findMany({ where: { projectId: project.id }, select: { action: true } })).toEqual([
      { action: 'data.exported' },
    ]);
  });
});

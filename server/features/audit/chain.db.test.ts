import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Actor } from '#server/auth/actor.ts';
import { canonicalOf } from '#server/domain/record/canonical.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { sealRecord } from '#server/features/audit/chain.service.ts';
import { headsFile, listHeads, readHeadsFile, signHead, signHeadOfDay } from '#server/features/audit/heads.service.ts';
import { exportProof, verifyProof } from '#server/features/audit/proof.service.ts';
import { requestCheck, runCheck, verifyChain } from '#server/features/audit/verification.service.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { databaseUrl } from '#server/platform/db/url.ts';
import { recordProtection } from '#server/platform/postgres/protect.ts';
import { callerFor } from '#server/testing/caller.ts';
import { createScope, createUser } from '#server/testing/factories.ts';
import { readChain } from './chain.repo.ts';

const RITA: Actor = { kind: 'user', id: null, name: 'Rita', isAdmin: false };
let admin: pg.Client;

beforeAll(async () => {
  const url = new URL(inject('database').adminUrl);
  url.pathname = new URL(databaseUrl()).pathname;
  admin = new pg.Client({ connectionString: url.toString() });
  await admin.connect();
});
afterAll(() => admin.end());

function write(name: string, details: Record<string, unknown> = {}, reason?: string): Promise<void> {
  return transaction((tx) =>
    recordAudit(
      tx,
      { actor: RITA, projectId: null },
      { action: 'test.done', target: { type: 'thing', id: name, name }, details, reason },
    ),
  );
}

/** Does something to the record as only a superuser can, says what the check finds, and takes it back. */
async function tamper(...statements: string[]): Promise<[string, number | null][]> {
  await admin.query(`create table kept_entry as table audit_entry; create table kept_link as table audit_link;
    create table kept_head as table audit_head; create table kept_pending as table audit_pending`);
  await admin.query(`set session_replication_role = 'replica'`);
  try {
    for (const statement of statements) await admin.query(statement);
    const { problems } = await verifyChain();
    return problems.map((problem) => [problem.kind, problem.seq]);
  } finally {
    await admin.query(`truncate audit_entry, audit_link, audit_head, audit_pending;
      insert into audit_entry table kept_entry; insert into audit_link table kept_link; insert into audit_head table kept_head;
      insert into audit_pending table kept_pending; drop table kept_entry, kept_link, kept_head, kept_pending;
      set session_replication_role = 'origin'`);
  }
}

describe('the chain', () => {
  test('has every entry once, in the order of commits, however many write at once', async () => {
    const writers = Array.from({ length: 16 }, async (_, w) => {
      for (let i = 0; i < 12; i += 1)
        await write(`w${w}-${i}`, { w, i, nested: { ü: ['🎭', 1.5, null] } }, i % 2 ? 'weil "so"' : undefined);
    });
    const sealer = (async () => {
      for (let i = 0; i < 10; i += 1) await Promise.all([sealRecord(), sealRecord()]);
    })();
    await Promise.all([...writers, sealer]);
    await sealRecord();
    const links = await db.auditLink.findMany({ orderBy: { seq: 'asc' } });
    expect(links.map((link) => Number(link.seq))).toEqual(links.map((_, i) => i + 1));
    expect(links.length).toBe(await db.auditEntry.count());
    expect(await db.auditPending.count()).toBe(0);
    expect((await verifyChain()).problems).toEqual([]);
  });

  test('an entry whose transaction is still open gets its place after it commits', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = transaction(async (tx) => {
      await recordAudit(
        tx,
        { actor: RITA, projectId: null },
        { action: 'test.slow', target: { type: 'thing', id: 's', name: 'slow' } },
      );
      await held;
    });
    await write('quick');
    await sealRecord();
    release();
    await slow;
    await sealRecord();
    const last = await db.auditLink.findFirstOrThrow({ orderBy: { seq: 'desc' } });
    expect((await db.auditEntry.findUniqueOrThrow({ where: { id: last.entryId } })).action).toBe('test.slow');
    expect((await verifyChain()).problems).toEqual([]);
  });

  test('the database and Node take the hash over the same text', async () => {
    await readChain(async (rows) => {
      const texts = await admin.query<{ text: string }>(
        `select audit_canonical(l.seq, l.prev, e) as text from audit_link l join audit_entry e on e.id = l.entry_id order by l.seq`,
      );
      expect(rows.map((row) => row.entry && canonicalOf(row.seq, row.prev, row.entry))).toEqual(
        texts.rows.map((row) => row.text),
      );
    });
  });

  test('the application’s role can do nothing but append', async () => {
    expect(await recordProtection(databaseUrl())).toMatchObject({ protected: true, can: [] });
    for (const sql of [
      'update audit_entry set reason = null',
      'delete from audit_link',
      'delete from audit_pending',
      'truncate audit_head',
      'insert into audit_link (seq, entry_id, prev, hash) select 9999, gen_random_uuid(), prev, hash from audit_link limit 1',
      'alter table audit_entry disable trigger all',
      'drop trigger audit_entry_append_only on audit_entry',
      'drop table audit_entry',
      'create or replace function audit_field(field text) returns text language sql immutable as $$ select null::text $$',
      'alter schema public rename to other',
    ]) {
      await expect(db.$executeRawUnsafe(sql), sql).rejects.toThrow(/permission denied|must be owner/);
    }
  });
});

describe('what a superuser does to it is found and named', () => {
  beforeAll(async () => {
    for (let i = 0; i < 5; i += 1) await write(`more-${i}`);
    await signHead(new Date('2026-01-01T03:00:00Z'));
  });

  test.each([
    [
      'changed',
      [`update audit_entry set actor_name = 'Mallory' where id = (select entry_id from audit_link where seq = 7)`],
      [['changed', 7]],
    ],
    [
      'a detail changed',
      [`update audit_entry set details = '{"w": 99}' where id = (select entry_id from audit_link where seq = 7)`],
      [['changed', 7]],
    ],
    ['removed', [`delete from audit_entry where id = (select entry_id from audit_link where seq = 9)`], [['removed', 9]]],
    [
      'removed with its link',
      [
        `delete from audit_entry where id = (select entry_id from audit_link where seq = 9)`,
        `delete from audit_link where seq = 9`,
      ],
      [['removed', 9]],
    ],
    [
      'inserted past the chain',
      [
        `insert into audit_entry (id, at, actor_kind, actor_name, action, target_type, target_id, target_name)
        values (gen_random_uuid(), now(), 'user', 'Mallory', 'promotion.approved', 'x', 'x', 'x')`,
      ],
      [['inserted', null]],
    ],
    [
      'reordered',
      [
        `update audit_link a set entry_id = b.entry_id from audit_link b where (a.seq, b.seq) in ((11, 12), (12, 11))`.replace(
          'update audit_link a',
          `alter table audit_link drop constraint if exists p6; drop index audit_link_entry_id_key; update audit_link a`,
        ),
        'create unique index audit_link_entry_id_key on audit_link (entry_id)',
      ],
      [
        ['reordered', 11],
        ['reordered', 12],
      ],
    ],
  ] as [string, string[], [string, number | null][]][])('%s', async (_, statements, found) => {
    expect(await tamper(...statements)).toEqual(found);
  });

  test('the end cut off: the signed head misses it', async () => {
    const end = await db.auditLink.count();
    const [head] = await listHeads(1);
    expect(
      await tamper(
        `delete from audit_entry where id in (select entry_id from audit_link where seq >= ${end - 2})`,
        `delete from audit_link where seq >= ${end - 2}`,
      ),
    ).toEqual([['removed', head?.seq]]);
  });

  test('all hashes made anew, and the heads in the database removed: the copies say so', async () => {
    const [head] = await listHeads(1);
    const anew = [
      `update audit_entry set reason = 'nothing to see' where id = (select entry_id from audit_link where seq = 3)`,
      'insert into audit_pending select entry_id from audit_link',
      'truncate audit_link',
      'truncate audit_head',
      'select audit_seal(100000)',
    ];
    const found = await tamper(...anew);
    expect(found).toEqual([['head-mismatch', head?.seq]]);
  });

  test('a head that was altered', async () => {
    const [head] = await listHeads(1);
    expect(await tamper(`update audit_head set at = at - interval '1 day'`)).toEqual([['head-mismatch', head?.seq]]);
  });
});

describe('heads', () => {
  test('are signed once a day, and a day that was missed when a worker runs again', async () => {
    const before = (await listHeads()).length;
    for (const at of [
      '2026-02-01T02:59:00Z',
      '2026-02-01T03:00:00Z',
      '2026-02-01T23:00:00Z',
      '2026-02-02T02:00:00Z',
      '2026-02-02T03:00:30Z',
    ]) {
      await signHeadOfDay(new Date(at));
    }
    const at = (await listHeads()).slice(0, -before).map((head) => head.at);
    expect(at.reverse()).toEqual(['2026-02-01T02:59:00.000Z', '2026-02-01T03:00:00.000Z', '2026-02-02T03:00:30.000Z']);
  });

  test('stand in the data folder as in the database, and can be read from what REST answers', async () => {
    const heads = await listHeads();
    expect((await readHeadsFile(headsFile())).map((head) => head.signature).sort()).toEqual(
      heads.map((head) => head.signature).sort(),
    );
    const file = join(mkdtempSync(join(tmpdir(), 'stagecraft-heads-')), 'heads.json');
    writeFileSync(file, JSON.stringify({ heads }));
    expect(await readHeadsFile(file)).toEqual(heads);
    writeFileSync(file, 'nonsense');
    await expect(readHeadsFile(file)).rejects.toThrow('line 1 is no signed head');
  });
});

test('the record can be taken away and checked without the database; a changed line is found', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'stagecraft-proof-')), 'record.jsonl');
  let text = '';
  const lines = await exportProof((part) => {
    text += part;
  });
  writeFileSync(file, text);
  expect(lines).toBe(await db.auditLink.count());
  expect(await verifyProof(file, await listHeads())).toMatchObject({ entries: lines, problemCount: 0 });
  writeFileSync(file, readFileSync(file, 'utf8').replace('"target_name":"quick"', '"target_name":"slow"'));
  expect((await verifyProof(file, [])).problems).toMatchObject([{ kind: 'changed', entry: { target: 'slow' } }]);
});

describe('a check', () => {
  test('is asked for by an administrator, runs once, and says what it found', async () => {
    const boss = await createUser({ isAdmin: true, name: 'Ada' });
    const { user, project } = await createScope('manager');
    const asked = await callerFor(boss).audit.verify();
    expect(await requestCheck(RITA)).toEqual(asked);
    await expect(callerFor(user).audit.verify()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await runCheck(asked.id, new Date());
    const state = await callerFor(user).audit.chain({ project: project.name });
    expect(state).toMatchObject({ unsealed: expect.any(Number), problems: [], protected: true, open: null });
    expect(state.last).toMatchObject({ status: 'intact', requestedBy: 'Ada', problemCount: 0 });
    expect((await callerFor(boss).audit.installation({ action: 'record.verified' })).entries).toHaveLength(1);
  });

  test('that finds tampering tells administrators, and names entries to those who may see them', async () => {
    const boss = await createUser({ isAdmin: true });
    const mine = await createScope('manager');
    const other = await createScope('manager');
    await transaction((tx) =>
      recordAudit(tx, mine.scope, {
        action: 'promotion.approved',
        target: { type: 'model_version', id: 'm', name: 'secret-model v1' },
      }),
    );
    await sealRecord();
    await admin.query(`set session_replication_role = 'replica'`);
    await admin.query(`update audit_entry set reason = 'x' where target_name = 'secret-model v1'`);
    await admin.query(`set session_replication_role = 'origin'`);
    const { id } = await requestCheck(RITA);
    await runCheck(id, new Date());
    const found = await callerFor(mine.user).audit.chain({ project: mine.project.name });
    expect(found.last?.status).toBe('tampered');
    expect(found.problems).toMatchObject([{ kind: 'changed', entry: { target: 'secret-model v1' } }]);
    const elsewhere = await callerFor(other.user).audit.chain({ project: other.project.name });
    expect(elsewhere.problems).toHaveLength(1);
    expect(JSON.stringify(elsewhere.problems)).not.toContain('secret-model');
    expect((await callerFor(boss).audit.installationChain()).problems[0]?.sentence).toContain('secret-model');
    const told = await db.notification.findMany({ where: { kind: 'audit.tampered', userId: boss.id } });
    expect(told).toMatchObject([{ href: '/admin/record', title: 'The record was tampered with.' }]);
  });
});

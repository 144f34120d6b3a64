import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { config } from '#server/config.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { callerFor } from '#server/testing/caller.ts';
import { createMember, createScope } from '#server/testing/factories.ts';
import { closeHookReceivers, isAuthentic, startHookReceiver } from '#server/testing/hook-receiver.ts';
import { WEBHOOK_TRIES } from './backoff.policy.ts';
import { type Clock, drainWebhook, roundOfWebhooks } from './delivering.service.ts';
import { notify } from './notifications.service.ts';
import { signatureHeader } from './signing.policy.ts';
import type { WebhookBody } from './webhooks.schema.ts';

beforeEach(() => void Object.assign(config, { internalWebhooks: true }));
afterEach(async () => {
  Object.assign(config, { internalWebhooks: false });
  await closeHookReceivers();
});

const HOUR_MS = 3_600_000;
const START = new Date('2026-11-23T10:00:00Z');

/** A clock that a test moves. */
function clockAt(start: Date): Clock & { add(ms: number): void } {
  let now = start.getTime();
  return {
    now: () => new Date(now),
    chance: () => 0.5,
    add: (ms) => {
      now += ms;
    },
  };
}

async function stage(url: string) {
  const { project, scope, user } = await createScope('admin');
  const caller = callerFor(user);
  const made = await caller.webhooks.create({ project: project.name, name: 'ci', url, kinds: ['stage.changed', 'alert.raised'] });
  const happen = (kind: 'stage.changed' | 'run.failed' = 'stage.changed', now = START) =>
    transaction((tx) =>
      notify(
        tx,
        scope,
        { kind, people: [], title: 'v4 goes up', href: `/${project.name}/models/m/4`, data: { version: 4 } },
        now,
      ),
    );
  const hook = { projectId: project.id, webhookId: made.id };
  const log = async () => (await caller.webhooks.deliveries({ project: project.name, id: made.id })).deliveries;
  const view = async () => (await caller.webhooks.list({ project: project.name })).webhooks[0];
  return { project, scope, user, caller, ...made, happen, hook, log, view };
}

describe('a delivery', () => {
  test('is signed, named, and carries what has happened', async () => {
    const receiver = await startHookReceiver([{ status: 200, body: 'thanks' }]);
    const { project, secret, happen, hook, log, user } = await stage(receiver.url);
    await happen();
    await happen('run.failed');
    const clock = clockAt(START);
    expect(await drainWebhook(hook, clock)).toBe(1);
    const { headers, body } = receiver.got[0] ?? { headers: {}, body: '' };
    const signature = String(headers['stagecraft-signature']);
    const seconds = START.getTime() / 1000;
    expect(isAuthentic(signature, body, secret, seconds)).toBe(true);
    expect(isAuthentic(signature, `${body} `, secret, seconds)).toBe(false);
    expect(isAuthentic(signature, body, `${secret}x`, seconds)).toBe(false);
    expect(isAuthentic(signature, body, secret, seconds + 301)).toBe(false);
    const told = JSON.parse(body) as WebhookBody;
    expect(told).toMatchObject({
      event: 'stage.changed',
      at: START.toISOString(),
      project: project.name,
      actor: { kind: 'user', name: user.name },
      title: 'v4 goes up',
      data: { version: 4 },
    });
    expect(told.url).toMatch(/^https?:\/\/[^/]+\/.+\/models\/m\/4$/);
    const [delivery] = await log();
    expect(headers).toMatchObject({ 'stagecraft-event': 'stage.changed', 'stagecraft-delivery': delivery?.id });
    expect(delivery).toMatchObject({
      status: 'delivered',
      attempts: 1,
      tries: [{ number: 1, status: 200, excerpt: 'thanks', error: null }],
    });
  });

  test('the signature is HMAC-SHA256 of "t.body" (the vector was made with openssl dgst)', () => {
    // printf '%s' '1700000000.{"a":1}' | openssl dgst -sha256 -hmac whsec_test
    const header = signatureHeader(['whsec_test'], '{"a":1}', new Date(1_700_000_000_000));
    expect(header).toBe('t=1700000000,v1=38877139021993b830af32feea6e18a8da83eb2f6e49ee50bd9e4cf4ca4d3789');
  });

  test('is not made when the transaction of its event rolls back', async () => {
    const receiver = await startHookReceiver();
    const { scope, project, hook, log } = await stage(receiver.url);
    const lost = transaction(async (tx) => {
      await notify(tx, scope, { kind: 'stage.changed', people: [], title: 'x', href: `/${project.name}` });
      throw new Error('no');
    });
    await expect(lost).rejects.toThrow('no');
    expect(await drainWebhook(hook)).toBe(0);
    expect(await log()).toEqual([]);
  });

  test('that fails comes again later and later, each try in the log, and is given up after the last', async () => {
    const receiver = await startHookReceiver([{ status: 500, body: 'out of order' }]);
    const { happen, hook, log, view } = await stage(receiver.url);
    await happen();
    const clock = clockAt(START);
    for (let i = 0; i < WEBHOOK_TRIES.count; i += 1) {
      expect(await drainWebhook(hook, clock)).toBe(1);
      expect(await drainWebhook(hook, clock), 'not before its time').toBe(0);
      const { nextAttemptAt } = (await log())[0] ?? {};
      if (nextAttemptAt) clock.add(nextAttemptAt.getTime() - clock.now().getTime());
    }
    const [delivery] = await log();
    expect(delivery).toMatchObject({ status: 'failed', attempts: WEBHOOK_TRIES.count, nextAttemptAt: null });
    expect(delivery?.tries).toHaveLength(WEBHOOK_TRIES.count);
    expect(delivery?.tries[0]).toMatchObject({ status: 500, excerpt: 'out of order', error: 'It answered 500.' });
    const span = (delivery?.tries.at(-1)?.at.getTime() ?? 0) - START.getTime();
    expect(span).toBeGreaterThan(12 * HOUR_MS);
    expect(span).toBeLessThan(24 * HOUR_MS);
    const ids = new Set(receiver.got.map((one) => one.headers['stagecraft-delivery']));
    expect(ids.size).toBe(1);
    expect(await view()).toMatchObject({ enabled: true, failingSince: START });
  });

  test('arrives after a failure, and the webhook counts as well again', async () => {
    const receiver = await startHookReceiver([{ status: 503 }, { status: 204 }]);
    const { happen, hook, log, view } = await stage(receiver.url);
    await happen();
    const clock = clockAt(START);
    await drainWebhook(hook, clock);
    clock.add(HOUR_MS);
    await drainWebhook(hook, clock);
    expect((await log())[0]).toMatchObject({ status: 'delivered', attempts: 2 });
    expect(await view()).toMatchObject({ failingSince: null });
  });

  test('waits no longer than its time for an answer, and follows no redirect', async () => {
    const slow = await startHookReceiver([{ afterMs: 3_000 }]);
    const first = await stage(slow.url);
    await first.happen();
    await drainWebhook({ ...first.hook, timeoutMs: 300 }, clockAt(START));
    expect((await first.log())[0]?.tries[0]).toMatchObject({ status: null, error: 'No answer within 0.3 seconds.' });
    const elsewhere = await startHookReceiver();
    const redirecting = await startHookReceiver([{ status: 302, headers: { location: elsewhere.url } }]);
    const second = await stage(redirecting.url);
    await second.happen();
    await drainWebhook(second.hook, clockAt(START));
    expect((await second.log())[0]?.tries[0]?.error).toMatch(/redirect/);
    expect(elsewhere.got).toEqual([]);
  });

  test('a long answer is kept in its beginning only', async () => {
    const receiver = await startHookReceiver([{ status: 200, body: `\0${'x'.repeat(100_000)}` }]);
    const { happen, hook, log } = await stage(receiver.url);
    await happen();
    await drainWebhook(hook, clockAt(START));
    expect((await log())[0]?.tries[0]?.excerpt).toBe('x'.repeat(1000));
  });

  test('can be sent again under its own id, so that a receiver knows it', async () => {
    const receiver = await startHookReceiver();
    const { project, caller, happen, hook, log } = await stage(receiver.url);
    await happen();
    await drainWebhook(hook, clockAt(START));
    const [first] = await log();
    await caller.webhooks.redeliver({ project: project.name, deliveryId: first?.id ?? '' });
    await drainWebhook(hook);
    expect(receiver.got.map((one) => one.headers['stagecraft-delivery'])).toEqual([first?.id, first?.id]);
    expect(receiver.got[1]?.body).toBe(receiver.got[0]?.body);
    expect((await log())[0]).toMatchObject({ redelivery: true, status: 'delivered' });
  });
});

describe('a webhook', () => {
  test('its secret is stored encrypted, and shown once', async () => {
    const { secret, view, project } = await stage('https://ci.example.test/hook');
    const rows = JSON.stringify(await db.webhook.findMany({ where: { projectId: project.id } }));
    const record = JSON.stringify(await db.auditEntry.findMany({ where: { projectId: project.id } }));
    for (const text of [rows, record, JSON.stringify(await view())]) expect(text).not.toContain(secret);
    expect(secret).toMatch(/^whsec_[\w-]{43}$/);
  });

  test('after a rotation both secrets sign for a day, then only the new one', async () => {
    const receiver = await startHookReceiver();
    const { project, caller, id, secret, happen, hook } = await stage(receiver.url);
    const next = (await caller.webhooks.rotate({ project: project.name, id })).secret;
    const clock = clockAt(new Date());
    await happen('stage.changed', clock.now());
    await drainWebhook(hook, clock);
    clock.add(25 * HOUR_MS);
    await happen('stage.changed', clock.now());
    await drainWebhook(hook, clock);
    const knows = (i: number, one: string) => {
      const { headers, body } = receiver.got[i] ?? { headers: {}, body: '' };
      const signature = String(headers['stagecraft-signature']);
      return isAuthentic(signature, body, one, Number(/t=(\d+)/.exec(signature)?.[1]));
    };
    expect([knows(0, secret), knows(0, next), knows(1, secret), knows(1, next)]).toEqual([true, true, false, true]);
  });

  test('is switched off after three days of failure, and its people are told; switched on, it begins anew', async () => {
    const receiver = await startHookReceiver([{ status: 500 }]);
    const { project, caller, happen, hook, view, log, user } = await stage(receiver.url);
    const clock = clockAt(START);
    await happen();
    await drainWebhook(hook, clock);
    clock.add(73 * HOUR_MS);
    await drainWebhook(hook, clock);
    const off = await view();
    expect(off).toMatchObject({ enabled: false, disabledReason: expect.stringContaining('three days') });
    expect((await log())[0]?.status).toBe('failed');
    const told = (await callerFor(user).notifications.list({})).notifications[0];
    expect(told).toMatchObject({ kind: 'webhook.disabled', href: `/${project.name}/settings?tab=webhooks` });
    await happen();
    expect(await log()).toHaveLength(1);
    await expect(caller.webhooks.test({ project: project.name, id: hook.webhookId })).rejects.toThrow(/switched off/);
    const kinds: ('stage.changed' | 'alert.raised')[] = ['stage.changed', 'alert.raised'];
    const change = { id: hook.webhookId, name: 'ci', url: receiver.url, kinds, enabled: true };
    await caller.webhooks.change({ project: project.name, version: off?.version ?? 0, ...change });
    expect(await view()).toMatchObject({ enabled: true, failingSince: null, disabledReason: null });
    const stale = caller.webhooks.change({ project: project.name, version: off?.version ?? 0, ...change });
    await expect(stale).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('is woken when something is due', async () => {
    const receiver = await startHookReceiver();
    const { happen, hook } = await stage(receiver.url);
    await happen('stage.changed', new Date());
    await roundOfWebhooks(new Date());
    await roundOfWebhooks(new Date());
    const jobs = await db.$queryRaw<{ n: number }[]>`
      select count(*)::int as n from pgboss.job where name = 'notifications.deliver-webhook' and data->>'webhookId' = ${hook.webhookId}`;
    expect(jobs[0]?.n, 'one waits, however often it is woken').toBe(1);
  });

  test('is seen and changed by those who may make tokens, in their project only', async () => {
    const { project, id } = await stage('https://ci.example.test/hook');
    const reviewer = callerFor(await createMember(project, 'reviewer'));
    await expect(reviewer.webhooks.list({ project: project.name })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const other = await createScope('admin');
    const stranger = callerFor(other.user);
    await expect(stranger.webhooks.list({ project: project.name })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    for (const act of ['test', 'rotate', 'remove'] as const)
      await expect(stranger.webhooks[act]({ project: other.project.name, id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('addresses inside our own network', () => {
  beforeEach(() => void Object.assign(config, { internalWebhooks: false }));

  test.each([
    'http://127.0.0.1:9/x',
    'http://[::1]:9/x',
    'http://2130706433/x',
    'http://0x7f.1/x',
    'http://[::ffff:127.0.0.1]/x',
    'http://169.254.169.254/latest/meta-data',
    'http://10.0.0.1/x',
  ])('%s is refused when it is given, and never connected to', async (url) => {
    const { user, project, happen, hook, log } = await stage('https://ci.example.test/hook');
    const made = callerFor(user).webhooks.create({ project: project.name, name: 'x', url, kinds: ['run.failed'] });
    await expect(made).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    // Past the form, as one that was given while it was allowed.
    await db.webhook.updateMany({ where: { projectId: project.id }, data: { url } });
    await happen();
    await drainWebhook(hook, clockAt(START));
    expect((await log())[0]?.tries[0]).toMatchObject({ status: null, error: expect.stringContaining('inside our own network') });
  });

  test('a name that leads inside is refused when it is looked up, whatever it was before', async () => {
    const receiver = await startHookReceiver();
    const { project, happen, hook, log } = await stage('https://ci.example.test/hook');
    // Past the form, as a name does that led elsewhere when it was given.
    const url = receiver.url.replace('127.0.0.1', 'localhost');
    await db.webhook.updateMany({ where: { projectId: project.id }, data: { url } });
    await happen();
    await drainWebhook(hook, clockAt(START));
    expect((await log())[0]?.tries[0]).toMatchObject({ status: null, error: expect.stringContaining('inside our own network') });
    expect(receiver.got).toEqual([]);
  });

  test.each([
    'http://localhost/x',
    'https://user:pass@ci.example.test/x',
    'ftp://ci.example.test/x',
    'file:///etc/passwd',
    'nonsense',
  ])('%s is refused when it is given', async (url) => {
    const { user, project } = await createScope('admin');
    const made = callerFor(user).webhooks.create({ project: project.name, name: 'x', url, kinds: ['run.failed'] });
    await expect(made).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});

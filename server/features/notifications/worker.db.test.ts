import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { config } from '#server/config.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { type Runner, startRunner } from '#server/platform/queue/runner.ts';
import { callerFor } from '#server/testing/caller.ts';
import { createMember, createScope, createUser } from '#server/testing/factories.ts';
import { closeHookReceivers, startHookReceiver } from '#server/testing/hook-receiver.ts';
import { closeMailReceivers, startMailReceiver } from '#server/testing/mail-receiver.ts';
import { jobBindings } from '#server/worker/registry.ts';
import { notify } from './notifications.service.ts';

let runner: Runner;
beforeAll(async () => {
  Object.assign(config, { internalWebhooks: true });
  const bindings = jobBindings.filter(({ definition }) => definition.name.startsWith('notifications.'));
  runner = await startRunner({ bindings, places: { short: 2, long: 1 }, pollMs: 200 });
});
afterAll(async () => {
  await runner.stop(500);
  Object.assign(config, { internalWebhooks: false });
  await Promise.all([closeHookReceivers(), closeMailReceivers()]);
});

test('what is told in a transaction reaches the mailbox and the webhook by the worker, in order', {
  timeout: 60_000,
}, async () => {
  const { project, scope, user } = await createScope('admin');
  const reader = await createMember(project, 'reviewer');
  const mailbox = await startMailReceiver();
  const receiver = await startHookReceiver();
  const administrator = callerFor(await createUser({ isAdmin: true }));
  const from = 'Stagecraft <box@example.test>';
  await administrator.mail.save({ version: 0, host: '127.0.0.1', port: mailbox.port, security: 'none', user: '', from });
  await callerFor(user).webhooks.create({ project: project.name, name: 'ci', url: receiver.url, kinds: ['promotion.requested'] });
  for (const n of [1, 2, 3]) {
    await transaction((tx) =>
      notify(tx, scope, {
        kind: 'promotion.requested',
        people: { role: 'reviewer' },
        title: `request ${n}`,
        href: `/${project.name}/models/requests/${n}`,
      }),
    );
  }
  const end = Date.now() + 45_000;
  while ((mailbox.mails.length < 3 || receiver.got.length < 3) && Date.now() < end) await sleep(50);
  expect(mailbox.mails.map((mail) => mail.to)).toEqual([[reader.email], [reader.email], [reader.email]]);
  expect(receiver.got.map(({ body }) => JSON.parse(body).title)).toEqual(['request 1', 'request 2', 'request 3']);
  await sleep(300);
  expect(await db.mailMessage.count({ where: { userId: reader.id, status: 'sent' } })).toBe(3);
  expect(await db.webhookDelivery.count({ where: { projectId: project.id, status: 'delivered' } })).toBe(3);
});

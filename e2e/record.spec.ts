import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, type Page } from '@playwright/test';
import pg from 'pg';
import { open } from './acts/forms.ts';
import { test } from './fixtures.ts';

test.describe.configure({ mode: 'serial', timeout: 150_000 });

const run = promisify(execFile);
type Ended = { code: number; out: string };

/** `npm run audit -- verify` on the installation, as an operator runs it. */
async function verifyByCommand(data: string): Promise<Ended> {
  const env = { ...process.env, STAGECRAFT_DATA: data };
  try {
    return { code: 0, out: (await run(process.execPath, ['server/cli/audit.ts', 'verify'], { env })).stdout };
  } catch (error) {
    const failed = error as { code?: number; stdout?: string };
    return { code: failed.code ?? -1, out: failed.stdout ?? '' };
  }
}

/** What only somebody with the rights of the database's owner can do: changes an entry past every trigger. */
async function asSuperuser(data: string, sql: string): Promise<pg.QueryResult> {
  const { superuser, port } = JSON.parse(readFileSync(join(data, 'database.json'), 'utf8')) as {
    superuser: string;
    port: number;
  };
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password: superuser, database: 'stagecraft' });
  await client.connect();
  try {
    await client.query(`set session_replication_role = 'replica'`);
    return await client.query(sql);
  } finally {
    await client.end();
  }
}

async function verifyOnScreen(page: Page): Promise<void> {
  const asked = page.waitForResponse((response) => response.url().includes('audit.verify'));
  await page.getByRole('button', { name: 'Verify now' }).click();
  await asked;
  await page.waitForResponse((response) => response.url().includes('audit.chain'));
  await expect(page.getByRole('button', { name: 'Verify now' })).toBeVisible({ timeout: 60_000 });
}

test('what was: an earlier moment, against now, on whose word', async ({ windowOf, facts }) => {
  const page = await (await windowOf('manager')).newPage();
  await open(page, '/mail/record', 'Record');
  await expect(page.getByText(/spam-filter v4 is in production/)).toBeVisible();
  await expect(async () => {
    await page.getByRole('button', { name: 'Change before' }).click();
    await expect(page.getByText(/spam-filter v[123] was in production/)).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 60_000 });
  await expect(page).toHaveURL(/at=/);
  const table = page.getByRole('table', { name: 'What stood in which stage' });
  await expect(table.getByText(/v4 since/).first()).toBeVisible();
  await table
    .getByRole('button', { name: /^Details of spam-filter/ })
    .first()
    .click();
  await expect(page.getByText('Moved by').first()).toBeVisible();
  await expect(page.getByRole('link', { name: 'card' }).first()).toBeVisible();

  await page.getByLabel('Request id, or a prediction’s id').fill(facts.prediction);
  await page.getByRole('button', { name: 'Look up' }).click();
  await expect(page.getByRole('heading', { name: 'Trained by' })).toBeVisible();
  await expect(page.getByText(/Rita approved/).first()).toBeVisible();
  await page.close();
});

test('a tampered entry is found on the screen and by the command, and named', async ({ windowOf, world }) => {
  const page = await (await windowOf('admin')).newPage();
  await open(page, '/mail/audit', 'Audit');
  await verifyOnScreen(page);
  await expect(page.getByText(/entries, unbroken/)).toBeVisible();
  expect(await verifyByCommand(world.data)).toMatchObject({ code: 0, out: expect.stringContaining('The record is unbroken') });

  const found = await asSuperuser(
    world.data,
    `select e.id, e.actor_name as actor from audit_entry e join audit_link l on l.entry_id = e.id where e.action = 'promotion.approved' order by l.seq limit 1`,
  );
  const entry = found.rows[0] as { id: string; actor: string };
  await asSuperuser(world.data, `update audit_entry set actor_name = 'Nobody' where id = '${entry.id}'`);
  try {
    await verifyOnScreen(page);
    await expect(page.getByText('This record was tampered with.')).toBeVisible();
    await expect(page.getByText(/Entry \d+ was changed.*promotion\.approved.*by Nobody/)).toBeVisible();
    const told = await verifyByCommand(world.data);
    expect(told.code).toBe(1);
    expect(told.out).toMatch(/✗ changed {2}Entry \d+ was changed.*by Nobody/);
    expect(told.out).toContain(entry.id);
  } finally {
    await asSuperuser(world.data, `update audit_entry set actor_name = '${entry.actor}' where id = '${entry.id}'`);
  }
  await verifyOnScreen(page);
  await expect(page.getByText(/entries, unbroken/)).toBeVisible();
  await page.close();
});

test('the record is searched in its language, and taken out as a file', async ({ windowOf }) => {
  const page = await (await windowOf('manager')).newPage();
  await open(page, '/mail/audit', 'Audit');
  await page.getByRole('textbox', { name: 'Search the record' }).fill(`action = 'promotion.approved' and actor = 'Rita'`);
  await expect(page).toHaveURL(/promotion\.approved/);
  await expect(page.getByRole('row').nth(1)).toContainText('Promotion approved');
  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'As CSV' }).click()]);
  expect(download.suggestedFilename()).toBe('mail-audit.csv');
  const text = readFileSync(await download.path(), 'utf8');
  expect(text.split('\r\n')[0]).toBe('seq,at,actor,actor_kind,action,target_type,target,target_id,reason,details');
  expect(text).toContain('promotion.approved');
  expect(text).not.toContain('dataset.version.created');
  await page.close();
});

test('a card is written, compared and exported', async ({ windowOf }) => {
  const page = await (await windowOf('scientist')).newPage();
  await open(page, '/mail/models/spam-filter/4/card', 'Card');
  await page.getByRole('button', { name: 'Write' }).click();
  await page.getByLabel('What it is meant for, who uses it, and whom it concerns').fill('To sort the mail of **one team**.');
  await expect(page.getByRole('strong').filter({ hasText: 'one team' })).toBeVisible();
  await page.getByRole('button', { name: 'Save revision' }).click();
  await expect(page.getByText('revision 1', { exact: true })).toBeVisible();
  await expect(page.getByText('1 of 6 texts that are asked for are written.')).toBeVisible();
  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: /^HTML/ }).click()]);
  expect(readFileSync(await download.path(), 'utf8')).toContain('<strong>one team</strong>');
  await page.close();
});

import { expect, type Page } from '@playwright/test';
import { open, pick } from './acts/forms.ts';
import { freshName } from './acts/project.ts';
import { openWindow, test } from './fixtures.ts';
import type { World } from './world/world.ts';

test.describe.configure({ mode: 'serial' });

const NAME = 'Nora New';
const project = freshName('admin');
const email = `${freshName('nora')}@demo.invalid`;
let admin: Page;
let newcomer: Page;

test.beforeAll(async ({ browser, windowOf, world }) => {
  admin = await (await windowOf('admin')).newPage();
  newcomer = await (await openWindow(browser, world, 'nobody')).newPage();
});

test.afterAll(async () => {
  await admin?.close();
  await newcomer?.context().close();
});

test('an administrator makes a project and invites somebody by a one-time link', async () => {
  await open(admin, '/admin', 'Administration');
  await admin.getByRole('button', { name: 'Create project…' }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByLabel('Title').fill('Made by hand');
  await dialog.getByLabel('Name').fill(project);
  await dialog.getByRole('button', { name: 'Create project' }).click();
  await admin.waitForURL(new RegExp(`/${project}$`));

  await open(admin, `/${project}/settings`, 'Project settings');
  await admin.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await pick(admin, 'Role', /^scientist/);
  await admin.getByRole('button', { name: 'Add to project' }).click();
  const link = await admin.locator('code', { hasText: '/invite/' }).innerText();
  await expect(admin.getByRole('table', { name: 'Open invitations' }).getByText(email)).toBeVisible();

  await open(newcomer, new URL(link).pathname, 'Join Made by hand as scientist');
  await newcomer.getByLabel('Name').fill(NAME);
  await newcomer.getByLabel('Password', { exact: true }).fill('short');
  await newcomer.getByRole('button', { name: 'Join' }).click();
  await expect(newcomer.getByText('At least 10 characters, please.')).toBeVisible();
  await newcomer.getByLabel('Password', { exact: true }).fill('a-first-password');
  await newcomer.getByRole('button', { name: 'Join' }).click();
  await newcomer.waitForURL((url) => !url.pathname.startsWith('/invite'));
  await open(newcomer, `/${project}/settings`, 'Project settings');
  await expect(newcomer.getByText('you are scientist')).toBeVisible();

  await newcomer.goto(new URL(link).pathname);
  await expect(newcomer.getByRole('heading', { name: 'This link was used already' })).toBeVisible();
});

test('a role is changed, and counts at once', async () => {
  await open(admin, `/${project}/settings`, 'Project settings');
  await pick(admin, `Role of ${NAME}`, /^annotator/);
  await expect(admin.getByRole('combobox', { name: `Role of ${NAME}` })).toHaveValue('annotator');
  await open(newcomer, `/${project}/settings`, 'Project settings');
  await expect(newcomer.getByText('you are annotator')).toBeVisible();
  await expect(newcomer.getByRole('link', { name: 'API tokens' })).toHaveCount(0);
});

test('a token is made, works, is revoked, and works no longer', async ({ world, playwright }) => {
  await open(admin, `/${project}/settings?tab=tokens`, 'Project settings');
  await admin.getByRole('button', { name: 'Create token…' }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByLabel('Name').fill('probe');
  await dialog.getByRole('checkbox').first().check();
  await dialog
    .getByRole('checkbox', { name: /predict/i })
    .first()
    .check();
  await dialog.getByRole('button', { name: 'Create token' }).click();
  const token = await dialog.locator('code', { hasText: /^sc_/ }).innerText();
  await dialog.getByRole('button', { name: 'I have copied it' }).click();
  const program = await playwright.request.newContext({ baseURL: world.gateway });
  const ask = async () => {
    const headers = { authorization: `Bearer ${token}` };
    return (await program.post('/v1/predict/nothing-here', { headers, data: { instances: [{}] } })).status();
  };
  await expect.poll(ask).toBe(404);
  const row = admin.getByRole('table', { name: 'API tokens' }).getByRole('row', { name: /probe/ });
  await row.getByRole('button', { name: 'Revoke…' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Revoke token' }).click();
  await expect(row.getByText('revoked')).toBeVisible();
  await expect.poll(ask, { timeout: 15_000 }).toBe(401);
  await program.dispose();
});

test('a password is reset by a link, which ends the old sessions', async ({ browser, world }) => {
  await act('Make a link for a new password');
  const dialog = admin.getByRole('dialog');
  const link = await dialog.locator('code', { hasText: '/invite/' }).innerText();
  await dialog.getByRole('button', { name: 'I have copied it' }).click();
  const second = await newWindow(browser, world);
  await open(second, new URL(link).pathname, 'Set a new password');
  await second.getByLabel('Password', { exact: true }).fill('a-second-password');
  await second.getByRole('button', { name: 'Set password' }).click();
  await second.waitForURL((url) => !url.pathname.startsWith('/invite'));
  await newcomer.goto(`/${project}`);
  await expect(newcomer).toHaveURL(/\/sign-in/);
  await newcomer.context().close();
  newcomer = second;
});

test('a deactivated person is out at once and can’t come back', async () => {
  await open(newcomer, `/${project}/settings`, 'Project settings');
  await act('Deactivate…');
  await admin.getByRole('dialog').getByRole('button', { name: 'Deactivate', exact: true }).click();
  const row = admin.getByRole('table', { name: 'People' }).getByRole('row', { name: new RegExp(email) });
  await expect(row.getByText('deactivated')).toBeVisible();
  await newcomer.goto(`/${project}`);
  await expect(newcomer).toHaveURL(/\/sign-in/);
  await newcomer.getByLabel('E-mail').fill(email);
  await newcomer.getByLabel('Password', { exact: true }).fill('a-second-password');
  await newcomer.getByRole('button', { name: 'Sign in' }).click();
  await expect(newcomer.getByRole('alert').filter({ hasText: /\w/ }).first()).toBeVisible();
  await expect(newcomer).toHaveURL(/\/sign-in/);
});

test('the project is archived, and the processes are in view', async () => {
  await open(admin, '/admin', 'Administration');
  const row = admin.getByRole('table', { name: 'Projects' }).getByRole('row', { name: new RegExp(project) });
  await row.getByRole('button', { name: 'Archive…' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Archive project' }).click();
  await expect(row.getByText('archived')).toBeVisible();
  for (const [section, shows] of [
    ['processes', /gateway/],
    ['queue', /Waiting/],
    ['disk', /free/],
    ['record', /Person deactivated/],
  ] as const) {
    await open(admin, `/admin/${section}`, 'Administration');
    await expect(admin.getByText(shows).first()).toBeVisible();
  }
});

/** One of the acts that an administrator has for the newcomer. */
async function act(name: string): Promise<void> {
  await open(admin, '/admin/people', 'Administration');
  const row = admin.getByRole('table', { name: 'People' }).getByRole('row', { name: new RegExp(email) });
  await row.getByRole('button', { name: `What to do for ${NAME}` }).click();
  await admin.getByRole('menuitem', { name }).click();
}

async function newWindow(browser: Parameters<typeof openWindow>[0], world: World): Promise<Page> {
  return (await openWindow(browser, world, 'nobody')).newPage();
}

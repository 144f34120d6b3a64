import { expect, type Locator, type Page } from '@playwright/test';

/** Chooses one option of a list by its words. */
export async function pick(within: Page | Locator, label: string | RegExp, option: string | RegExp): Promise<void> {
  const page = 'page' in within ? within.page() : within;
  await within.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option }).first().click();
}

/** Waits until the page listens: what is done to an element before that is lost. */
export async function alive(target: Locator): Promise<void> {
  const listens = () => target.evaluate((element) => Object.keys(element).some((key) => key.startsWith('__reactProps')));
  await expect.poll(listens, { intervals: [50, 100, 250] }).toBe(true);
}

/** Drops a file onto a place for files. */
export async function drop(page: Page, label: string | RegExp, file: { name: string; content: string | Buffer }): Promise<void> {
  const buffer = Buffer.isBuffer(file.content) ? file.content : Buffer.from(file.content);
  const place = page.locator('input[type="file"]').and(page.getByLabel(label));
  await alive(place);
  await place.setInputFiles({ name: file.name, mimeType: 'application/octet-stream', buffer });
}

/** Types a figure over what stands there. */
export async function setFigure(within: Page | Locator, label: string, value: number): Promise<void> {
  const field = within.getByLabel(label, { exact: true });
  await field.fill(String(value));
  await field.blur();
}

/** Opens a page of a project and waits for its heading. */
export async function open(page: Page, path: string, heading: string | RegExp): Promise<void> {
  // A page that is on its way elsewhere (after a sign-in, say) may break the first call off.
  await page.goto(path).catch((error: Error) => {
    if (!error.message.includes('ERR_ABORTED')) throw error;
    return page.goto(path);
  });
  const title = page.getByRole('heading', { level: 1, name: heading });
  await expect(title).toBeVisible();
  await alive(title);
}

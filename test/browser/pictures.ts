import { join } from 'node:path';
import type { Page } from 'playwright-core';

const folder = join(__dirname, '../../docs/pictures');

/** Keeps a picture of a page for the documentation, in a run that is told to by `PICTURES=1`. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env['PICTURES'] === undefined) return;
  await page.evaluate('document.activeElement.blur()');
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}

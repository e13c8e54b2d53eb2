import { readFileSync } from 'node:fs';
import { afterAll, afterEach, expect, test } from '@jest/globals';
import {
  chromium as playwright,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';
import { chromium, chromiumFlags, hasChromium } from './chromium';

/** Opens an address in a profile of its own. */
export type Open = (url: string, options?: BrowserContextOptions) => Promise<Page>;

/** What an accessibility check found, as `rule: element`. */
interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/** Declares a test with a browser; how long it may take, where that is more than others. */
export type BrowserTest = (
  sentence: string,
  body: (open: Open) => Promise<void>,
  milliseconds?: number,
) => void;

/**
 * Tests with a browser, which the first of them starts by a command that is known by then; left out where there is
 * none. One fails, too, when a page's script fails or the page does what its own policy forbids.
 */
export function browserTests(command: () => string): BrowserTest {
  let browser: Browser | undefined;
  const contexts: BrowserContext[] = [];
  const complaints: string[] = [];
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
    complaints.length = 0;
  });
  afterAll(() => browser?.close());
  const open: Open = async (url, options = {}) => {
    browser ??= await playwright.launch({ executablePath: command(), args: chromiumFlags });
    const context = await browser.newContext({ viewport: { width: 1100, height: 860 }, ...options });
    contexts.push(context);
    const page = await context.newPage();
    listen(page, complaints);
    await page.goto(url);
    return page;
  };
  const body = (work: (open: Open) => Promise<void>) => async (): Promise<void> => {
    await work(open);
    expect(complaints).toEqual([]);
  };
  const run = hasChromium ? test : test.skip;
  return (sentence, work, milliseconds) => run(sentence, body(work), milliseconds);
}

/** A test with a browser on this machine. */
export const browserTest = browserTests(() => chromium);

function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // A browser says of each status over 399 that it "failed to load": here they are asked for.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
}

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What is wrong with a page for people who see little, hear it read, or use the keyboard; by day and by night. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await page.evaluate<AxeResults>('axe.run()');
    for (const { id, nodes } of violations)
      found.push(...nodes.map(({ html }) => `${colorScheme}: ${id}: ${html}`));
  }
  await page.emulateMedia({ colorScheme: 'light' });
  return found;
}

/** What the Tab key leads to, in its order, each by its text or label. */
export async function tabStops(page: Page, most: number): Promise<string[]> {
  const stops: string[] = [];
  for (let stop = 0; stop < most; stop++) {
    await page.keyboard.press('Tab');
    stops.push(await page.evaluate<string>(focused));
  }
  return stops;
}

const focused = `(() => {
  const { activeElement: here } = document;
  return here.labels?.[0]?.textContent.trim() || here.getAttribute('aria-label') || here.textContent.trim();
})()`;

/** How many pixels a page is wider than a narrow telephone. */
export async function overflow(page: Page): Promise<number> {
  await page.setViewportSize({ width: 360, height: 740 });
  return page.evaluate<number>('Math.max(0, document.documentElement.scrollWidth - innerWidth)');
}

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { barriers, browserTest, overflow } from './browser';
import { hasChromium } from './chromium';
import { picture } from './pictures';

const root = join(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'fluxwright-graph-'));
const file = join(folder, 'graph.html');
const address = `file://${file}`;

/** The page of this repository's own estate, as the command prints it. */
beforeAll(() => {
  if (!hasChromium) return;
  const command = [join(root, 'bin/fluxwright.js'), 'graph', '--format', 'html', '--cluster', 'lab'];
  writeFileSync(file, execFileSync(process.execPath, command, { cwd: root, maxBuffer: 1 << 26 }));
});
afterAll(() => rmSync(folder, { recursive: true }));

browserTest('a node is found by its name, and its panel says why it needs what it needs', async (open) => {
  const page = await open(address);
  await page.keyboard.press('/');
  await page.keyboard.type('publ');
  expect(await page.getByRole('option').allInnerTexts()).toEqual(['publishing']);
  await page.keyboard.press('Enter');
  const panel = page.locator('#panel');
  expect(await panel.getByRole('heading', { level: 2 }).innerText()).toBe('publishing');
  expect(await panel.innerText()).toMatch(/Needs \(1\)\s+kafka talks to/);
  expect(await panel.innerText()).toContain('charts/apps/publishing.ts:');
  expect(page.url()).toBe(`${address}#lab%2Fpublishing`);
  await picture(page, 'graph');
});

browserTest(
  'a click on a node shows what needs it, and one beside it shows everything again',
  async (open) => {
    const page = await open(address);
    const kafka = page.getByRole('button', { name: /^kafka \d+ objects, needs \d+, needed by 2$/ });
    await kafka.click();
    expect(await page.locator('#panel').innerText()).toMatch(/Needed by \(2\)\s+publishing[^]*ratings/);
    expect(await kafka.getAttribute('aria-pressed')).toBe('true');
    expect(await opacityOf(page, 'postgres')).toBe('0.13');
    await page.mouse.click(10, 400);
    expect(await page.locator('#panel').isVisible()).toBe(false);
    expect(await kafka.getAttribute('aria-pressed')).toBe('false');
  },
);

browserTest('the panel leads from node to node, and arrow keys along the arrows', async (open) => {
  const page = await open(`${address}#lab%2Fpublishing`);
  const heading = page.locator('#panel h2');
  await page.locator('#panel').getByRole('button', { name: 'kafka' }).click();
  expect(await heading.innerText()).toBe('kafka');
  await page.keyboard.press('ArrowRight');
  expect(await heading.innerText()).toBe('publishing');
  await page.keyboard.press('ArrowLeft');
  expect(await heading.innerText()).toBe('kafka');
  await page.keyboard.press('Escape');
  expect(await page.locator('#panel').isVisible()).toBe(false);
});

browserTest('an arrow tells the field that makes it', async (open) => {
  const page = await open(address);
  const point = await page.evaluate<{ x: number; y: number }>(middleOfAnArrow);
  await page.mouse.move(point.x, point.y);
  expect(await page.getByRole('tooltip').innerText()).toMatch(/ → .* names .* in spec\./s);
});

browserTest('nothing is found by a name that there is not', async (open) => {
  const page = await open(address);
  await page.getByRole('combobox').fill('no such thing');
  expect(await page.locator('#results').innerText()).toBe('nothing');
  await page.keyboard.press('Enter');
  expect(await page.locator('#panel').isVisible()).toBe(false);
});

browserTest('the page of the graph has no barriers, and fits a telephone', async (open) => {
  const page = await open(`${address}#lab%2Fkafka`);
  expect(await barriers(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
});

const middleOfAnArrow = `(() => {
  const line = document.querySelector('.edge .reach');
  const { x, y } = line.getPointAtLength(line.getTotalLength() / 2).matrixTransform(line.getScreenCTM());
  return { x, y };
})()`;

function opacityOf(page: Page, name: string): Promise<string> {
  return page.evaluate<string>(
    `getComputedStyle(document.querySelector('.node[aria-label^=${name}]')).opacity`,
  );
}

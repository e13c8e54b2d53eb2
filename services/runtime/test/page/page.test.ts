import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { showPage } from '../../src/page';

const script = "document.title = 'live';";

async function shown(body = html`<p>hello</p>`, withScript = true) {
  const app = new Hono();
  app.get('/', (c) => showPage(c, { title: 'A <title>', body, ...(withScript ? { script } : {}) }));
  const response = await app.request('/');
  return { text: await response.text(), policy: response.headers.get('content-security-policy') ?? '' };
}

function contentOf(text: string, element: string): string {
  return new RegExp(`<${element}>([^]*)</${element}>`).exec(text)?.[1] ?? '';
}

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

test('the policy allows exactly the style and the script that are on the page', async () => {
  const { text, policy } = await shown();
  expect(contentOf(text, 'script')).toBe(script);
  expect(policy).toContain(`script-src ${hash(contentOf(text, 'script'))}`);
  expect(policy).toContain(`style-src ${hash(contentOf(text, 'style'))}`);
  expect(policy).toContain("default-src 'none'");
});

test('a page without a script allows none', async () => {
  const { text, policy } = await shown(html`<p>still</p>`, false);
  expect(text).not.toContain('<script');
  expect(policy).not.toContain('script-src');
});

test('values are escaped', async () => {
  const { text } = await shown(html`<p>${'<script>alert(1)</script>'}</p>`);
  expect(text).toContain('<title>A &lt;title&gt;</title>');
  expect(text).toContain('<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>');
});

test('it has a language, a viewport and a main landmark', async () => {
  const { text } = await shown();
  expect(text).toContain('<html lang="en">');
  expect(text).toContain('name="viewport"');
  expect(text).toContain('<main><p>hello</p></main>');
});

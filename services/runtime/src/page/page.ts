import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import { style } from './style';

/** A page: what differs from one to the other. */
export interface Page {
  readonly title: string;
  readonly body: Markup;
  /** A script that makes the page livelier. The page has to work without it. */
  readonly script?: string;
}

/** HTML whose values were escaped: what `html` from `hono/html` makes. */
export type Markup = ReturnType<typeof html>;

/** Answers with a page that may load nothing and run nothing but its own style and script. */
export async function showPage(
  c: Context,
  page: Page,
  status: 200 | 400 | 404 | 503 = 200,
): Promise<Response> {
  const { title, body, script } = page;
  const document = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        ${element('style', style)}
      </head>
      <body>
        <main>${body}</main>
        ${script === undefined ? '' : element('script', script)}
      </body>
    </html>`;
  return c.html(document, status, {
    'content-security-policy': policy(script),
    'x-content-type-options': 'nosniff',
  });
}

/** The policy names the hash of exactly this text: no white space may come in between. */
function element(name: 'style' | 'script', text: string): Markup {
  return raw(`<${name}>${text}</${name}>`);
}

function policy(script: string | undefined): string {
  return [
    "default-src 'none'",
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    `style-src ${hashOf(style)}`,
    ...(script === undefined ? [] : [`script-src ${hashOf(script)}`]),
  ].join('; ');
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

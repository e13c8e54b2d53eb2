import { Refusal } from '@fluxwright/graphql-runtime';
import { Unavailable } from '@fluxwright/runtime';
import { showPage } from '@fluxwright/runtime/page';
import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { readForm, type Form } from './form';
import { orderPage } from './order-page';
import { closedPage, missingPage, offerPage } from './page';
import type { Shop } from './shop';

/** Adds the pages to try the shop with; they work without JavaScript. */
export function addPages(app: Hono, shop: Shop): void {
  app.get('/', (c) => orClosed(c, async () => showPage(c, offerPage(await shop.offer()))));
  app.post('/orders', bodyLimit({ maxSize: 100_000 }), (c) => orClosed(c, () => place(c, shop)));
  app.get('/orders/:id', (c) => orClosed(c, () => showOrder(c, shop, c.req.param('id'))));
  app.notFound((c) => showPage(c, missingPage, 404));
}

async function showOrder(c: Context, shop: Shop, id: string): Promise<Response> {
  const order = await shop.order(id).catch(unlessRefused);
  return order ? showPage(c, orderPage(order)) : showPage(c, missingPage, 404);
}

async function place(c: Context, shop: Shop): Promise<Response> {
  // What cannot be read as a form is one without fields.
  const form = textFields(await c.req.parseBody().catch(() => ({})));
  const wish = readForm(form);
  if (typeof wish === 'string') return showPage(c, offerPage(await shop.offer(), form, wish), 400);
  try {
    return c.redirect(`/orders/${await shop.place(wish)}`, 303);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return showPage(c, offerPage(await shop.offer(), form, error.message), 400);
  }
}

/** An id that nobody could have given is one that nobody has. */
function unlessRefused(error: unknown): null {
  if (error instanceof Refusal) return null;
  throw error;
}

function textFields(body: Record<string, unknown>): Form {
  return Object.fromEntries(
    Object.entries(body).filter((field): field is [string, string] => typeof field[1] === 'string'),
  );
}

async function orClosed(c: Context, show: () => Promise<Response>): Promise<Response> {
  c.header('cache-control', 'no-store');
  try {
    return await show();
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    return showPage(c, closedPage(error.message), 503);
  }
}

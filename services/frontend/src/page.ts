import { randomUUID } from 'node:crypto';
import type { Markup, Page } from '@fluxwright/runtime/page';
import { html } from 'hono/html';
import { quantityField, type Form } from './form';
import type { Offer, Product } from './shop';
import { euros, statusWords } from './words';

/** The page to order from, with what was typed and what was wrong with it, if anything. */
export function offerPage({ customers, products, orders }: Offer, form: Form = {}, problem?: string): Page {
  const body = html`<h1>The shop</h1>
    <p class="lead">
      Seven services behind one schema. An order reserves stock, charges the customer and books a carrier;
      when one of them says no, the others undo what they did.
    </p>
    ${problem === undefined ? '' : notice('The order was not placed', problem)}
    <section>
      <form method="post" action="/orders">
        <input type="hidden" name="key" value="${form['key'] ?? randomUUID()}" />
        <p class="field">
          <label for="customer">Who buys?</label>
          <select id="customer" name="customer">
            ${customers.map(({ id, name, balanceCents }) => html`<option value="${id}" ${form['customer'] === id ? 'selected' : ''}>${name}, ${euros(balanceCents)} to spend</option>`)}
          </select>
        </p>
        <table>
          <caption>
            What may it be?
          </caption>
          <thead>
            <tr>
              <th scope="col">Product</th>
              <th scope="col" class="number">Price</th>
              <th scope="col" class="number">Left</th>
              <th scope="col" class="number">Quantity</th>
            </tr>
          </thead>
          <tbody>
            ${products.map((product) => productRow(product, form))}
          </tbody>
        </table>
        <button class="button">Place the order</button>
      </form>
    </section>
    ${orders.length > 0 ? latestOrders(orders) : ''}`;
  return { title: problem === undefined ? 'The shop' : 'The order was not placed', body };
}

/** The page while the shop cannot be shown. */
export function closedPage(reason: string): Page {
  const body = html`<h1>The shop is closed for the moment</h1>
    ${notice('Something that it needs is away', reason)}
    <a class="button" href="/">Look again</a>`;
  return { title: 'The shop is closed', body };
}

/** The page for every other address. */
export const missingPage: Page = {
  title: 'Not found',
  body: html`<h1>We could not find that</h1>
    <p class="lead">There is no such order, and no such page.</p>
    <a class="button" href="/">To the shop</a>`,
};

function notice(title: string, text: string): Markup {
  return html`<section class="notice" role="alert">
    <h2>${title}</h2>
    <p>${text}</p>
  </section>`;
}

function productRow({ sku, name, priceCents, available }: Product, form: Form): Markup {
  const field = quantityField(sku);
  return html`<tr>
    <th scope="row"><label for="${field}">${name}</label></th>
    <td class="number">${euros(priceCents)}</td>
    <td class="number">${available}</td>
    <td class="number">
      <input
        id="${field}"
        name="${field}"
        type="number"
        min="0"
        max="1000"
        inputmode="numeric"
        value="${form[field] ?? '0'}"
      />
    </td>
  </tr>`;
}

function latestOrders(orders: Offer['orders']): Markup {
  return html`<section>
    <table>
      <caption>
        The latest orders
      </caption>
      <thead>
        <tr>
          <th scope="col">Order</th>
          <th scope="col">Customer</th>
          <th scope="col">State</th>
          <th scope="col" class="number">Total</th>
        </tr>
      </thead>
      <tbody>
        ${orders.map(
          (order) =>
            html`<tr>
              <th scope="row"><a href="/orders/${order.id}">${order.id.slice(0, 8)}</a></th>
              <td>${order.customer?.name ?? order.customerId}</td>
              <td>${statusWords[order.status]}</td>
              <td class="number">${order.totalCents === null ? '–' : euros(order.totalCents)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

import type { Markup, Page } from '@fluxwright/runtime/page';
import { html } from 'hono/html';
import type { Order } from './shop';
import { euros, moment, statusWords } from './words';

/** The page of one order; while something still happens to it, the page follows. */
export function orderPage(order: Order): Page {
  const { id, status, customer, customerId, placedAt } = order;
  const moves = status === 'PENDING' || status === 'CANCELLING';
  const body = html`<h1>Order ${id.slice(0, 8)}</h1>
    <p id="state" role="status" data-moves="${String(moves)}"><strong>${stateOf(order)}</strong></p>
    <p class="lead">
      Placed by ${customer?.name ?? customerId} on <time datetime="${placedAt}">${moment(placedAt)}</time>
    </p>
    <div id="order">${lines(order)} ${payments(order)} ${shipments(order)}</div>
    ${moves ? html`<a class="button" id="again" href="/orders/${id}">Look again</a>` : ''}
    <a class="button" href="/">Back to the shop</a>`;
  return { title: `Order ${statusWords[status].toLowerCase()}`, body, ...(moves && { script: follow }) };
}

function stateOf({ status, reason }: Order): string {
  return reason === null ? statusWords[status] : `${statusWords[status]}: ${reason}`;
}

function lines({ lines, totalCents }: Order): Markup {
  return html`<section>
    <table>
      <caption>
        What was ordered
      </caption>
      <thead>
        <tr>
          <th scope="col">Product</th>
          <th scope="col" class="number">Quantity</th>
          <th scope="col" class="number">Price</th>
        </tr>
      </thead>
      <tbody>
        ${lines.map(line)} ${totalCents === null ? '' : total(totalCents)}
      </tbody>
    </table>
  </section>`;
}

function line({ sku, product, quantity, priceCents }: Order['lines'][number]): Markup {
  return html`<tr>
    <th scope="row">${product?.name ?? sku}</th>
    <td class="number">${quantity}</td>
    <td class="number">${priceCents === null ? '–' : euros(priceCents)}</td>
  </tr>`;
}

function total(cents: number): Markup {
  return html`<tr>
    <th scope="row" colspan="2"><strong>Total</strong></th>
    <td class="number"><strong>${euros(cents)}</strong></td>
  </tr>`;
}

function payments({ payments }: Order): Markup {
  return list(
    'Payments',
    payments?.map(({ amountCents, status }) => `${euros(amountCents)}, ${status.toLowerCase()}`),
  );
}

function shipments({ shipments }: Order): Markup {
  return list(
    'Shipments',
    shipments?.map(({ carrier, city, status }) => `With ${carrier} to ${city}, ${status.toLowerCase()}`),
  );
}

function list(title: string, entries: readonly string[] = ['Not known at this moment']): Markup {
  if (entries.length === 0) return html``;
  return html`<section>
    <h2>${title}</h2>
    ${entries.map((entry) => html`<p>${entry}</p>`)}
  </section>`;
}

/** Shows the fresh state until nothing moves any more. What is the same stays, so that it is not read out again. */
const follow = `
const byId = (id) => document.getElementById(id);
const look = async () => {
  const response = await fetch(location.href).catch(() => undefined);
  if (response?.ok) {
    const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
    const state = fresh.getElementById('state');
    if (byId('state').textContent !== state.textContent) byId('state').replaceChildren(...state.childNodes);
    if (byId('order').innerHTML !== fresh.getElementById('order').innerHTML) byId('order').replaceWith(fresh.getElementById('order'));
    document.title = fresh.title;
    if (state.dataset.moves === 'false') return byId('again').remove();
  }
  setTimeout(look, 1000);
};
setTimeout(look, 500);
`;

import type { Markup, Page } from '@fluxwright/runtime/page';
import { html } from 'hono/html';
import type { Rating } from './rating';

const lead = html`<h1>Ratings of voices</h1>
  <p class="lead">
    Two voices read a battle together; each rating says how well they did, from 0 to 2. Every load of this
    page writes twenty.
  </p>`;

const again = html`<a class="button" href="/" id="again">Write twenty more</a>`;

/** The page after the ratings were written. */
export function writtenPage(ratings: readonly Rating[], total: number, topic: string): Page {
  const body = html`${lead}
    <p class="live" id="live" role="status">
      <span id="total">${total}</span> ratings written to <strong>${topic}</strong> since this program started
    </p>
    ${again}
    <section>
      <table>
        <caption>
          The latest twenty
        </caption>
        <thead>
          <tr>
            <th scope="col">Battle</th>
            <th scope="col">First voice</th>
            <th scope="col">Second voice</th>
            <th scope="col" class="number">Rating</th>
          </tr>
        </thead>
        <tbody id="ratings">
          ${ratings.map(row)}
        </tbody>
      </table>
    </section>`;
  return { title: 'Ratings written', body, script };
}

/** The page while the ratings cannot be written. */
export function unavailablePage(reason: string): Page {
  const body = html`${lead}
    <section class="notice" role="alert">
      <h2>Nothing was written</h2>
      <p>${reason}</p>
      <p>It should be back in a moment.</p>
    </section>
    ${again}`;
  return { title: 'Ratings not written', body };
}

/** The page for every other address. */
export const missingPage: Page = {
  title: 'Not found',
  body: html`<h1>We could not find that</h1>
    <p class="lead">The ratings are all on one page.</p>
    <a class="button" href="/">Go there</a>`,
};

function row({ battle, voice1, voice2, rating }: Rating): Markup {
  return html`<tr>
    <td>${battle}</td>
    <td>${voice1}</td>
    <td>${voice2}</td>
    <td class="number">${rating}</td>
  </tr>`;
}

/** Rows are made of text nodes: what is in the topic never becomes markup. */
const script = `
const live = document.getElementById('live');
const events = new EventSource('/events');
events.onopen = () => (live.dataset.state = 'on');
events.onerror = () => (live.dataset.state = 'off');
events.onmessage = ({ data }) => {
  const { total, latest } = JSON.parse(data);
  if (latest.length === 0) return;
  document.getElementById('total').textContent = total;
  document.getElementById('ratings').replaceChildren(...latest.map(row));
};
document.getElementById('again').addEventListener('click', async (event) => {
  if (events.readyState !== EventSource.OPEN) return;
  event.preventDefault();
  const response = await fetch('/').catch(() => undefined);
  if (!response?.ok) location.assign('/');
});
function row({ battle, voice1, voice2, rating }) {
  const cells = [battle, voice1, voice2, rating].map((text) => Object.assign(document.createElement('td'), { textContent: text }));
  cells[3].className = 'number';
  const row = document.createElement('tr');
  row.append(...cells);
  return row;
}
`;

import type { Markup, Page } from '@fluxwright/runtime/page';
import type { Rating } from '@fluxwright/ratings-producer/rating';
import { html } from 'hono/html';
import type { Place, Standing } from './ranking';

/** What the page shows, and what its events tell. While it is not `reading` it says that it shows what was read before. */
export interface Shown extends Standing {
  readonly reading: boolean;
}

/** The page with the ranking. */
export function rankingPage({ places, latest, read, reading }: Shown, topic: string): Page {
  const body = html`<h1>Ranking of voices</h1>
    <p class="lead">A voice’s place follows from the sum of all ratings that it had a part in.</p>
    <p class="live" id="live" role="status">
      <span id="read">${read}</span> ratings read from <strong>${topic}</strong> since this program started
    </p>
    ${notice(reading)} ${placesTable(places)} ${latestTable(latest)}`;
  return { title: 'Ranking of voices', body, script };
}

/** The page for every other address. */
export const missingPage: Page = {
  title: 'Not found',
  body: html`<h1>We could not find that</h1>
    <p class="lead">The ranking is all on one page.</p>
    <a class="button" href="/">Go there</a>`,
};

/** It is there all the time, so that a reader of the screen hears of it when it shows. */
function notice(isHidden: boolean): Markup {
  return html`<section class="notice" id="notice" role="alert" ${isHidden ? 'hidden' : ''}>
    <h2>Nothing new is read just now</h2>
    <p>Kafka does not answer. This is what was read before; it goes on by itself.</p>
  </section>`;
}

function placesTable(places: readonly Place[]): Markup {
  const best = places[0]?.sum ?? 0;
  return html`<section>
    <table>
      <caption>
        Ranking
      </caption>
      <thead>
        <tr>
          <th scope="col" class="place">Place</th>
          <th scope="col">Voice</th>
          <th scope="col" class="wide" aria-hidden="true"></th>
          <th scope="col" class="number">Sum of ratings</th>
        </tr>
      </thead>
      <tbody id="places">
        ${places.map((place) => placeRow(place, best))}
      </tbody>
    </table>
  </section>`;
}

function latestTable(latest: readonly Rating[]): Markup {
  return html`<section>
    <table>
      <caption>
        The latest twenty ratings
      </caption>
      <thead>
        <tr>
          <th scope="col">Battle</th>
          <th scope="col">First voice</th>
          <th scope="col">Second voice</th>
          <th scope="col" class="number">Rating</th>
        </tr>
      </thead>
      <tbody id="latest">
        ${
          latest.length === 0
            ? html`<tr>
                <td colspan="4" class="lead">None yet.</td>
              </tr>`
            : latest.map(ratingRow)
        }
      </tbody>
    </table>
  </section>`;
}

function placeRow({ place, voice, sum }: Place, best: number): Markup {
  return html`<tr>
    <td class="place">${place}</td>
    <th scope="row">${voice}</th>
    <td class="wide" aria-hidden="true">
      <svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none">
        <rect width="${best === 0 ? 0 : (100 * sum) / best}" height="1" />
      </svg>
    </td>
    <td class="number">${sum}</td>
  </tr>`;
}

function ratingRow({ battle, voice1, voice2, rating }: Rating): Markup {
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
  const { places, latest, read, reading } = JSON.parse(data);
  const best = places[0]?.sum || 1;
  document.getElementById('read').textContent = read;
  document.getElementById('notice').hidden = reading;
  document.getElementById('places').replaceChildren(...places.map((place) => placeRow(place, best)));
  if (latest.length > 0) document.getElementById('latest').replaceChildren(...latest.map(ratingRow));
};
function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
function placeRow({ place, voice, sum }, best) {
  const bar = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  for (const [name, value] of Object.entries({ class: 'bar', viewBox: '0 0 100 1', preserveAspectRatio: 'none' })) bar.setAttribute(name, value);
  const rect = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  rect.setAttribute('width', (100 * sum) / best);
  rect.setAttribute('height', 1);
  bar.append(rect);
  return element('tr', {}, element('td', { className: 'place' }, place), element('th', { scope: 'row' }, voice), element('td', { className: 'wide', ariaHidden: 'true' }, bar), element('td', { className: 'number' }, sum));
}
function ratingRow({ battle, voice1, voice2, rating }) {
  return element('tr', {}, element('td', {}, battle), element('td', {}, voice1), element('td', {}, voice2), element('td', { className: 'number' }, rating));
}
`;

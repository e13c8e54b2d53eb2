import type { GraphqlClient } from '@fluxwright/graphql-runtime';
import type { Line, PricedLine } from './store';

export type { Line, PricedLine } from './store';

const reserve = `mutation reserve($key: ID!, $lines: [ReservationLineInput!]!) {
  _reserveStock(key: $key, lines: $lines) { lines { sku quantity priceCents } }
}`;

const release = 'mutation release($key: ID!) { _releaseStock(key: $key) { status } }';

/** Holds products for whoever has the key, and says at which prices. */
export async function reserveStock(
  inventory: GraphqlClient,
  key: string,
  lines: readonly Line[],
): Promise<PricedLine[]> {
  const { _reserveStock } = await inventory.ask<{ _reserveStock: { lines: PricedLine[] } }>(reserve, {
    key,
    lines,
  });
  return _reserveStock.lines;
}

/** Gives back what the key holds, now or ever. */
export async function releaseStock(inventory: GraphqlClient, key: string): Promise<void> {
  await inventory.ask(release, { key });
}

import { Refusal, type Database, type Queries } from '@fluxwright/graphql-runtime';
import {
  calledOff,
  priced,
  type InventoryStore,
  type Line,
  type PricedLine,
  type Product,
  type Reservation,
} from './store';

const columns = 'sku, name, price_cents as "priceCents", available';

/** Products and reservations in the service's own schema. */
export function postgresInventoryStore(database: Database): InventoryStore {
  return {
    addProduct: (product) => addProduct(database, product),
    addStock: (sku, quantity) => addStock(database, sku, quantity),
    bySkus: (skus) => database.query<Product>(`select ${columns} from products where sku = any($1)`, [skus]),
    list: (first, after) =>
      database.query<Product>(`select ${columns} from products where sku > $2 order by sku limit $1`, [
        first,
        after,
      ]),
    reserve: (key, lines) => database.transaction((queries) => reserve(queries, key, lines)),
    release: (key) => database.transaction((queries) => release(queries, key)),
  };
}

async function addProduct(queries: Queries, { sku, name, priceCents, available }: Product): Promise<Product> {
  const insert = `insert into products values ($1, $2, $3, $4) on conflict do nothing returning ${columns}`;
  const [product] = await queries.query<Product>(insert, [sku, name, priceCents, available]);
  if (!product) throw new Refusal('SKU_TAKEN', `there is a product ${sku} already`);
  return product;
}

async function addStock(queries: Queries, sku: string, quantity: number): Promise<Product> {
  const update = `update products set available = available + $2 where sku = $1 returning ${columns}`;
  const [product] = await queries.query<Product>(update, [sku, quantity]);
  if (!product) throw new Refusal('UNKNOWN_PRODUCT', `there is no product ${sku}`);
  return product;
}

async function reserve(queries: Queries, key: string, lines: readonly Line[]): Promise<Reservation> {
  const known = await claimKey(queries, key, 'HELD');
  if (known?.status === 'RELEASED') throw calledOff(key);
  if (known) return known;
  // Locked in the order of the SKUs, so that two reservations never wait for each other.
  const lock = `select ${columns} from products where sku = any($1) order by sku for update`;
  const products = await queries.query<Product>(lock, [lines.map(({ sku }) => sku)]);
  const held = priced(lines, products);
  await move(queries, held, -1);
  await queries.query('update reservations set lines = $2 where key = $1', [key, JSON.stringify(held)]);
  return { key, status: 'HELD', lines: held };
}

async function release(queries: Queries, key: string): Promise<Reservation> {
  const known = await claimKey(queries, key, 'RELEASED');
  if (known?.status === 'HELD') {
    await queries.query(`update reservations set status = 'RELEASED' where key = $1`, [key]);
    await move(queries, known.lines, 1);
  }
  return { key, status: 'RELEASED', lines: known?.lines ?? [] };
}

/** Takes a key that nobody has used yet; otherwise returns what it stands for, locked. */
async function claimKey(
  queries: Queries,
  key: string,
  status: Reservation['status'],
): Promise<Reservation | undefined> {
  const insert = `insert into reservations values ($1, $2, '[]') on conflict do nothing returning key`;
  const inserted = await queries.query(insert, [key, status]);
  if (inserted.length > 0) return undefined;
  const [known] = await queries.query<Reservation>(
    'select key, status, lines from reservations where key = $1 for update',
    [key],
  );
  return known;
}

async function move(queries: Queries, lines: readonly PricedLine[], sign: 1 | -1): Promise<void> {
  const update = `
    update products set available = available + moved.quantity
    from unnest($1::text[], $2::int[]) as moved (sku, quantity) where products.sku = moved.sku`;
  await queries.query(update, [lines.map(({ sku }) => sku), lines.map(({ quantity }) => quantity * sign)]);
}

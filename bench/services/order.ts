import { Pool } from 'pg';
import { startServer } from '../../test/systems/postgres/server';
import { post } from './http';
import { compare } from './load';
import { startShop } from '../../test/systems/shop';
import { settled, type Row } from './row';

/** Placing an order through the frontend and seven services, next to one transaction that writes the same. */
export async function ordering(clients: number): Promise<Row> {
  const server = await startServer();
  const pool = new Pool({ connectionString: server.url, max: clients });
  try {
    const programs = await startShop(server.url);
    const frontend = programs.at(-1)!;
    await plenty(pool);
    const memory = await settled(() => programs.map((program) => program.memory()));
    const measured = await compare(
      (number) => placeOrder(frontend.url, number),
      (number) => inTransaction(pool, number),
      clients,
    );
    return { what: 'frontend: order', beside: 'pg alone', clients, ...measured, memory };
  } finally {
    await pool.end();
    server.stop();
  }
}

/** Stock and money for as many orders as there may be. */
async function plenty(pool: Pool): Promise<void> {
  await pool.query('update inventory.products set available = 1000000000');
  await pool.query('update payments.accounts set balance_cents = 2000000000');
}

const mutation = 'mutation place($input: NewOrder!) { placeOrder(input: $input) { id status } }';

async function placeOrder(url: string, number: number): Promise<void> {
  const input = { key: `order ${number}`, customerId: 'ada', lines: [{ sku: 'bread', quantity: 1 }] };
  const answer = await post(`${url}/graphql`, 200, JSON.stringify({ query: mutation, variables: { input } }));
  if (!answer.includes('"CONFIRMED"')) throw new Error(`the order was not confirmed: ${answer}`);
}

/** What all services write for an order, as one program with one database would. */
async function inTransaction(pool: Pool, number: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    for (const [text, values] of writes(`bare ${number}`)) await client.query(text, values);
    await client.query('commit');
  } finally {
    client.release();
  }
}

function writes(id: string): [text: string, values: unknown[]][] {
  const line = JSON.stringify([{ sku: 'bread', quantity: 1, priceCents: 450 }]);
  return [
    ["insert into orders.sagas values ($1, $2, 4, 'done', null, 0, now(), now(), '')", [id, line]],
    ["insert into orders.orders values ($1, $1, $1, 'ada', now())", [id]],
    ["insert into inventory.reservations values ($1, 'HELD', $2)", [id, line]],
    ["update inventory.products set available = available - 1 where sku = 'bread'", []],
    ["update payments.accounts set balance_cents = balance_cents - 450 where customer_id = 'ada'", []],
    ["insert into payments.payments values ($1, $1, $1, 'ada', 450, 'CHARGED')", [id]],
    [
      "insert into fulfillment.shipments values ($1, $1, $1, 'SCHEDULED', 'North Sea Freight', 'Ada Lovelace', '{}', $2)",
      [id, line],
    ],
  ];
}

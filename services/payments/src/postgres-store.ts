import type { Database, Queries } from '@fluxwright/graphql-runtime';
import { calledOff, declined, type Account, type NewPayment, type Payment, type PaymentStore } from './store';

const accountColumns = 'customer_id as "customerId", balance_cents as "balanceCents"';
const paymentColumns =
  'id, key, order_id as "orderId", customer_id as "customerId", amount_cents as "amountCents", status';

/** Accounts and payments in the service's own schema. */
export function postgresPaymentStore(database: Database): PaymentStore {
  return {
    accounts: (ids) =>
      database.query<Account>(`select ${accountColumns} from accounts where customer_id = any($1)`, [ids]),
    byOrderIds: (ids) =>
      database.query<Payment>(
        `select ${paymentColumns} from payments where order_id = any($1) and order_id <> '' order by number`,
        [ids],
      ),
    topUp: (key, customerId, cents) =>
      database.transaction((queries) => topUp(queries, key, customerId, cents)),
    charge: (payment) => database.transaction((queries) => charge(queries, payment)),
    refund: (key) => database.transaction((queries) => refund(queries, key)),
  };
}

async function topUp(
  queries: Queries,
  key: string,
  customerId: string,
  amountCents: number,
): Promise<Account> {
  const insert = 'insert into top_ups values ($1, $2, $3) on conflict do nothing returning key';
  const isNew = (await queries.query(insert, [key, customerId, amountCents])).length > 0;
  const upsert = `
    insert into accounts values ($1, $2)
    on conflict (customer_id) do update set balance_cents = accounts.balance_cents + excluded.balance_cents
    returning ${accountColumns}`;
  const [account] = await queries.query<Account>(upsert, [customerId, isNew ? amountCents : 0]);
  return account ?? { customerId, balanceCents: 0 };
}

async function charge(queries: Queries, payment: NewPayment): Promise<Payment> {
  const { id, key, orderId, customerId, amountCents } = payment;
  const known = await claimKey(queries, [key, id, orderId, customerId, amountCents, 'CHARGED']);
  if (known?.status === 'REFUNDED') throw calledOff(key);
  if (known) return known;
  const covered = await credit(queries, customerId, -amountCents);
  if (!covered && amountCents !== 0) throw declined(amountCents);
  return { ...payment, status: 'CHARGED' };
}

async function refund(queries: Queries, key: string): Promise<void> {
  const known = await claimKey(queries, [key, key, '', '', 0, 'REFUNDED']);
  if (known?.status !== 'CHARGED') return;
  await queries.query(`update payments set status = 'REFUNDED' where key = $1`, [key]);
  await credit(queries, known.customerId, known.amountCents);
}

/** Takes a key that nobody has used yet; otherwise returns what it stands for, locked. */
async function claimKey(queries: Queries, row: readonly unknown[]): Promise<Payment | undefined> {
  const insert = `
    insert into payments (key, id, order_id, customer_id, amount_cents, status) values ($1, $2, $3, $4, $5, $6)
    on conflict (key) do nothing returning key`;
  const inserted = await queries.query(insert, row);
  if (inserted.length > 0) return undefined;
  const [known] = await queries.query<Payment>(
    `select ${paymentColumns} from payments where key = $1 for update`,
    [row[0]],
  );
  return known;
}

/** Changes a balance; false if that would make it negative. */
async function credit(queries: Queries, customerId: string, cents: number): Promise<boolean> {
  const update = `
    update accounts set balance_cents = balance_cents + $2
    where customer_id = $1 and balance_cents + $2 >= 0 returning customer_id`;
  return (await queries.query(update, [customerId, cents])).length > 0;
}

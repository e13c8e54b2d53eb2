import type { Database, Queries } from '@fluxwright/graphql-runtime';
import {
  calledOff,
  notDeliverable,
  onItsWay,
  wrongState,
  type NewShipment,
  type Shipment,
  type ShipmentStore,
} from './store';

const columns = 'id, key, order_id as "orderId", status, carrier, recipient, address, items';

/** Shipments in the service's own schema. */
export function postgresShipmentStore(database: Database): ShipmentStore {
  return {
    byOrderIds: (ids) =>
      database.query<Shipment>(
        `select ${columns} from shipments where order_id = any($1) and order_id <> '' order by number`,
        [ids],
      ),
    schedule: (shipment) => database.transaction((queries) => schedule(queries, shipment)),
    cancel: (key) => database.transaction((queries) => cancel(queries, key)),
    move: (id, from, to) => database.transaction((queries) => move(queries, id, from, to)),
  };
}

async function schedule(queries: Queries, shipment: NewShipment): Promise<Shipment> {
  const known = await claimKey(queries, shipment, 'SCHEDULED');
  if (known?.status === 'CANCELLED') throw calledOff(shipment.key);
  if (known) return known;
  const { country } = shipment.address;
  const [carrier] = await queries.query<{ name: string }>('select name from carriers where country = $1', [
    country,
  ]);
  if (!carrier) throw notDeliverable(country);
  await queries.query('update shipments set carrier = $2 where key = $1', [shipment.key, carrier.name]);
  return { ...shipment, status: 'SCHEDULED', carrier: carrier.name };
}

async function cancel(queries: Queries, key: string): Promise<void> {
  const nowhere = { street: '', postcode: '', city: '', country: '' };
  const nothing = { id: key, key, orderId: '', recipient: '', address: nowhere, items: [] };
  const known = await claimKey(queries, nothing, 'CANCELLED');
  if (known?.status === 'DISPATCHED' || known?.status === 'DELIVERED') throw onItsWay(key);
  if (known) await queries.query(`update shipments set status = 'CANCELLED' where key = $1`, [key]);
}

async function move(queries: Queries, id: string, from: string, to: Shipment['status']): Promise<Shipment> {
  const [shipment] = await queries.query<Shipment>(
    `select ${columns} from shipments where id = $1 for update`,
    [id],
  );
  if (shipment?.status !== from && shipment?.status !== to) throw wrongState(shipment, id, to);
  await queries.query('update shipments set status = $2 where id = $1', [id, to]);
  return { ...shipment, status: to };
}

/** Takes a key that nobody has used yet; otherwise returns what it stands for, locked. */
async function claimKey(
  queries: Queries,
  shipment: NewShipment,
  status: string,
): Promise<Shipment | undefined> {
  const { key, id, orderId, recipient, address, items } = shipment;
  const insert = `
    insert into shipments (key, id, order_id, status, carrier, recipient, address, items)
    values ($1, $2, $3, $4, '', $5, $6, $7) on conflict (key) do nothing returning key`;
  const row = [key, id, orderId, status, recipient, JSON.stringify(address), JSON.stringify(items)];
  const inserted = await queries.query(insert, row);
  if (inserted.length > 0) return undefined;
  const [known] = await queries.query<Shipment>(
    `select ${columns} from shipments where key = $1 for update`,
    [key],
  );
  return known;
}

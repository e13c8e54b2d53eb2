import { findRecipient } from '@fluxwright/customers/client';
import { cancelShipment, scheduleShipment } from '@fluxwright/fulfillment/client';
import { Refusal, type GraphqlClient, type Step } from '@fluxwright/graphql-runtime';
import { releaseStock, reserveStock } from '@fluxwright/inventory/client';
import { findOrder } from '@fluxwright/orders/client';
import { chargeCustomer, refundCharge } from '@fluxwright/payments/client';
import type { ExchangeState, Wish } from './store';

/** The services that an exchange touches. */
export interface Partners {
  readonly customers: GraphqlClient;
  readonly inventory: GraphqlClient;
  readonly payments: GraphqlClient;
  readonly fulfillment: GraphqlClient;
  readonly orders: GraphqlClient;
}

/** What an exchange goes through; when a step is refused, those before it are undone, the last one first. */
export function exchangeSteps({
  customers,
  inventory,
  payments,
  fulfillment,
  orders,
}: Partners): Step<ExchangeState>[] {
  return [
    {
      name: 'find what was bought',
      run: async (_, state) => ({ ...state, bought: await findPurchase(orders, state) }),
    },
    {
      name: 'find the customer',
      run: async (_, state) => ({
        ...state,
        recipient: await findRecipient(customers, known(state.bought).customerId),
      }),
    },
    {
      name: 'reserve the replacement',
      run: async (id, state) => {
        const [line] = await reserveStock(inventory, key(id), [{ sku: state.replacementSku, quantity: 1 }]);
        return { ...state, replacementCents: known(line).priceCents };
      },
      undo: (id) => releaseStock(inventory, key(id)),
    },
    {
      name: 'settle the difference',
      run: async (id, state) => {
        const { customerId, priceCents } = known(state.bought);
        const amountCents = known(state.replacementCents) - priceCents;
        await chargeCustomer(payments, { key: key(id), orderId: state.orderId, customerId, amountCents });
        return state;
      },
      undo: (id) => refundCharge(payments, key(id)),
    },
    {
      name: 'schedule the shipment',
      run: async (id, state) => {
        const { name, address } = known(state.recipient);
        const items = [{ sku: state.replacementSku, quantity: 1 }];
        await scheduleShipment(fulfillment, {
          key: key(id),
          orderId: state.orderId,
          recipient: name,
          address,
          items,
        });
        return state;
      },
      undo: (id) => cancelShipment(fulfillment, key(id)),
    },
  ];
}

async function findPurchase(
  orders: GraphqlClient,
  { orderId, sku }: Wish,
): Promise<ExchangeState['bought'] & object> {
  const { status, customerId, lines } = await findOrder(orders, orderId);
  if (status !== 'CONFIRMED')
    throw new Refusal('NOT_BOUGHT', `order ${orderId} is ${status}; only a confirmed one can be exchanged`);
  const line = lines.find((candidate) => candidate.sku === sku);
  if (!line) throw new Refusal('NOT_BOUGHT', `there is no ${sku} in order ${orderId}`);
  return { customerId, priceCents: known(line.priceCents) };
}

function known<Value>(value: Value | null | undefined): Value {
  if (value === undefined || value === null)
    throw new Error('an earlier step has not left what this one needs');
  return value;
}

/** The idempotency key of everything that is asked of others for one exchange. */
function key(id: string): string {
  return `exchange:${id}`;
}

import { findRecipient } from '@fluxwright/customers/client';
import { cancelShipment, scheduleShipment } from '@fluxwright/fulfillment/client';
import { Refusal, type GraphqlClient, type Step } from '@fluxwright/graphql-runtime';
import { releaseStock, reserveStock, type PricedLine } from '@fluxwright/inventory/client';
import { chargeCustomer, refundCharge } from '@fluxwright/payments/client';
import type { OrderState } from './store';

/** The services that an order touches. */
export interface Partners {
  readonly customers: GraphqlClient;
  readonly inventory: GraphqlClient;
  readonly payments: GraphqlClient;
  readonly fulfillment: GraphqlClient;
}

/** More than that is no order but a mistake. */
const largestOrderCents = 10_000_000;

/** What an order goes through; when a step is refused, those before it are undone, the last one first. */
export function orderSteps({ customers, inventory, payments, fulfillment }: Partners): Step<OrderState>[] {
  return [
    {
      name: 'find the customer',
      run: async (_, state) => ({ ...state, recipient: await findRecipient(customers, state.customerId) }),
    },
    {
      name: 'reserve the stock',
      run: async (id, state) => {
        const priced = await reserveStock(inventory, key(id), state.lines);
        // Before it is kept: what it comes to might be more than the schema's numbers can say.
        if (totalCents(priced) > largestOrderCents)
          throw new Refusal('TOO_LARGE', 'an order may cost 100000.00 at most');
        return { ...state, priced };
      },
      undo: (id) => releaseStock(inventory, key(id)),
    },
    {
      name: 'charge the customer',
      run: async (id, state) => {
        await chargeCustomer(payments, {
          key: key(id),
          orderId: id,
          customerId: state.customerId,
          amountCents: totalCents(known(state.priced)),
        });
        return state;
      },
      undo: (id) => refundCharge(payments, key(id)),
    },
    {
      name: 'schedule the shipment',
      run: async (id, state) => {
        const { name, address } = known(state.recipient);
        await scheduleShipment(fulfillment, {
          key: key(id),
          orderId: id,
          recipient: name,
          address,
          items: state.lines,
        });
        return state;
      },
      undo: (id) => cancelShipment(fulfillment, key(id)),
    },
  ];
}

/** What the lines cost together. */
export function totalCents(lines: readonly PricedLine[]): number {
  return lines.reduce((total, { quantity, priceCents }) => total + quantity * priceCents, 0);
}

function known<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('an earlier step has not left what this one needs');
  return value;
}

/** The idempotency key of everything that is asked of others for one order. */
function key(id: string): string {
  return `order:${id}`;
}

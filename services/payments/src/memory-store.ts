import { calledOff, declined, type Account, type Payment, type PaymentStore } from './store';

/** Accounts and payments that last as long as the process: for tests. */
export function memoryPaymentStore(): PaymentStore {
  const balances = new Map<string, number>();
  const topUps = new Set<string>();
  const payments = new Map<string, Payment>();
  const account = (customerId: string): Account => ({
    customerId,
    balanceCents: balances.get(customerId) ?? 0,
  });
  const credit = (customerId: string, cents: number): Account => {
    balances.set(customerId, account(customerId).balanceCents + cents);
    return account(customerId);
  };
  return {
    accounts: async (ids) => ids.filter((id) => balances.has(id)).map(account),
    byOrderIds: async (ids) =>
      [...payments.values()].filter(({ orderId }) => orderId !== '' && ids.includes(orderId)),
    topUp: async (key, customerId, cents) => {
      const isNew = !topUps.has(key);
      topUps.add(key);
      return credit(customerId, isNew ? cents : 0);
    },
    charge: async (payment) => {
      const known = payments.get(payment.key);
      if (known?.status === 'REFUNDED') throw calledOff(payment.key);
      if (known) return known;
      const { customerId, amountCents } = payment;
      const isCovered = balances.has(customerId) && account(customerId).balanceCents >= amountCents;
      if (!isCovered && amountCents !== 0) throw declined(amountCents);
      if (isCovered) credit(customerId, -amountCents);
      const charged: Payment = { ...payment, status: 'CHARGED' };
      payments.set(payment.key, charged);
      return charged;
    },
    refund: async (key) => {
      const known = payments.get(key);
      const nothing = { id: key, key, orderId: '', customerId: '', amountCents: 0 };
      payments.set(key, { ...(known ?? nothing), status: 'REFUNDED' });
      if (known?.status === 'CHARGED') credit(known.customerId, known.amountCents);
    },
  };
}

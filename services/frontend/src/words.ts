import type { Order } from './shop';

/** An amount of money, for people. */
export function euros(cents: number): string {
  return (cents / 100).toLocaleString('en-IE', { style: 'currency', currency: 'EUR' });
}

/** A moment, for people. */
export function moment(time: string): string {
  const options = { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' } as const;
  return `${new Date(time).toLocaleString('en-GB', options)} UTC`;
}

/** What the states of an order are called on the page. */
export const statusWords: Readonly<Record<Order['status'], string>> = {
  PENDING: 'Under way',
  CONFIRMED: 'Confirmed',
  CANCELLING: 'Being cancelled',
  CANCELLED: 'Cancelled',
};

import type { Wish } from './shop';

/** What somebody typed into the form, as it came. */
export type Form = Readonly<Record<string, string>>;

/** The field that holds the quantity of a product. */
export const quantityField = (sku: string): string => `quantity of ${sku}`;

/** The order that the form asks for, or what is wrong with the form. */
export function readForm(form: Form): Wish | string {
  const { key = '', customer: customerId = '' } = form;
  const typed = Object.entries(form).filter(
    ([name, value]) => name.startsWith(quantityField('')) && value.trim() !== '',
  );
  const lines = typed
    .map(([name, value]) => ({ sku: name.slice(quantityField('').length), quantity: Number(value) }))
    .filter(({ quantity }) => quantity !== 0);
  if (key === '') return 'The form is incomplete; please load the page again.';
  if (customerId === '') return 'Please say who buys.';
  if (lines.length === 0) return 'Please order at least one thing.';
  if (lines.every(({ quantity }) => Number.isInteger(quantity) && quantity > 0))
    return { key, customerId, lines };
  return 'Please give quantities as whole numbers.';
}

import { expect, test } from '@jest/globals';
import { quantityField, readForm } from '../src/form';

const tea = quantityField('tea');
const filled = {
  key: 'k',
  customer: 'ada',
  [tea]: '2',
  [quantityField('honey')]: '0',
  [quantityField('bread')]: '',
};

test('a form is an order of what has a quantity', () => {
  expect(readForm(filled)).toEqual({ key: 'k', customerId: 'ada', lines: [{ sku: 'tea', quantity: 2 }] });
});

test.each([
  ['nothing is ordered', { [tea]: '0' }, 'Please order at least one thing.'],
  ['nobody buys', { customer: '' }, 'Please say who buys.'],
  ['the key is missing', { key: '' }, 'The form is incomplete; please load the page again.'],
  ['a quantity is no number', { [tea]: 'two' }, 'Please give quantities as whole numbers.'],
  ['a quantity is negative', { [tea]: '-1' }, 'Please give quantities as whole numbers.'],
  ['a quantity is no whole number', { [tea]: '1.5' }, 'Please give quantities as whole numbers.'],
])('it is said when %s', (_, change, problem) => {
  expect(readForm({ ...filled, ...change })).toBe(problem);
});

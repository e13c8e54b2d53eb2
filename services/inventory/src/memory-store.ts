import { Refusal } from '@fluxwright/graphql-runtime';
import { calledOff, priced, type InventoryStore, type Line, type Product, type Reservation } from './store';

/** Products and reservations that last as long as the process: for tests. */
export function memoryInventoryStore(): InventoryStore {
  const products = new Map<string, Product>();
  const reservations = new Map<string, Reservation>();
  const sorted = (): Product[] => [...products.values()].sort((a, b) => (a.sku < b.sku ? -1 : 1));
  const addStock = async (sku: string, quantity: number): Promise<Product> => {
    const product = products.get(sku);
    if (!product) throw new Refusal('UNKNOWN_PRODUCT', `there is no product ${sku}`);
    const more = { ...product, available: product.available + quantity };
    products.set(sku, more);
    return more;
  };
  return {
    addStock,
    addProduct: async (product) => {
      if (products.has(product.sku))
        throw new Refusal('SKU_TAKEN', `there is a product ${product.sku} already`);
      products.set(product.sku, product);
      return product;
    },
    bySkus: async (skus) => sorted().filter(({ sku }) => skus.includes(sku)),
    list: async (first, after) =>
      sorted()
        .filter(({ sku }) => sku > after)
        .slice(0, first),
    reserve: async (key: string, lines: readonly Line[]) => {
      const known = reservations.get(key);
      if (known?.status === 'RELEASED') throw calledOff(key);
      if (known) return known;
      const reservation: Reservation = { key, status: 'HELD', lines: priced(lines, sorted()) };
      reservations.set(key, reservation);
      for (const { sku, quantity } of lines) await addStock(sku, -quantity);
      return reservation;
    },
    release: async (key) => {
      const known = reservations.get(key);
      const released: Reservation = { key, status: 'RELEASED', lines: known?.lines ?? [] };
      reservations.set(key, released);
      for (const { sku, quantity } of known?.status === 'HELD' ? known.lines : [])
        await addStock(sku, quantity);
      return released;
    },
  };
}

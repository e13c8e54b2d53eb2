import { Refusal } from '@fluxwright/graphql-runtime';

/** Something that can be sold. */
export interface Product {
  readonly sku: string;
  readonly name: string;
  readonly priceCents: number;
  /** How many there are and nobody has reserved. */
  readonly available: number;
}

/** How many of one product. */
export interface Line {
  readonly sku: string;
  readonly quantity: number;
}

/** A line, at the price that it was reserved at. */
export interface PricedLine extends Line {
  readonly priceCents: number;
}

/** Products held for somebody. */
export interface Reservation {
  readonly key: string;
  readonly status: 'HELD' | 'RELEASED';
  readonly lines: readonly PricedLine[];
}

/** Where products and reservations are kept. */
export interface InventoryStore {
  /** @throws {Refusal} `SKU_TAKEN`. */
  addProduct(product: Product): Promise<Product>;
  /** @throws {Refusal} `UNKNOWN_PRODUCT`. */
  addStock(sku: string, quantity: number): Promise<Product>;
  bySkus(skus: readonly string[]): Promise<Product[]>;
  /** A page in the order of the SKUs, beginning after the given one. */
  list(first: number, after: string): Promise<Product[]>;
  /**
   * Holds all lines or none. The same key again gets the same reservation.
   *
   * @throws {Refusal} `UNKNOWN_PRODUCT`, `OUT_OF_STOCK`, or `CALLED_OFF` for a key that was released.
   */
  reserve(key: string, lines: readonly Line[]): Promise<Reservation>;
  /** Gives back what the key holds; a key that holds nothing yet never will. */
  release(key: string): Promise<Reservation>;
}

/**
 * The lines at today's prices.
 *
 * @throws {Refusal} when a product is unknown, or fewer are left than the line asks for.
 */
export function priced(lines: readonly Line[], products: readonly Product[]): PricedLine[] {
  const bySku = new Map(products.map((product) => [product.sku, product]));
  return lines.map(({ sku, quantity }) => {
    const product = bySku.get(sku);
    if (!product) throw new Refusal('UNKNOWN_PRODUCT', `there is no product ${sku}`);
    const { name, available, priceCents } = product;
    if (available < quantity)
      throw new Refusal('OUT_OF_STOCK', `only ${available} of ${name} are left, not ${quantity}`);
    return { sku, quantity, priceCents };
  });
}

/** The error for a reservation that was released, perhaps before it was made. */
export function calledOff(key: string): Refusal {
  return new Refusal('CALLED_OFF', `the reservation ${key} was called off`);
}

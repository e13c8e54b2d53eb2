const shape = /^(?=.)([+-]?\d*\.?\d*)(?:([KMGTPE]i)|([numkMGTPE]|[eE][+-]?\d+)?)$/;

/** Written as exponents, decimal units keep every digit. */
const exponents: { readonly [unit: string]: string } = {
  n: 'e-9',
  u: 'e-6',
  m: 'e-3',
  k: 'e3',
  M: 'e6',
  G: 'e9',
  T: 'e12',
  P: 'e15',
  E: 'e18',
};

const binary = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** What is too much for the server's numbers counts as the most that they hold. */
const MOST = 2 ** 63;

/**
 * The number that a Kubernetes quantity stands for (`500m`, `2Gi`, `1e3`, `0.5`), or undefined where it is none. A sign,
 * a point or a unit without digits is zero, as it is for the server.
 */
export function parseQuantity(quantity: unknown): number | undefined {
  if (typeof quantity === 'number') return quantity;
  const match = typeof quantity === 'string' ? shape.exec(quantity) : null;
  if (!match) return undefined;
  const [, digits = '', unit, suffix = ''] = match;
  const factor = unit ? 1024 ** (binary.indexOf(unit) + 1) : 1;
  const number = /\d/.test(digits) ? Number(digits + (exponents[suffix] ?? suffix)) * factor : 0;
  return Math.max(-MOST, Math.min(MOST, number));
}

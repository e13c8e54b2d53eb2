/** How often which method of an object was called. */
export type Calls = Record<string, number>;

/** The same object, whose calls are counted: a store that counts its calls shows what would be SQL. */
export function counted<Target extends object>(
  target: Target,
): { readonly counting: Target; readonly calls: Calls } {
  const calls: Calls = {};
  const counting = new Proxy(target, {
    get(object, name, receiver) {
      if (typeof name === 'string') calls[name] = (calls[name] ?? 0) + 1;
      return Reflect.get(object, name, receiver) as unknown;
    },
  });
  return { counting, calls };
}

/** From here on the engine's own sort is faster. */
const many = 24;

/** The keys of an object in order. Most objects have few, and many are written in order already. */
export function sortedKeys(object: object): string[] {
  const keys = Object.keys(object);
  if (keys.length > many) return keys.sort();
  for (let index = 1; index < keys.length; index++) {
    const key = keys[index] as string;
    let place = index;
    while (place > 0 && (keys[place - 1] as string) > key) {
      keys[place] = keys[place - 1] as string;
      place--;
    }
    if (place < index) keys[place] = key;
  }
  return keys;
}

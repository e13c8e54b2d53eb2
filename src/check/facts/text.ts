import { relative } from 'node:path';
import type { EstateObject, Origin, Target } from '../../estate';
import { splitKind } from '../../estate';

/** A list as a sentence takes it: `a, b and c`; long ones are cut short. */
export function listed(items: readonly string[], most = 4): string {
  const shown =
    items.length > most ? [...items.slice(0, most - 1), `${items.length - most + 1} more`] : items;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** Where in the source something was made: `charts/shop.ts:12`; empty where nobody knows. */
export function placeOf(origin: Origin | undefined): string {
  const frame = origin?.frames[0];
  if (!frame) return '';
  const near = relative(process.cwd(), frame.file);
  return `${near.startsWith('..') ? frame.file : near}:${frame.line}`;
}

/** The same, in the form that a sentence goes on with: ` (charts/shop.ts:12)`. */
export function madeAt(object: EstateObject): string {
  const place = placeOf(object.origin);
  return place === '' ? '' : ` (${place})`;
}

/** The line of TypeScript that says that something comes from elsewhere. */
export function externalLine({ kind, namespace, name }: Target): string {
  const where = namespace === undefined ? '' : ` namespace: '${namespace}',`;
  return `external(this, { kind: '${kind}',${where} name: '${name}', reason: '…' })`;
}

/** The identity that the target of a reference has as an object. */
export function idOf({ kind, namespace, name }: Target): string {
  return `${splitKind(kind).join('/')}/${namespace ?? ''}/${name}`;
}

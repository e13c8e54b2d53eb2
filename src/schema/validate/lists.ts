import type { Json } from '../../estate';
import type { SchemaNode } from '../types';
import { canonical } from '../../estate/equal';
import type { Items } from './plan';
import { isObject, resolve, type Check, type Scope } from './scope';

/** What a node asks of the items of a list. */
export function itemsOf({ items }: SchemaNode, scope: Scope, fields: boolean): Items | undefined {
  if (!items) return undefined;
  const plan = fields ? scope.compile(items) : scope.compileValue(items);
  return { plan, zero: zeroOf(items, scope) };
}

/** The checks of a node that look at a list as a whole: its length, and that nothing is there twice. */
export function listChecks(node: SchemaNode, scope: Scope): Check[] {
  const checks: ListCheck[] = [];
  const { minItems = 0, maxItems = Infinity } = node;
  if (minItems > 0 || maxItems < Infinity) checks.push(countWithin(minItems, maxItems));
  const type = node['x-kubernetes-list-type'];
  if (node.uniqueItems || type === 'set') checks.push(noneTwice(scope, canonical, () => 'the item'));
  const keys = node['x-kubernetes-list-map-keys'];
  if (type === 'map' && keys && node.items) checks.push(noKeyTwice(node.items, keys, scope));
  return checks.map(onlyLists);
}

type ListCheck = (items: readonly Json[], run: Parameters<Check>[1]) => void;

function onlyLists(check: ListCheck): Check {
  return (value, run) => {
    if (Array.isArray(value)) check(value, run);
  };
}

function countWithin(fewest: number, most: number): ListCheck {
  return (items, run) => {
    if (items.length < fewest)
      run.report('schema', `the list has ${items.length} items`, `write at least ${fewest}`);
    if (items.length > most)
      run.report('schema', `the list has ${items.length} items`, `write at most ${most}`);
  };
}

/** What Go makes of a null in a list: nothing of the right type. */
function zeroOf(items: SchemaNode, scope: Scope): Json {
  if (scope.reading === 'custom') return null;
  const { type } = resolve(items, scope.defs);
  return type === 'object' ? {} : type === 'string' ? '' : null;
}

function noKeyTwice(items: SchemaNode, keys: readonly string[], scope: Scope): ListCheck {
  const properties = resolve(items, scope.defs).properties ?? {};
  const defaults = keys.map((key) => properties[key]?.default);
  const identity = (item: Json): string | undefined => {
    if (!isObject(item)) return undefined;
    return keys.map((key, index) => canonical((key in item ? item[key] : defaults[index]) ?? null)).join();
  };
  return noneTwice(scope, identity, () => keys.join(' and '));
}

/** Server-side apply merges by these identities, so for core kinds it is apply that refuses what create would take. */
function noneTwice(
  scope: Scope,
  identity: (item: Json) => string | undefined,
  what: () => string,
): ListCheck {
  const rule = scope.reading === 'custom' ? 'schema' : 'apply';
  return (items, run) => {
    if (items.length < 2) return;
    const seen = new Map<string, number>();
    items.forEach((item, index) => {
      const key = identity(item);
      const before = key === undefined ? undefined : seen.get(key);
      if (before !== undefined) {
        run.report(
          rule,
          `${what()} is the same as in item ${before}: ${key?.replaceAll('"', '')}`,
          `remove one of the two`,
          index,
        );
      } else if (key !== undefined) seen.set(key, index);
    });
  };
}

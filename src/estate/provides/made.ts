import { valueIn, listIn } from '../fields';
import { kindOf } from '../identity';
import type { EstateObject, Json, Provided } from '../types';
import { provides } from './table';
import type { ProvidesRow } from './row';

/** Something that an operator makes, and the keys that it may have where they are known. */
export interface Made extends Provided {
  readonly keys?: readonly string[];
}

type Maker = Pick<EstateObject, 'apiVersion' | 'kind' | 'name' | 'namespace' | 'body'>;

/** What an operator makes for an object; undefined where nobody knows of its kind. */
export function madeFor(object: Maker): Made[] | undefined {
  return provides[kindOf(object)]?.flatMap((row) => byRow(row, object));
}

/** A row gives a name, or one for each item of a list that its field goes through. */
function byRow(row: ProvidesRow, object: Maker): Made[] {
  if (row.when !== undefined && valuesAt(object.body, row.when).length === 0) return [];
  const parts = row.name.split(/\{([^}]+)\}/);
  const names = parts.reduce<readonly string[]>(
    (begun, part, index) => {
      const ends = index % 2 === 0 ? [part] : textsAt(object, part);
      return begun.flatMap((begin) => ends.map((end) => begin + end));
    },
    [''],
  );
  const namespace = row.namespace ?? object.namespace;
  const more = {
    ...(namespace === undefined ? {} : { namespace }),
    ...(row.keys === undefined ? {} : { keys: row.keys }),
  };
  return names.map((name) => ({ kind: row.kind, name, ...more }));
}

/** The texts of the first of some fields that is there. */
function textsAt(object: Maker, fields: string): string[] {
  for (const field of fields.split('|')) {
    const values = field === 'name' ? [object.name] : valuesAt(object.body, field);
    const texts = values.filter((value) => typeof value === 'string' && value !== '') as string[];
    if (texts.length > 0) return texts;
  }
  return [];
}

function valuesAt(body: Json, field: string): (Json | undefined)[] {
  let found: readonly (Json | undefined)[] = [body];
  for (const step of field.match(/"[^"]*"|[^."]+/g) ?? []) {
    const key = step.replace(/^"|"$|\[\]$/g, '');
    found = found.flatMap((value): readonly (Json | undefined)[] =>
      step.endsWith('[]') ? listIn(value, key) : [valueIn(value, key)],
    );
  }
  return found.filter((value) => value !== undefined);
}

import type { Json, JsonObject } from '../../estate';
import { parse } from '../cel/parser';
import { re2 } from '../pattern';
import { newScope } from '../validate/compile';
import { judge } from '../validate/plan';
import { dns1035Label, dnsSubdomain } from '../validate/names';
import { show, type Run } from '../validate/violation';
import { checkJunctions } from './junctions';
import { asText, duplicate, isEmpty, isSet, object, objects, textOf } from './field-rules';

/** Judges a CustomResourceDefinition: its names, its versions and their schemas. */
export function checkDefinition(body: JsonObject, run: Run): void {
  const spec = object(body['spec']);
  const plural = asText(object(spec['names'])['plural']);
  const wanted = `${plural}.${asText(spec['group'])}`;
  if (object(body['metadata'])['name'] !== wanted)
    run.report('core', 'the name must be the plural and the group', `write ${wanted}`, 'metadata', 'name');
  run.at('spec', () => {
    checkNames(spec, run);
    checkVersions(objects(spec['versions']), run);
  });
}

function checkNames(spec: JsonObject, run: Run): void {
  const names = object(spec['names']);
  const group = spec['group'];
  if (typeof group === 'string' && group !== '' && (dnsSubdomain(group) || !group.includes('.')))
    run.report('core', 'a group is a domain', 'write e.g. example.org', 'group');
  const scope = textOf(spec['scope']);
  if (scope && scope !== 'Namespaced' && scope !== 'Cluster')
    run.report('core', `${scope} is no scope`, 'write Namespaced or Cluster', 'scope');
  for (const field of ['plural', 'singular', 'kind', 'listKind']) {
    const name = textOf(names[field]);
    const problem = name && dns1035Label(field.endsWith('ind') ? name.toLowerCase() : name);
    if (problem) run.report('core', `${field} ${problem}`, 'write e.g. example', 'names', field);
  }
  for (const field of ['shortNames', 'categories']) {
    const list = Array.isArray(names[field]) ? (names[field] as readonly Json[]) : [];
    list.forEach((name, index) => {
      const problem = dns1035Label(asText(name));
      if (problem)
        run.report('core', `${show(name)} ${problem}`, 'write e.g. example', 'names', field, index);
    });
  }
  if (textOf(names['listKind']) && names['listKind'] === names['kind'])
    run.report('core', 'kind and listKind are the same', 'write another listKind', 'names', 'listKind');
}

function checkVersions(versions: readonly JsonObject[], run: Run): void {
  const stored = versions.filter((version) => version['storage'] === true).length;
  if (stored !== 1)
    run.report(
      'core',
      `${stored} versions are stored, where one must be`,
      'write storage: true for exactly one',
      'versions',
    );
  const twice = duplicate(versions.map((version) => textOf(version['name'])));
  if (twice)
    run.report(
      'core',
      `the version ${twice.key} is there twice`,
      'remove one',
      'versions',
      twice.index,
      'name',
    );
  versions.forEach((version, index) => {
    run.path.push('versions', index);
    checkVersion(version, run);
    run.path.length -= 2;
  });
}

const scalePaths = { specReplicasPath: '.spec.', statusReplicasPath: '.status.' };

const columnTypes = ['boolean', 'date', 'integer', 'number', 'string'];

function checkVersion(version: JsonObject, run: Run): void {
  const name = textOf(version['name']);
  const problem = name && dns1035Label(name);
  if (problem) run.report('core', `the version ${problem}`, 'write e.g. v1', 'name');
  const schema = object(version['schema'])['openAPIV3Schema'];
  if (!isSet(schema)) run.report('core', 'each version has a schema', 'add schema.openAPIV3Schema', 'schema');
  else checkRoot(object(schema), run);
  const { scale } = object(version['subresources']);
  for (const [field, start] of Object.entries(scalePaths)) {
    const path = textOf(object(scale)[field]);
    if (path && !path.startsWith(start))
      run.report(
        'core',
        `the path must start with ${start}`,
        `write e.g. ${start}replicas`,
        'subresources',
        'scale',
        field,
      );
  }
  objects(version['additionalPrinterColumns']).forEach((column, index) => checkColumn(column, index, run));
}

function checkColumn(column: JsonObject, index: number, run: Run): void {
  const at = ['additionalPrinterColumns', index] as const;
  const type = textOf(column['type']);
  if (type && !columnTypes.includes(type))
    run.report(
      'core',
      `${type} is no type of column`,
      `write one of: ${columnTypes.join(', ')}`,
      ...at,
      'type',
    );
  const path = textOf(column['jsonPath']);
  if (path && !path.startsWith('.'))
    run.report('core', 'the path must start with a dot', 'write e.g. .spec.size', ...at, 'jsonPath');
}

function checkRoot(schema: JsonObject, run: Run): void {
  run.path.push('schema', 'openAPIV3Schema');
  const type = textOf(schema['type']);
  if (type && type !== 'object') run.report('core', 'a resource is an object', 'write type: object', 'type');
  checkNode(schema, run);
  run.path.length -= 2;
}

const types = ['array', 'boolean', 'integer', 'number', 'object', 'string'];

/** A structural schema: every node says its type, and what it says fits together. */
function checkNode(node: JsonObject, run: Run): void {
  checkType(node, run);
  checkPattern(node, run);
  checkListType(node, run);
  checkJunctions(node, run);
  checkRules(node, run);
  for (const field of [
    'definitions',
    'dependencies',
    'deprecated',
    'discriminator',
    'id',
    'patternProperties',
    'readOnly',
    'writeOnly',
    'xml',
    '$ref',
  ]) {
    if (!isEmpty(node[field]))
      run.report('core', `${field} is not for structural schemas`, 'remove it', field);
  }
  if (node['uniqueItems'] === true)
    run.report('core', 'uniqueItems cannot be true', 'write x-kubernetes-list-type: set', 'uniqueItems');
  if (isSet(node['default'])) checkDefault(node, run);
  for (const [name, child] of Object.entries(object(node['properties'])))
    nested(['properties', name], child, run);
  if (node['type'] === 'array' && isSet(node['items'])) nested(['items'], node['items']!, run);
  const additional = node['additionalProperties'];
  if (typeof additional === 'object' && additional !== null)
    nested(['additionalProperties'], additional, run);
  if (isSet(additional) && additional !== false && !isEmptyObject(node['properties']))
    run.report(
      'core',
      'properties and additionalProperties exclude each other',
      'keep one of them',
      'additionalProperties',
    );
}

function isEmptyObject(value: Json | undefined): boolean {
  return Object.keys(object(value)).length === 0;
}

function nested(path: readonly string[], child: Json, run: Run): void {
  run.path.push(...path);
  checkNode(object(child), run);
  run.path.length -= path.length;
}

function checkType(node: JsonObject, run: Run): void {
  const type = textOf(node['type']);
  const isFree =
    node['x-kubernetes-int-or-string'] === true || node['x-kubernetes-preserve-unknown-fields'] === true;
  if (type && !types.includes(type))
    run.report('core', `${type} is no type`, `write one of: ${types.join(', ')}`, 'type');
  if (!type && (!isFree || run.path.at(-1) === 'openAPIV3Schema'))
    run.report('core', 'type is missing', `add one of: ${types.join(', ')}`, 'type');
  if (type === 'array' && !isSet(node['items']))
    run.report('core', 'a list says what its items are', 'add items', 'items');
  if (node['x-kubernetes-embedded-resource'] === true && type !== 'object')
    run.report('core', 'an embedded resource is an object', 'write type: object', 'type');
}

function checkPattern(node: JsonObject, run: Run): void {
  const pattern = textOf(node['pattern']);
  if (!pattern || !/\(\?[=!<](?!\w+>)/.test(pattern)) return;
  try {
    re2(pattern);
  } catch (error) {
    run.report('core', (error as Error).message, 'write an expression that RE2 knows', 'pattern');
  }
}

function checkListType(node: JsonObject, run: Run): void {
  const type = textOf(node['x-kubernetes-list-type']);
  if (!type) return;
  if (!['atomic', 'set', 'map'].includes(type))
    run.report('core', `${type} is no type of list`, 'write atomic, set or map', 'x-kubernetes-list-type');
  if (node['type'] !== 'array')
    run.report('core', 'only lists have a type of list', 'remove it', 'x-kubernetes-list-type');
  const keys = node['x-kubernetes-list-map-keys'];
  if (type === 'map' && isEmpty(keys))
    run.report('core', 'a map says its keys', 'add x-kubernetes-list-map-keys', 'x-kubernetes-list-map-keys');
  if (type !== 'map' && !isEmpty(keys))
    run.report('core', 'only maps have keys', 'remove them', 'x-kubernetes-list-map-keys');
  if (type === 'map' && Array.isArray(keys)) checkKeys(keys.map(asText), object(node['items']), run);
}

/** An item is found by its keys, so that it must have them. */
function checkKeys(keys: readonly string[], item: JsonObject, run: Run): void {
  const properties = object(item['properties']);
  const required = Array.isArray(item['required']) ? (item['required'] as readonly Json[]) : [];
  for (const key of keys) {
    const isThere = required.includes(key) || isSet(object(properties[key])['default']);
    if (!(key in properties) || !isThere)
      run.report(
        'core',
        `items need not have ${key}`,
        'require it, or give it a default',
        'x-kubernetes-list-map-keys',
      );
  }
}

function checkRules(node: JsonObject, run: Run): void {
  objects(node['x-kubernetes-validations']).forEach((rule, index) => {
    for (const field of ['rule', 'messageExpression']) {
      const text = textOf(rule[field]);
      if (!text) continue;
      try {
        parse(text);
      } catch (error) {
        run.report(
          'core',
          `the expression cannot be read: ${(error as Error).message}`,
          'correct it',
          'x-kubernetes-validations',
          index,
          field,
        );
      }
    }
  });
}

/** A default must pass the schema that it is in. Where that schema is itself no schema, its own types were reported. */
function checkDefault(node: JsonObject, run: Run): void {
  const depth = run.path.push('default');
  try {
    judge(newScope('custom', {}).compile(node), node['default'] ?? null, run);
  } catch (error) {
    run.report('core', `the default cannot be judged: ${(error as Error).message}`, 'correct the schema');
  }
  run.path.length = depth - 1;
}

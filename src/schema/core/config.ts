import type { JsonObject } from '../../estate';
import { isBase64 } from '../validate/formats';
import { configKey } from '../validate/names';
import { type Run } from '../validate/violation';
import { asText, isEmpty, object } from './field-rules';

const DATA_LIMIT = 1024 * 1024;

export function checkKeys(body: JsonObject, fields: readonly string[], run: Run): void {
  const seen = new Set<string>();
  for (const field of fields) {
    for (const key of Object.keys(object(body[field]))) {
      const problem = configKey(key);
      if (problem) run.report('core', `the key ${key} ${problem}`, 'write e.g. app.properties', field, key);
      if (seen.has(key))
        run.report('core', `the key ${key} is in ${fields.join(' and in ')}`, 'keep one of them', field, key);
      seen.add(key);
    }
  }
}

export function checkDataSize(body: JsonObject, fields: readonly string[], run: Run): void {
  let size = 0;
  for (const field of fields)
    for (const value of Object.values(object(body[field])))
      if (typeof value === 'string') size += sizeOf(value, field);
  if (size > DATA_LIMIT)
    run.report(
      'size',
      `the data takes ${size} bytes of at most ${DATA_LIMIT}`,
      'split it up, or keep it elsewhere',
      fields[0]!,
    );
}

function sizeOf(text: string, field: string): number {
  return field === 'binaryData' || field === 'data64'
    ? Math.floor((text.length * 3) / 4)
    : Buffer.byteLength(text);
}

/** The keys that Secrets of a type must have. */
const secretKeys: { readonly [type: string]: readonly string[] } = {
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
};

export function checkSecret(body: JsonObject, run: Run): void {
  const [data, strings] = [object(body['data']), object(body['stringData'])];
  checkKeys({ all: { ...data, ...strings } }, ['all'], run);
  const type = asText(body['type']);
  for (const key of Object.hasOwn(secretKeys, type) ? secretKeys[type]! : []) {
    const isEmptyKey = type === 'kubernetes.io/ssh-auth' && isEmpty(strings[key] ?? data[key]);
    if (isEmptyKey || (!(key in data) && !(key in strings)))
      run.report('core', `a Secret of type ${type} has ${key}`, `add ${key}`, 'data', key);
  }
  if (
    type === 'kubernetes.io/basic-auth' &&
    ![data, strings].some((map) => 'username' in map || 'password' in map)
  ) {
    run.report('core', 'a Secret of type basic-auth has a username or a password', 'add username', 'data');
  }
  const config =
    Object.hasOwn(secretKeys, type) && type.includes('docker')
      ? secretText(data, strings, secretKeys[type]![0]!)
      : undefined;
  if (config !== undefined && !isJsonObject(config))
    run.report('core', `${secretKeys[type]![0]!} is no JSON`, 'write {"auths": {…}}', 'data');
  if (
    type === 'kubernetes.io/service-account-token' &&
    isEmpty(object(object(body['metadata'])['annotations'])['kubernetes.io/service-account.name'])
  ) {
    run.report(
      'core',
      'a token says whose it is',
      'annotate kubernetes.io/service-account.name',
      'metadata',
      'annotations',
    );
  }
  checkSecretSize(data, strings, run);
}

function checkSecretSize(data: JsonObject, strings: JsonObject, run: Run): void {
  checkDataSize(
    { data64: Object.fromEntries(Object.entries(data).filter(([key]) => !(key in strings))), data: strings },
    ['data64', 'data'],
    run,
  );
}

function secretText(data: JsonObject, strings: JsonObject, key: string): string | undefined {
  const [plain, encoded] = [strings[key], data[key]];
  if (encoded === null && !(key in strings)) return '';
  if (key in strings) return typeof plain === 'string' ? plain : '';
  return typeof encoded === 'string' && isBase64(encoded)
    ? Buffer.from(encoded, 'base64').toString()
    : undefined;
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && !Array.isArray(value);
  } catch {
    return false;
  }
}

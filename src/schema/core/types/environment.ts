import type { JsonObject } from '../../../estate';
import { configKey, dnsLabel, dnsSubdomain, environmentName, labelKey } from '../../validate/names';
import { parseQuantity } from '../../validate/quantity';
import { show, type Run } from '../../validate/violation';
import * as rule from '../field-rules';
import { isEmpty, object, textOf } from '../field-rules';
import type { TypeRules } from '../type-rules';

const standardResources = /^(?:cpu|memory|ephemeral-storage|hugepages-.+)$/;

/** Whether a name is one of a resource that containers can have. */
function isResourceName(name: string): boolean {
  if (standardResources.test(name)) return true;
  return (
    name.includes('/') && labelKey(name) === undefined && (isNativeResource(name) || isExtendedResource(name))
  );
}

/** Whether a name is one that somebody gave to devices of theirs. */
export function isExtendedResource(name: string): boolean {
  return !isNativeResource(name) && !name.startsWith('requests.');
}

function isNativeResource(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}

/** Judges a map of amounts by resource. */
export function checkAmounts(resources: JsonObject, field: string, run: Run): void {
  const amounts = object(resources[field]);
  for (const [name, value] of Object.entries(amounts)) {
    if (!isResourceName(name))
      run.report(
        'core',
        `${name} is no resource`,
        'write cpu, memory, ephemeral-storage, or e.g. example.org/gpu',
        field,
        name,
      );
    const number = parseQuantity(value) ?? 0;
    if (number < 0) run.report('core', `${show(value)} is negative`, 'write e.g. 500m or 64Mi', field, name);
    if (isExtendedResource(name) && !Number.isInteger(number))
      run.report('core', `${name} comes in whole numbers`, 'write a whole number', field, name);
    const page = name.startsWith('hugepages-') ? (parseQuantity(name.slice('hugepages-'.length)) ?? 0) : 1;
    if (page !== 1 && number % page !== 0)
      run.report(
        'core',
        `${show(value)} is no multiple of a page of ${name}`,
        'write e.g. twice its size',
        field,
        name,
      );
  }
}

function checkResources(resources: JsonObject, run: Run): void {
  checkAmounts(resources, 'limits', run);
  checkAmounts(resources, 'requests', run);
  const limits = object(resources['limits']);
  const names = Object.keys({ ...limits, ...object(resources['requests']) });
  if (
    names.some((name) => name.startsWith('hugepages-')) &&
    !names.some((name) => /^(?:cpu|memory)$/.test(name))
  )
    run.report('core', 'huge pages need cpu or memory beside them', 'add memory', 'limits');
  for (const [name, request] of Object.entries(object(resources['requests']))) {
    const limit = limits[name];
    const isExact = isExtendedResource(name) || name.startsWith('hugepages-');
    if (limit === undefined && isExact)
      run.report('core', `${name} has no limit`, 'write a limit equal to the request', 'requests', name);
    if (limit === undefined) continue;
    const [most, wanted] = [parseQuantity(limit) ?? 0, parseQuantity(request) ?? 0];
    if (wanted > most)
      run.report(
        'core',
        `the request ${show(request)} is above the limit ${show(limit)}`,
        'raise the limit or lower the request',
        'requests',
        name,
      );
    else if (isExact && wanted !== most)
      run.report(
        'core',
        `the request of ${name} differs from its limit`,
        'write the same for both',
        'requests',
        name,
      );
  }
}

const reference: TypeRules = { required: ['name'], fields: { name: rule.text(dnsSubdomain, 'my-config') } };

const keyReference: TypeRules = {
  required: ['name'],
  fields: { key: rule.text(configKey, 'app.properties'), name: rule.text(dnsSubdomain, 'my-config') },
};

function checkValue(variable: JsonObject, run: Run): void {
  if (isEmpty(variable['value']) || !rule.isSet(variable['valueFrom'])) return;
  run.report('core', 'value and valueFrom exclude each other', 'keep one of them', 'valueFrom');
}

const fieldPath =
  /^(?:metadata\.(?:name|namespace|uid|(?:labels|annotations)\['[^']+'\])|spec\.(?:nodeName|serviceAccountName|host)|status\.(?:hostIP|hostIPs|podIP|podIPs))$/;

const volumeFieldPath =
  /^metadata\.(?:name|namespace|uid|labels|annotations|(?:labels|annotations)\['[^']+'\])$/;

function checkFieldRef(source: JsonObject, allowed: RegExp, whose: string, fix: string, run: Run): void {
  const path = object(source['fieldRef'])['fieldPath'];
  if (typeof path !== 'string' || path === '' || allowed.test(path)) return;
  run.report('core', `${path} is no field that ${whose} can have`, fix, 'fieldRef', 'fieldPath');
}

function checkSource(source: JsonObject, run: Run): void {
  checkFieldRef(source, fieldPath, 'a variable', 'write e.g. metadata.name or status.podIP', run);
}

function checkVolumeFile(file: JsonObject, run: Run): void {
  checkFieldRef(file, volumeFieldPath, 'a file', 'write e.g. metadata.labels', run);
  const resource = file['resourceFieldRef'];
  if (rule.isSet(resource) && isEmpty(object(resource)['containerName'])) {
    run.report(
      'core',
      'containerName is missing',
      'add the name of the container',
      'resourceFieldRef',
      'containerName',
    );
  }
}

const resourceFields = rule.shape(
  /^(?:limits|requests)\.(?:cpu|memory|ephemeral-storage|hugepages-.+)$/,
  'a limit or a request of cpu, memory or ephemeral-storage',
  'limits.cpu',
);

function checkDivisor(selector: JsonObject, run: Run): void {
  const divisor = selector['divisor'];
  const resource = textOf(selector['resource']);
  const number = parseQuantity(divisor ?? 0);
  if (!resource || number === undefined || number === 0) return;
  const allowed = resource.endsWith('.cpu')
    ? [0.001, 1]
    : [1, ...[1, 2, 3, 4, 5, 6].flatMap((power) => [1000 ** power, 1024 ** power])];
  if (allowed.includes(number)) return;
  run.report(
    'core',
    `${show(divisor)} cannot divide ${resource}`,
    resource.endsWith('.cpu') ? 'write 1m or 1' : 'write e.g. 1, 1k, 1Mi',
    'divisor',
  );
}

/** What containers are given: variables, files about themselves, and their share of a node. */
export const environmentTypes: { readonly [type: string]: TypeRules } = {
  'core.v1.EnvVar': { fields: { name: rule.text(environmentName, 'LOG_LEVEL') }, check: checkValue },
  'core.v1.EnvVarSource': {
    exactlyOne: ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'],
    check: checkSource,
  },
  'core.v1.EnvFromSource': {
    exactlyOne: ['configMapRef', 'secretRef'],
    fields: { prefix: rule.text(environmentName, 'APP_') },
  },
  'core.v1.FileKeySelector': {
    fields: {
      volumeName: rule.text(dnsLabel, 'data'),
      path: rule.noWayUp,
      key: rule.text(environmentName, 'LOG_LEVEL'),
    },
  },
  'core.v1.ConfigMapEnvSource': reference,
  'core.v1.SecretEnvSource': reference,
  'core.v1.ConfigMapKeySelector': keyReference,
  'core.v1.SecretKeySelector': keyReference,
  'core.v1.ObjectFieldSelector': { fields: { apiVersion: rule.values('v1') } },
  'core.v1.ResourceFieldSelector': { fields: { resource: resourceFields }, check: checkDivisor },
  'core.v1.ResourceRequirements': { check: checkResources },
  'core.v1.DownwardAPIVolumeFile': {
    exactlyOne: ['fieldRef', 'resourceFieldRef'],
    fields: { path: rule.innerPath, mode: rule.fileMode },
    check: checkVolumeFile,
  },
};

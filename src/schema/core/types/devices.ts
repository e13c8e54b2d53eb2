import type { Json, JsonObject } from '../../../estate';
import { dnsLabel, dnsSubdomain, type TextCheck } from '../../validate/names';
import { show, type Run } from '../../validate/violation';
import * as rule from '../field-rules';
import { asText, duplicate, isEmpty, objects, textOf } from '../field-rules';
import { checkMadeMetadata, type TypeRules } from '../type-rules';
import { expressionRule } from './admission';

/** A claim speaks of its requests in other places: by their names, with those of their alternatives. */
function checkClaim(claim: JsonObject, run: Run): void {
  const requests = objects(claim['requests']);
  const twice = duplicate(requests.map(({ name }) => textOf(name)));
  if (twice)
    run.report(
      'core',
      `two requests have the name ${twice.key}`,
      'rename one',
      'requests',
      twice.index,
      'name',
    );
  const known = new Set(requests.flatMap(namesOf));
  for (const field of ['constraints', 'config']) {
    objects(claim[field]).forEach((part, index) => {
      const named = Array.isArray(part['requests']) ? (part['requests'] as readonly Json[]) : [];
      const unknown = named.find((name) => !known.has(asText(name)));
      if (unknown !== undefined)
        run.report(
          'core',
          `there is no request ${show(unknown)}`,
          `write one of: ${[...known].join(', ')}`,
          field,
          index,
          'requests',
        );
    });
  }
}

function namesOf({ name, firstAvailable }: JsonObject): string[] {
  return [
    asText(name),
    ...objects(firstAvailable).map((choice) => `${asText(name)}/${asText(choice['name'])}`),
  ];
}

function checkRequest({ allocationMode, count }: JsonObject, run: Run): void {
  if (allocationMode === 'All' && !isEmpty(count) && count !== 0)
    run.report('core', 'all devices need no count', 'remove it', 'count');
  else if (typeof count === 'number' && count < 0)
    run.report('core', 'the count must be more than zero', 'write at least 1', 'count');
}

/** Domains of drivers may be in capitals. */
const domain: TextCheck = (text) => dnsSubdomain(text.toLowerCase());

const qualified: TextCheck = (text) =>
  /^[^/]+\/./.test(text) ? domain(text.split('/')[0]!) : 'must be a domain, a slash and a name';

const driver: TextCheck = (text) => (text.length > 63 ? 'is longer than 63 characters' : domain(text));

const named = { name: rule.text(dnsLabel, 'gpu') };

const request: TypeRules = {
  fields: { deviceClassName: rule.text(dnsSubdomain, 'gpu.example.org') },
  check: checkRequest,
};

/** What gives devices to pods. */
export const deviceTypes: { readonly [type: string]: TypeRules } = {
  'resource.v1.ResourceClaimTemplate': { optional: ['spec'] },
  'resource.v1.ResourceClaimTemplateSpec': { optional: ['spec'], check: checkMadeMetadata },
  'resource.v1.DeviceClaim': { check: checkClaim },
  'resource.v1.DeviceRequest': { fields: named, exactlyOne: ['exactly', 'firstAvailable'] },
  'resource.v1.ExactDeviceRequest': { ...request, required: ['deviceClassName'] },
  'resource.v1.DeviceSubRequest': { ...request, fields: { ...request.fields, ...named } },
  'resource.v1.DeviceSelector': { exactlyOne: ['cel'] },
  'resource.v1.CELDeviceSelector': { fields: { expression: expressionRule } },
  'resource.v1.DeviceConstraint': {
    exactlyOne: ['matchAttribute'],
    fields: { matchAttribute: rule.text(qualified, 'gpu.example.org/model') },
  },
  'resource.v1.DeviceClaimConfiguration': { exactlyOne: ['opaque'] },
  'resource.v1.DeviceClassConfiguration': { exactlyOne: ['opaque'] },
  'resource.v1.OpaqueDeviceConfiguration': { fields: { driver: rule.text(driver, 'gpu.example.org') } },
  'resource.v1.ResourcePool': { optional: ['generation', 'resourceSliceCount'] },
  'resource.v1.DeviceCapacity': { optional: ['value'] },
  'resource.v1.Counter': { optional: ['value'] },
};

import type { JsonObject } from '../../../estate';
import { dnsSubdomain } from '../../validate/names';
import { parseQuantity } from '../../validate/quantity';
import { show, type Run } from '../../validate/violation';
import { asText, isEmpty, isSet, object, objects, textOf } from '../field-rules';
import type { Placed } from './pods';

/** Judges what a pod asks of the system and the resources of its machine as a whole. */
export function checkSystem(pod: JsonObject, containers: readonly Placed[], run: Run): void {
  const system = textOf(object(pod['os'])['name']);
  if (system) checkForeign(pod, containers, system, run);
  checkSysctls(pod, run);
  checkAccount(pod, run);
  if (isSet(pod['resources'])) checkPodResources(pod, run);
}

const unknownToWindows = {
  pod: ['hostUsers', 'shareProcessNamespace', 'resources'],
  both: ['appArmorProfile', 'seLinuxOptions', 'seccompProfile', 'runAsUser', 'runAsGroup'],
  podContext: [
    'fsGroup',
    'fsGroupChangePolicy',
    'sysctls',
    'supplementalGroups',
    'supplementalGroupsPolicy',
    'seLinuxChangePolicy',
  ],
  containerContext: [
    'capabilities',
    'readOnlyRootFilesystem',
    'privileged',
    'allowPrivilegeEscalation',
    'procMount',
  ],
};

/** One system does not know the settings of another. */
function checkForeign(pod: JsonObject, containers: readonly Placed[], system: string, run: Run): void {
  const { pod: ofPod, both, podContext, containerContext } = unknownToWindows;
  const forbid = (
    value: JsonObject,
    fields: readonly string[],
    ...path: readonly (string | number)[]
  ): void => {
    for (const field of fields)
      if (!isEmpty(value[field]))
        run.report('core', `${field} is not for pods of ${system}`, 'remove it', ...path, field);
  };
  const isWindows = system === 'windows';
  const alone = ['windowsOptions'];
  if (isWindows) forbid(pod, [...ofPod, ...['hostPID', 'hostIPC'].filter((field) => pod[field] === true)]);
  forbid(object(pod['securityContext']), isWindows ? [...both, ...podContext] : alone, 'securityContext');
  for (const { container, path } of containers) {
    const fields = isWindows ? [...both, ...containerContext] : alone;
    forbid(object(container['securityContext']), fields, ...path, 'securityContext');
  }
}

const shared: readonly { readonly field: string; readonly sysctl: RegExp }[] = [
  { field: 'hostNetwork', sysctl: /^net[./]/ },
  { field: 'hostIPC', sysctl: /^(?:kernel[./](?:shm|msg|sem)|fs[./]mqueue[./])/ },
];

function checkSysctls(pod: JsonObject, run: Run): void {
  objects(object(pod['securityContext'])['sysctls']).forEach(({ name }, index) => {
    const host = shared.find(({ field, sysctl }) => pod[field] === true && sysctl.test(asText(name)));
    if (host)
      run.report(
        'core',
        `${show(name)} would be set for the whole machine`,
        `remove it, or ${host.field}`,
        'securityContext',
        'sysctls',
        index,
        'name',
      );
  });
}

/** The field's old name still counts where the new one is not there. */
function checkAccount(pod: JsonObject, run: Run): void {
  const name = isEmpty(pod['serviceAccountName']) ? textOf(pod['serviceAccount']) : undefined;
  const problem = name && dnsSubdomain(name);
  if (problem) run.report('core', `${show(name)} ${problem}`, 'write e.g. my-app', 'serviceAccount');
}

function checkPodResources(pod: JsonObject, run: Run): void {
  const resources = object(pod['resources']);
  if (!isEmpty(resources['claims']))
    run.report('core', 'claims are for containers', 'move them there', 'resources', 'claims');
  for (const field of ['limits', 'requests'])
    for (const name of Object.keys(object(resources[field])))
      if (!/^(?:cpu|memory|hugepages-.*)$/.test(name))
        run.report('core', `${name} is for containers`, 'move it there', 'resources', field, name);
  checkShares(pod, resources, run);
}

/** Containers cannot have more than their pod, neither together nor those that run first. */
function checkShares(pod: JsonObject, resources: JsonObject, run: Run): void {
  const [first, shares] = ['initContainers', 'containers'].map((field) =>
    objects(pod[field]).map((container) => object(container['resources'])),
  ) as [JsonObject[], JsonObject[]];
  for (const name of Object.keys(object(resources['limits']))) {
    const most = Math.max(...shares.map((share) => amountOf(share, 'limits', name)));
    if (most > amountOf(resources, 'limits', name))
      run.report('core', "a container's limit is above its pod's", 'raise it', 'resources', 'limits', name);
  }
  for (const name of Object.keys(object(resources['requests']))) {
    const together = shares.reduce((sum, share) => sum + requestOf(share, name), 0);
    const most = Math.max(together, ...first.map((share) => requestOf(share, name)));
    if (most > amountOf(resources, 'requests', name) * (1 + 1e-9))
      run.report(
        'core',
        'the containers request more than their pod',
        'raise it',
        'resources',
        'requests',
        name,
      );
  }
}

/** Without a request the limit counts. */
function requestOf(share: JsonObject, name: string): number {
  return amountOf(share, 'requests', name) || amountOf(share, 'limits', name);
}

function amountOf(share: JsonObject, field: string, name: string): number {
  return parseQuantity(object(share[field])[name]) ?? 0;
}

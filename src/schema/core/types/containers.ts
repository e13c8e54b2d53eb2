import type { Json, JsonObject } from '../../../estate';
import { configKey, dnsLabel, dnsSubdomain, environmentName, labelKey, portName } from '../../validate/names';
import { parseQuantity } from '../../validate/quantity';
import type { Run } from '../../validate/violation';
import * as rule from '../field-rules';
import { duplicate, isEmpty, object, objects, textOf } from '../field-rules';
import type { TypeRules } from '../type-rules';

const standardResources = /^(?:cpu|memory|ephemeral-storage|hugepages-.+)$/;

/** Whether a name is one of a resource that containers can have. */
function isResourceName(name: string): boolean {
  if (standardResources.test(name)) return true;
  return name.includes('/') && labelKey(name) === undefined && !name.startsWith('requests.') && !isNativeResource(name);
}

function isNativeResource(name: string): boolean {
  return !name.includes('/') || name.split('/')[0]!.endsWith('kubernetes.io');
}

/** Judges a map of amounts by resource. */
export function checkAmounts(resources: JsonObject, field: string, run: Run): void {
  const amounts = object(resources[field]);
  for (const [name, value] of Object.entries(amounts)) {
    if (!isResourceName(name)) run.report('core', `${name} is no resource`, 'write cpu, memory, ephemeral-storage, or e.g. example.org/gpu', field, name);
    const number = parseQuantity(value) ?? 0;
    if (number < 0) run.report('core', `${String(value)} is negative`, 'write e.g. 500m or 64Mi', field, name);
    if (name.includes('/') && !Number.isInteger(number)) run.report('core', `${name} comes in whole numbers`, 'write a whole number', field, name);
  }
}

function checkResources(resources: JsonObject, run: Run): void {
  checkAmounts(resources, 'limits', run);
  checkAmounts(resources, 'requests', run);
  const limits = object(resources['limits']);
  for (const [name, request] of Object.entries(object(resources['requests']))) {
    const limit = limits[name];
    const isExact = name.includes('/') || name.startsWith('hugepages-');
    if (limit === undefined && isExact) run.report('core', `${name} has no limit`, 'write a limit equal to the request', 'requests', name);
    if (limit === undefined) continue;
    const [most, wanted] = [parseQuantity(limit) ?? 0, parseQuantity(request) ?? 0];
    if (wanted > most) run.report('core', `the request ${String(request)} is above the limit ${String(limit)}`, 'raise the limit or lower the request', 'requests', name);
    else if (isExact && wanted !== most) run.report('core', `the request of ${name} differs from its limit`, 'write the same for both', 'requests', name);
  }
}

/** The names of the handlers that a probe or a hook can have. */
const handlers = ['exec', 'httpGet', 'tcpSocket', 'grpc'];

const reference: TypeRules = { required: ['name'], fields: { name: rule.text(dnsSubdomain, 'my-config') } };

const keyReference: TypeRules = {
  required: ['name'],
  fields: { key: rule.text(configKey, 'app.properties'), name: rule.text(dnsSubdomain, 'my-config') },
};

const portField: TypeRules = { fields: { port: rule.portOrName }, check: zeroPort };

/** For ports zero is not the same as absent. */
function zeroPort(value: JsonObject, run: Run): void {
  if (value['port'] === '') run.report('core', 'port is empty', 'write the number or name of a port', 'port');
}

function checkPorts(container: JsonObject, run: Run): void {
  const names = objects(container['ports']).map((entry) => textOf(entry['name']));
  const twice = duplicate(names);
  if (twice) run.report('core', `the port name ${twice.key} is there twice`, 'give each port its own name', 'ports', twice.index, 'name');
}

function checkMounts(container: JsonObject, run: Run): void {
  const mounts = objects(container['volumeMounts']);
  const twice = duplicate(mounts.map((mount) => textOf(mount['mountPath'])));
  if (twice) run.report('core', `two volumes are mounted at ${twice.key}`, 'mount each at its own path', 'volumeMounts', twice.index, 'mountPath');
  const isPrivileged = object(container['securityContext'])['privileged'] === true;
  mounts.forEach((mount, index) => {
    if (mount['mountPropagation'] !== 'Bidirectional' || isPrivileged) return;
    run.report('core', 'only privileged containers can have Bidirectional', 'write HostToContainer', 'volumeMounts', index, 'mountPropagation');
  });
}

function checkProbes(container: JsonObject, run: Run): void {
  for (const field of ['livenessProbe', 'startupProbe']) {
    const threshold = object(container[field])['successThreshold'];
    if (typeof threshold === 'number' && threshold > 1) run.report('core', 'successThreshold must be 1 here', 'write 1', field, 'successThreshold');
  }
  const grace = object(container['readinessProbe'])['terminationGracePeriodSeconds'];
  if (grace !== undefined && grace !== null) {
    run.report('core', 'a readiness probe never ends a container', 'remove it', 'readinessProbe', 'terminationGracePeriodSeconds');
  }
}

function checkRestartRules(container: JsonObject, run: Run): void {
  if (isEmpty(container['restartPolicyRules']) || !isEmpty(container['restartPolicy'])) return;
  run.report('core', 'restartPolicyRules need a restartPolicy', 'add restartPolicy', 'restartPolicy');
}

function checkContainer(container: JsonObject, run: Run): void {
  checkPorts(container, run);
  checkMounts(container, run);
  checkProbes(container, run);
  checkRestartRules(container, run);
}

function checkValue(variable: JsonObject, run: Run): void {
  if (isEmpty(variable['value']) || !rule.isSet(variable['valueFrom'])) return;
  run.report('core', 'value and valueFrom exclude each other', 'keep one of them', 'valueFrom');
}

const fieldPath = /^(?:metadata\.(?:name|namespace|uid|(?:labels|annotations)\['[^']+'\])|spec\.(?:nodeName|serviceAccountName|host)|status\.(?:hostIP|hostIPs|podIP|podIPs))$/;

const volumeFieldPath = /^metadata\.(?:name|namespace|uid|labels|annotations|(?:labels|annotations)\['[^']+'\])$/;

function checkSource(source: JsonObject, run: Run): void {
  const path = object(source['fieldRef'])['fieldPath'];
  if (typeof path === 'string' && path !== '' && !fieldPath.test(path)) {
    run.report('core', `${path} is no field that a variable can have`, 'write e.g. metadata.name or status.podIP', 'fieldRef', 'fieldPath');
  }
}

function checkVolumeFile(file: JsonObject, run: Run): void {
  const path = object(file['fieldRef'])['fieldPath'];
  if (typeof path === 'string' && path !== '' && !volumeFieldPath.test(path)) {
    run.report('core', `${path} is no field that a file can have`, 'write e.g. metadata.labels', 'fieldRef', 'fieldPath');
  }
  const resource = file['resourceFieldRef'];
  if (rule.isSet(resource) && isEmpty(object(resource)['containerName'])) {
    run.report('core', 'containerName is missing', 'add the name of the container', 'resourceFieldRef', 'containerName');
  }
}

const resourceFields = rule.shape(/^(?:limits|requests)\.(?:cpu|memory|ephemeral-storage|hugepages-.+)$/, 'a limit or a request of cpu, memory or ephemeral-storage', 'limits.cpu');

function checkDivisor(selector: JsonObject, run: Run): void {
  const divisor = selector['divisor'];
  const resource = textOf(selector['resource']);
  const number = parseQuantity(divisor ?? 0);
  if (!resource || number === undefined || number === 0) return;
  const allowed = resource.endsWith('.cpu') ? [0.001, 1] : [1, ...[1, 2, 3, 4, 5, 6].flatMap((power) => [1000 ** power, 1024 ** power])];
  if (allowed.includes(number)) return;
  run.report('core', `${String(divisor)} cannot divide ${resource}`, resource.endsWith('.cpu') ? 'write 1m or 1' : 'write e.g. 1, 1k, 1Mi', 'divisor');
}

function checkContainerSecurity(context: JsonObject, run: Run): void {
  if (context['allowPrivilegeEscalation'] !== false) return;
  const added = object(context['capabilities'])['add'];
  const adds = Array.isArray(added) && (added as readonly Json[]).some((name) => name === 'SYS_ADMIN' || name === 'CAP_SYS_ADMIN');
  if (context['privileged'] !== true && !adds) return;
  run.report('core', 'a container with all privileges cannot be kept from getting more', 'remove allowPrivilegeEscalation: false', 'allowPrivilegeEscalation');
}

/** A profile from a file needs the file, others must not have one. */
function checkProfile(profile: JsonObject, run: Run): void {
  const isLocal = profile['type'] === 'Localhost';
  if (isLocal && isEmpty(profile['localhostProfile'])) run.report('core', 'localhostProfile is missing', 'add the path of the profile', 'localhostProfile');
  if (!isLocal && rule.isSet(profile['localhostProfile'])) run.report('core', `localhostProfile is for the type Localhost alone`, 'remove it', 'localhostProfile');
}

const users = { runAsUser: rule.userId, runAsGroup: rule.userId, fsGroup: rule.userId, supplementalGroups: rule.each(rule.userId) };

const probeTimes = Object.fromEntries(
  ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'].map((field) => [field, rule.notNegative]),
);

/** The types that containers are made of. */
export const containerTypes: { readonly [type: string]: TypeRules } = {
  'core.v1.Container': {
    required: ['image'],
    fields: { name: rule.text(dnsLabel, 'main'), restartPolicy: rule.values('Always', 'OnFailure', 'Never') },
    neverEmpty: ['restartPolicy'],
    check: checkContainer,
  },
  'core.v1.ContainerPort': {

    fields: { containerPort: rule.port, hostPort: rule.range(0, 65_535), name: rule.text(portName, 'http') },
    check: (port, run) => {
      if (port['containerPort'] === 0) run.report('core', 'containerPort is missing', 'write a number from 1 to 65535', 'containerPort');
    },
  },
  'core.v1.ContainerResizePolicy': { fields: { resourceName: rule.values('cpu', 'memory'), restartPolicy: rule.values('NotRequired', 'RestartContainer') } },
  'core.v1.ContainerRestartRule': { required: ['action'], fields: { action: rule.values('Restart', 'RestartAllContainers') } },
  'core.v1.EnvVar': { fields: { name: rule.text(environmentName, 'LOG_LEVEL') }, check: checkValue },
  'core.v1.EnvVarSource': { exactlyOne: ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'], check: checkSource },
  'core.v1.EnvFromSource': { exactlyOne: ['configMapRef', 'secretRef'], fields: { prefix: rule.text(environmentName, 'APP_') } },
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
  'core.v1.Probe': { exactlyOne: handlers, fields: { ...probeTimes, terminationGracePeriodSeconds: rule.range(1, Infinity) } },
  'core.v1.LifecycleHandler': { exactlyOne: ['exec', 'httpGet', 'tcpSocket', 'sleep'] },
  'core.v1.SleepAction': { optional: ['seconds'], fields: { seconds: rule.notNegative } },
  'core.v1.ExecAction': { required: ['command'] },
  'core.v1.HTTPGetAction': portField,
  'core.v1.TCPSocketAction': portField,
  'core.v1.GRPCAction': { fields: { port: rule.port } },
  'core.v1.HTTPHeader': { optional: ['value'], fields: { name: rule.shape(/^[-A-Za-z0-9]+$/, 'letters, digits and hyphens', 'X-Header') } },
  'core.v1.VolumeMount': {
    fields: { subPath: rule.innerPath, subPathExpr: rule.innerPath, recursiveReadOnly: rule.values('Disabled', 'Enabled', 'IfPossible') },
    check: (mount, run) => {
      if (isEmpty(mount['subPath']) || isEmpty(mount['subPathExpr'])) return;
      run.report('core', 'subPath and subPathExpr exclude each other', 'keep one of them', 'subPathExpr');
    },
  },
  'core.v1.SecurityContext': { fields: { runAsUser: rule.userId, runAsGroup: rule.userId }, neverEmpty: ['procMount'], check: checkContainerSecurity },
  'core.v1.PodSecurityContext': {
    fields: { ...users, seLinuxChangePolicy: rule.values('MountOption', 'Recursive') },
    neverEmpty: ['fsGroupChangePolicy', 'supplementalGroupsPolicy'],
    check: (context, run) => {
      const twice = duplicate(objects(context['sysctls']).map((sysctl) => textOf(sysctl['name'])?.replaceAll('/', '.')));
      if (twice) run.report('core', `the sysctl ${twice.key} is there twice`, 'keep one of them', 'sysctls', twice.index);
    },
  },
  'core.v1.Sysctl': {
    optional: ['value'],
    fields: { name: rule.shape(/^(?=.{0,253}$)(?:[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/, 'the name of a sysctl', 'net.core.somaxconn') },
  },
  'core.v1.SeccompProfile': { check: checkProfile },
  'core.v1.AppArmorProfile': { check: checkProfile },
};

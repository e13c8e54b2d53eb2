import type { JsonObject } from '../../../estate';
import { dnsLabel, dnsSubdomain } from '../../validate/names';
import { show, type Run } from '../../validate/violation';
import * as rule from '../field-rules';
import { duplicate, isEmpty, isSet, object, objects, textOf } from '../field-rules';
import type { TypeRules } from '../type-rules';
import { checkAmounts } from './environment';
import { checkSystem } from './pod-system';
import { checkVolumes } from './pod-volumes';

/** A container and its place in the pod. */
export interface Placed {
  readonly container: JsonObject;
  readonly path: readonly [field: string, index: number];
}

/** The containers of a pod, with their places; those that run first come first. */
export function containersOf(pod: JsonObject): readonly Placed[] {
  return ['initContainers', 'containers'].flatMap((field) =>
    objects(pod[field]).map((container, index) => ({ container, path: [field, index] as const })),
  );
}

/**
 * Judges a pod by what takes more than one of its parts. Volumes can come from elsewhere too: a StatefulSet's claim
 * templates.
 */
export function checkPod(pod: JsonObject, run: Run, moreVolumes: readonly string[] = []): void {
  const containers = containersOf(pod);
  checkContainerNames(containers, run);
  checkVolumes(pod, containers, moreVolumes, run);
  checkHostPorts(pod, containers, run);
  checkDns(pod, run);
  checkNamespaces(pod, run);
  checkSystem(pod, containers, run);
  for (const placed of containers) {
    if (placed.path[0] === 'initContainers') checkInitContainer(placed, run);
    checkSleep(pod, placed, run);
    checkResize(pod, placed, run);
    checkProcMount(pod, placed, run);
    checkClaims(pod, placed, run);
  }
}

function checkContainerNames(containers: readonly Placed[], run: Run): void {
  const twice = duplicate(containers.map(({ container }) => textOf(container['name'])));
  if (twice)
    run.report(
      'core',
      `two containers have the name ${twice.key}`,
      'give each its own name',
      ...containers[twice.index]!.path,
      'name',
    );
}

function checkHostPorts(pod: JsonObject, containers: readonly Placed[], run: Run): void {
  const isHost = pod['hostNetwork'] === true;
  const seen = new Set<string>();
  for (const { container, path } of containers) {
    const isShort = path[0] === 'initContainers' && container['restartPolicy'] !== 'Always';
    objects(container['ports']).forEach(({ containerPort, hostPort, protocol, hostIP }, index) => {
      const taken = isEmpty(hostPort) || hostPort === 0 ? (isHost ? containerPort : undefined) : hostPort;
      if (isHost && taken !== containerPort)
        run.report(
          'core',
          'on the host network both ports are the same',
          'write the same number for both',
          ...path,
          'ports',
          index,
          'hostPort',
        );
      if (!isSet(taken) || isShort) return;
      const identity = `${show(textOf(protocol) ?? 'TCP')} ${show(hostIP ?? '')} ${show(taken)}`;
      if (seen.has(identity))
        run.report(
          'core',
          `the host's port ${show(taken)} is taken twice`,
          'take another one',
          ...path,
          'ports',
          index,
          'hostPort',
        );
      seen.add(identity);
    });
  }
}

function checkDns(pod: JsonObject, run: Run): void {
  if (pod['dnsPolicy'] !== 'None' || !isEmpty(object(pod['dnsConfig'])['nameservers'])) return;
  run.report(
    'core',
    'without a DNS policy a pod needs nameservers of its own',
    'add dnsConfig.nameservers',
    'dnsConfig',
    'nameservers',
  );
}

function checkNamespaces(pod: JsonObject, run: Run): void {
  if (pod['hostUsers'] === false) {
    for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) {
      if (pod[field] === true)
        run.report('core', `${field} needs the users of the host`, 'remove hostUsers: false', field);
    }
  }
  if (pod['hostPID'] === true && pod['shareProcessNamespace'] === true) {
    run.report(
      'core',
      "a pod's processes are with the host's or with each other's",
      'remove shareProcessNamespace',
      'shareProcessNamespace',
    );
  }
  if (isSet(pod['hostnameOverride']) && (pod['hostNetwork'] === true || pod['setHostnameAsFQDN'] === true)) {
    run.report(
      'core',
      "hostnameOverride excludes the host's network and setHostnameAsFQDN",
      'remove it',
      'hostnameOverride',
    );
  }
  if (!isEmpty(pod['ephemeralContainers']))
    run.report(
      'core',
      'ephemeral containers can only be added to a pod that runs',
      'remove them',
      'ephemeralContainers',
    );
}

/** A container that ends before the others start has no probes; one that goes on with them has. */
function checkInitContainer({ container, path }: Placed, run: Run): void {
  if (container['restartPolicy'] === 'Always') {
    if (!isEmpty(container['restartPolicyRules']))
      run.report('core', 'a sidecar has no restartPolicyRules', 'remove them', ...path, 'restartPolicyRules');
    return;
  }
  for (const field of ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle']) {
    if (isSet(container[field]))
      run.report(
        'core',
        `${field} is not for init containers`,
        'remove it, or write restartPolicy: Always',
        ...path,
        field,
      );
  }
}

function checkSleep(pod: JsonObject, { container, path }: Placed, run: Run): void {
  const grace =
    typeof pod['terminationGracePeriodSeconds'] === 'number' ? pod['terminationGracePeriodSeconds'] : 30;
  for (const hook of ['preStop', 'postStart']) {
    const seconds = object(object(object(container['lifecycle'])[hook])['sleep'])['seconds'];
    if (typeof seconds !== 'number' || seconds <= grace) continue;
    run.report(
      'core',
      `a sleep of ${seconds} s is longer than the ${grace} s that a pod has to end`,
      'raise terminationGracePeriodSeconds',
      ...path,
      'lifecycle',
      hook,
      'sleep',
      'seconds',
    );
  }
}

/** A container that never restarts cannot do so to change its size. */
function checkResize(pod: JsonObject, { container, path }: Placed, run: Run): void {
  if (pod['restartPolicy'] !== 'Never') return;
  if (objects(container['resizePolicy']).some(({ restartPolicy }) => restartPolicy === 'RestartContainer'))
    run.report('core', 'these containers never restart', 'write NotRequired', ...path, 'resizePolicy');
}

function checkProcMount(pod: JsonObject, { container, path }: Placed, run: Run): void {
  if (object(container['securityContext'])['procMount'] !== 'Unmasked' || pod['hostUsers'] === false) return;
  run.report(
    'core',
    'Unmasked needs users apart from the host',
    'add hostUsers: false',
    ...path,
    'securityContext',
    'procMount',
  );
}

function checkClaims(pod: JsonObject, { container, path }: Placed, run: Run): void {
  const known = new Set(objects(pod['resourceClaims']).map((claim) => claim['name']));
  objects(object(container['resources'])['claims']).forEach(({ name }, index) => {
    if (!known.has(name))
      run.report(
        'core',
        `there is no resource claim ${show(name)}`,
        'add it to resourceClaims',
        ...path,
        'resources',
        'claims',
        index,
        'name',
      );
  });
}

/** What a pod and its settings are made of. */
export const podTypes: { readonly [type: string]: TypeRules } = {
  'core.v1.PodSpec': {
    required: ['containers'],
    check: (pod, run) => checkAmounts(pod, 'overhead', run),
    fields: {
      activeDeadlineSeconds: rule.range(1, 2 ** 31 - 1),
      nodeSelector: rule.labels,
      nodeName: rule.text(dnsSubdomain, 'node-1'),
      hostname: rule.text(dnsLabel, 'my-host'),
      subdomain: rule.text(dnsLabel, 'my-service'),
      serviceAccountName: rule.text(dnsSubdomain, 'my-app'),
      priorityClassName: rule.text(dnsSubdomain, 'high'),
      runtimeClassName: rule.text(dnsSubdomain, 'gvisor'),
    },
  },
  'core.v1.PodTemplateSpec': { structs: ['spec'] },
  'core.v1.PodTemplate': { structs: ['template'] },
  'core.v1.PodDNSConfig': {
    fields: {
      nameservers: rule.both(rule.each(rule.ipAddress), rule.atMost(3)),
      searches: rule.both(
        rule.each(
          rule.shape(
            /^(?=.{0,254}$)(?:[a-z0-9_]([-a-z0-9_]*[a-z0-9_])?(\.[a-z0-9_]([-a-z0-9_]*[a-z0-9_])?)*\.?|\.)$/,
            'a DNS name',
            'svc.cluster.local',
          ),
        ),
        rule.atMost(32),
      ),
    },
  },
  'core.v1.PodDNSConfigOption': { required: ['name'] },
  'core.v1.HostAlias': {
    fields: { ip: rule.ipAddress, hostnames: rule.each(rule.text(dnsSubdomain, 'db.example.org')) },
  },
  'core.v1.PodReadinessGate': { fields: { conditionType: rule.key } },
  'core.v1.PodSchedulingGate': { fields: { name: rule.key } },
  'core.v1.PodOS': { fields: { name: rule.values('linux', 'windows') } },
  'core.v1.PodResourceClaim': {
    fields: {
      name: rule.text(dnsLabel, 'gpu'),
      resourceClaimName: rule.text(dnsSubdomain, 'my-gpu'),
      resourceClaimTemplateName: rule.text(dnsSubdomain, 'my-gpu'),
    },
    exactlyOne: ['resourceClaimName', 'resourceClaimTemplateName'],
  },
};

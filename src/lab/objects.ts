import { readFileSync } from 'node:fs';
import type { JsonObject } from '../estate';
import { hasBinary } from './binaries';
import { FLUX_NAMESPACE } from './components';
import { credentialPaths } from './credentials';
import { NETWORK, type LabPlan } from './plan';
import { STORAGE_CLASS, PROVISIONER } from './storage-class';

/** What a cluster has before anybody installs anything: as data, to be applied once the API server answers. */
export function baseObjects(plan: LabPlan): JsonObject[] {
  return [
    namespace(FLUX_NAMESPACE),
    storageClass(),
    ...dns(),
    ...(hasBinary('metrics-server') ? metrics(plan) : []),
  ];
}

/** The real nodes, known before their kubelets: the network of their pods is fixed. */
export function nodeObjects(plan: LabPlan): JsonObject[] {
  return plan.nodes.map(({ name, podCidr }) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name, 'topology.kubernetes.io/zone': name } },
    spec: { podCIDR: podCidr, podCIDRs: [podCidr] },
  }));
}

/** Nodes that kwok keeps Ready. Only what tolerates their taint lands on them. */
export function kwokObjects(plan: LabPlan): JsonObject[] {
  const capacity = { cpu: '32', memory: '256Gi', pods: '1000' };
  return plan.kwok.map((name) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      annotations: { 'kwok.x-k8s.io/node': 'fake' },
      labels: {
        type: 'kwok',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'topology.kubernetes.io/zone': name,
      },
    },
    spec:
      plan.nodes.length === 0
        ? {}
        : { taints: [{ key: 'kwok.x-k8s.io/node', value: 'fake', effect: 'NoSchedule' }] },
    status: { allocatable: capacity, capacity },
  }));
}

function namespace(name: string): JsonObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

function storageClass(): JsonObject {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: STORAGE_CLASS, annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: PROVISIONER,
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
  };
}

function dns(): JsonObject[] {
  const ports = [
    { name: 'dns', port: 53, protocol: 'UDP' },
    { name: 'dns-tcp', port: 53, protocol: 'TCP' },
  ];
  return hubService('kube-dns', ports, { clusterIP: NETWORK.dnsService });
}

function metrics({ folder }: LabPlan): JsonObject[] {
  const authority = readFileSync(credentialPaths(folder).authority).toString('base64');
  const service = { name: 'metrics-server', namespace: 'kube-system', port: 443 };
  const ports = [{ name: 'https', port: 443, targetPort: 4443, protocol: 'TCP' }];
  return [
    ...hubService('metrics-server', ports),
    {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: 'v1beta1.metrics.k8s.io' },
      spec: {
        group: 'metrics.k8s.io',
        version: 'v1beta1',
        groupPriorityMinimum: 100,
        versionPriority: 100,
        caBundle: authority,
        service,
      },
    },
  ];
}

interface Port {
  readonly [field: string]: string | number;
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
}

/** A Service without pods: its one endpoint is a program on the hub. */
function hubService(name: string, ports: readonly Port[], spec: JsonObject = {}): JsonObject[] {
  const metadata = { name, namespace: 'kube-system' };
  const endpoints = ports.map(({ name: port, port: number, targetPort = number, protocol }) => ({
    name: port,
    port: targetPort,
    protocol,
  }));
  return [
    { apiVersion: 'v1', kind: 'Service', metadata, spec: { ...spec, ports } },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { ...metadata, labels: { 'kubernetes.io/service-name': name } },
      addressType: 'IPv4',
      endpoints: [{ addresses: [NETWORK.hub], conditions: { ready: true } }],
      ports: endpoints,
    },
  ];
}

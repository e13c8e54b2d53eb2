import { join } from 'node:path';
import { credentialPaths } from '../credentials';
import { HUB, NETWORK, type LabPlan } from '../plan';
import { program } from './program';
import type { Component } from './types';

/** Where the API server answers. */
export const API_SERVER = `https://${NETWORK.hub}:${NETWORK.apiPort}`;

/** The data store, the API server and what makes a cluster of them. */
export function controlPlane(plan: LabPlan): Component[] {
  return [etcd(plan), apiServer(plan), controllerManager(plan), scheduler(plan)];
}

function etcd({ folder }: LabPlan): Component {
  const client = 'http://127.0.0.1:2379';
  const peer = 'http://127.0.0.1:2380';
  return {
    name: 'etcd',
    machine: HUB,
    after: ['machine hub', 'gateway'],
    command: program('etcd', {
      'data-dir': join(folder, 'etcd'),
      'listen-client-urls': client,
      'advertise-client-urls': client,
      'listen-peer-urls': peer,
      'initial-advertise-peer-urls': peer,
      'initial-cluster': `default=${peer}`,
      'unsafe-no-fsync': true,
      'quota-backend-bytes': 4 << 30,
      'log-level': 'warn',
    }),
    ready: { kind: 'http', url: `${client}/health` },
    seconds: 30,
  };
}

function apiServer({ folder }: LabPlan): Component {
  const pki = credentialPaths(folder);
  return {
    name: 'kube-apiserver',
    machine: HUB,
    after: ['etcd'],
    command: program('kube-apiserver', {
      'etcd-servers': 'http://127.0.0.1:2379',
      'bind-address': '0.0.0.0',
      'advertise-address': NETWORK.hub,
      'secure-port': NETWORK.apiPort,
      'client-ca-file': pki.authority,
      'tls-cert-file': pki.certificate('kube-apiserver'),
      'tls-private-key-file': pki.key('kube-apiserver'),
      'kubelet-client-certificate': pki.certificate('kubelet-client'),
      'kubelet-client-key': pki.key('kubelet-client'),
      'kubelet-certificate-authority': pki.authority,
      'kubelet-preferred-address-types': 'InternalIP',
      'service-account-issuer': 'https://kubernetes.default.svc.cluster.local',
      'service-account-key-file': pki.serviceAccountPublicKey,
      'service-account-signing-key-file': pki.serviceAccountKey,
      'requestheader-client-ca-file': pki.frontProxyAuthority,
      'requestheader-allowed-names': 'front-proxy-client',
      'requestheader-username-headers': 'X-Remote-User',
      'requestheader-group-headers': 'X-Remote-Group',
      'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
      'proxy-client-cert-file': pki.certificate('front-proxy-client'),
      'proxy-client-key-file': pki.key('front-proxy-client'),
      // The hub has no Service addresses: webhooks and aggregated APIs are reached at their pods.
      'enable-aggregator-routing': true,
      'authorization-mode': 'Node,RBAC',
      'enable-admission-plugins': 'NodeRestriction',
      'service-cluster-ip-range': NETWORK.serviceCidr,
      'endpoint-reconciler-type': 'master-count',
      'allow-privileged': true,
      profiling: false,
    }),
    ready: { kind: 'http', url: `${API_SERVER}/readyz` },
    seconds: 90,
  };
}

function controllerManager({ folder }: LabPlan): Component {
  const pki = credentialPaths(folder);
  return {
    name: 'kube-controller-manager',
    machine: HUB,
    after: ['kube-apiserver'],
    command: program('kube-controller-manager', {
      kubeconfig: pki.kubeconfig('kube-controller-manager'),
      'service-account-private-key-file': pki.serviceAccountKey,
      'root-ca-file': pki.authority,
      'cluster-signing-cert-file': pki.authority,
      'cluster-signing-key-file': pki.authorityKey,
      'use-service-account-credentials': true,
      'leader-elect': false,
      'node-monitor-period': '2s',
      'node-monitor-grace-period': '20s',
      'concurrent-deployment-syncs': 10,
      profiling: false,
    }),
    ready: { kind: 'http', url: 'https://127.0.0.1:10257/healthz' },
    seconds: 60,
  };
}

function scheduler({ folder }: LabPlan): Component {
  return {
    name: 'kube-scheduler',
    machine: HUB,
    after: ['kube-apiserver'],
    command: program('kube-scheduler', {
      kubeconfig: credentialPaths(folder).kubeconfig('kube-scheduler'),
      'leader-elect': false,
      profiling: false,
    }),
    ready: { kind: 'http', url: 'https://127.0.0.1:10259/healthz' },
    seconds: 60,
  };
}

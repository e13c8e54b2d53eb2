import { join } from 'node:path';
import { credentialPaths } from '../credentials';
import { DOMAIN, NETWORK, type LabPlan, type NodePlan } from '../plan';
import { cniFolder } from '../requirements';
import { PAUSE_IMAGE } from '../pause';
import { program } from './program';
import type { Component } from './types';

const CONTAINERD = '/run/containerd/containerd.sock';

/** The programs that make a machine a node, in the order in which they need each other. */
export function nodeComponents(plan: LabPlan, node: NodePlan): Component[] {
  return [containerd(plan, node), kubelet(plan, node), kubeProxy(plan, node), kubeRouter(plan, node)];
}

function containerd(plan: LabPlan, node: NodePlan): Component {
  const config = join(node.folder, 'containerd.toml');
  const registry = join(node.folder, 'registry');
  const network = join(node.folder, 'net.d');
  return {
    name: `${node.name}/containerd`,
    machine: node.name,
    after: [`machine ${node.name}`],
    command: ['containerd', `--config=${config}`],
    files: {
      [config]: containerdConfig(registry, network),
      [join(registry, '_default', 'hosts.toml')]: registryConfig(credentialPaths(plan.folder).authority),
      [join(network, '10-lab.conflist')]: JSON.stringify(networkConfig(node)),
    },
    ready: { kind: 'file', path: CONTAINERD },
    seconds: 30,
  };
}

/** Version 1.6 needs `restrict_oom_score_adj`: without it no sandbox starts in a namespace like ours. */
function containerdConfig(registry: string, network: string): string {
  return `version = 2
root = "/var/lib/containerd"
state = "/run/containerd"

[grpc]
  address = "${CONTAINERD}"

[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${PAUSE_IMAGE}"
  restrict_oom_score_adj = true

  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "${cniFolder()}"
    conf_dir = "${network}"

  [plugins."io.containerd.grpc.v1.cri".registry]
    config_path = "${registry}"

  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"

    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"

      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
        SystemdCgroup = false
`;
}

/** Every registry of the world is the lab's mirror. */
function registryConfig(authority: string): string {
  const mirror = `https://${NETWORK.hub}`;
  return `server = "${mirror}"\n\n[host."${mirror}"]\n  capabilities = ["pull", "resolve"]\n  ca = "${authority}"\n`;
}

/** Pods keep their own address on their way to other nodes: policies are about it. */
function networkConfig({ podCidr }: NodePlan): object {
  const ipam = { type: 'host-local', ranges: [[{ subnet: podCidr }]], routes: [{ dst: '0.0.0.0/0' }] };
  return {
    cniVersion: '0.4.0',
    name: 'lab',
    plugins: [
      { type: 'bridge', bridge: 'cni0', isGateway: true, ipMasq: false, hairpinMode: true, ipam },
      { type: 'portmap', capabilities: { portMappings: true } },
    ],
  };
}

function kubelet(plan: LabPlan, node: NodePlan): Component {
  const config = join(node.folder, 'kubelet.json');
  const pki = credentialPaths(plan.folder);
  return {
    name: `${node.name}/kubelet`,
    machine: node.name,
    after: [`${node.name}/containerd`, 'nodes registered'],
    command: program('kubelet', {
      config,
      kubeconfig: pki.kubeconfig(node.name),
      'hostname-override': node.name,
      'node-ip': node.address,
    }),
    files: { [config]: JSON.stringify(kubeletConfig(plan, node), undefined, 2) },
    ready: { kind: 'http', url: `http://${node.address}:10248/healthz` },
    seconds: 60,
  };
}

function kubeletConfig(plan: LabPlan, node: NodePlan): object {
  const pki = credentialPaths(plan.folder);
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address: node.address,
    healthzBindAddress: node.address,
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: pki.authority },
    },
    authorization: { mode: 'Webhook' },
    tlsCertFile: pki.certificate(node.name),
    tlsPrivateKeyFile: pki.key(node.name),
    containerRuntimeEndpoint: `unix://${CONTAINERD}`,
    cgroupDriver: 'cgroupfs',
    cgroupRoot: `/${node.cgroup}`,
    enforceNodeAllocatable: [],
    failCgroupV1: false,
    failSwapOn: false,
    clusterDNS: [NETWORK.dnsService],
    clusterDomain: DOMAIN,
    resolvConf: join(plan.folder, 'resolv.conf'),
    serializeImagePulls: false,
    maxPods: 200,
    // The disk is the whole machine's, however full somebody else has made it.
    evictionHard: { 'memory.available': '100Mi', 'nodefs.available': '1%', 'imagefs.available': '1%' },
    imageGCHighThresholdPercent: 100,
  };
}

function kubeProxy(plan: LabPlan, node: NodePlan): Component {
  return {
    name: `${node.name}/kube-proxy`,
    machine: node.name,
    after: [`machine ${node.name}`, 'nodes registered'],
    command: program('kube-proxy', {
      kubeconfig: credentialPaths(plan.folder).kubeconfig('kube-proxy'),
      'hostname-override': node.name,
      'proxy-mode': 'iptables',
      'cluster-cidr': NETWORK.podCidr,
      'conntrack-max-per-core': 0,
      'healthz-bind-address': `${node.address}:10256`,
      'metrics-bind-address': `${node.address}:10249`,
    }),
    ready: { kind: 'http', url: `http://${node.address}:10256/livez` },
    seconds: 60,
  };
}

/** Enforces NetworkPolicies; routes and Services are other programs' work. */
function kubeRouter(plan: LabPlan, node: NodePlan): Component {
  return {
    name: `${node.name}/kube-router`,
    machine: node.name,
    after: [`${node.name}/kube-proxy`],
    command: program('kube-router', {
      kubeconfig: credentialPaths(plan.folder).kubeconfig('admin'),
      'hostname-override': node.name,
      'run-router': false,
      'run-service-proxy': false,
      'run-firewall': true,
      'service-cluster-ip-range': NETWORK.serviceCidr,
    }),
    ready: { kind: 'http', url: `http://${node.address}:20244/healthz` },
    seconds: 60,
  };
}

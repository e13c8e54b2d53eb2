import { join } from 'node:path';
import { binaryFolder, hasBinary } from '../binaries';
import { credentialPaths } from '../credentials';
import { gatewaySocket } from '../gateway';
import { DOMAIN, HUB, NETWORK, type LabPlan } from '../plan';
import { kwok } from './kwok';
import { ownProgram, program } from './program';
import type { Component } from './types';

/** What stands beside the control plane: the door, names, the outside world's mirror, volumes, certificates. */
export function serviceComponents(plan: LabPlan): Component[] {
  const optional = [
    ...(hasBinary('metrics-server') ? [metricsServer(plan)] : []),
    ...(plan.kwok.length > 0 ? [kwok(plan), standIn(plan)] : []),
  ];
  return [gateway(plan), coredns(plan), mirror(plan), provisioner(plan), certManager(plan), ...optional];
}

function gateway(plan: LabPlan): Component {
  const socket = gatewaySocket(plan);
  return {
    name: 'gateway',
    machine: HUB,
    after: ['machine hub'],
    command: ownProgram('gateway', [socket]),
    ready: { kind: 'file', path: socket },
    seconds: 20,
  };
}

function coredns({ folder }: LabPlan): Component {
  const config = join(folder, 'Corefile');
  return {
    name: 'coredns',
    machine: HUB,
    after: ['kube-apiserver'],
    command: [join(binaryFolder(), 'coredns'), '-conf', config],
    files: { [config]: corefile(credentialPaths(folder).kubeconfig('admin')) },
    ready: { kind: 'http', url: `http://${NETWORK.hub}:8181/ready` },
    seconds: 60,
  };
}

/** Names of the cluster mean what they say; every other name in the world means the mirror. */
function corefile(kubeconfig: string): string {
  return `${DOMAIN} in-addr.arpa ip6.arpa {
  bind ${NETWORK.hub}
  errors
  ready ${NETWORK.hub}:8181
  kubernetes ${DOMAIN} in-addr.arpa ip6.arpa {
    kubeconfig ${kubeconfig} lab
    pods insecure
    ttl 5
  }
}

. {
  bind ${NETWORK.hub}
  errors
  template IN A . {
    answer "{{ .Name }} 5 IN A ${NETWORK.hub}"
  }
  template IN ANY . {
    rcode NOERROR
  }
}
`;
}

function mirror({ folder }: LabPlan): Component {
  return {
    name: 'mirror',
    machine: HUB,
    after: ['machine hub'],
    command: ownProgram('mirror', [folder, NETWORK.hub]),
    ready: { kind: 'tcp', host: NETWORK.hub, port: 443 },
    seconds: 30,
  };
}

function provisioner({ folder }: LabPlan): Component {
  return {
    name: 'provisioner',
    machine: HUB,
    after: ['objects'],
    command: ownProgram('provisioner', [folder]),
    ready: { kind: 'alive' },
    seconds: 20,
  };
}

/** Starts once somebody has installed the CRDs: they belong to the estate, not to the lab. */
function certManager({ folder }: LabPlan): Component {
  const kubeconfig = credentialPaths(folder).kubeconfig('admin');
  const kubectl = `${join(binaryFolder(), 'kubectl')} --kubeconfig=${kubeconfig}`;
  const crd = 'crd/certificates.cert-manager.io crd/clusterissuers.cert-manager.io';
  const script = [
    `until ${kubectl} wait --for=condition=Established ${crd} --timeout=60s >/dev/null 2>&1; do sleep 2; done`,
    `exec ${join(binaryFolder(), 'cert-manager')} --kubeconfig=${kubeconfig}`,
  ];
  return {
    name: 'cert-manager',
    machine: HUB,
    after: ['objects'],
    command: ['sh', '-c', script.join('\n')],
    ready: { kind: 'alive' },
    seconds: 20,
  };
}

/** Runs where there are nodes that pretend: without them nothing can be stood in for. */
function standIn({ folder }: LabPlan): Component {
  const port = 9443;
  return {
    name: 'stand-in',
    machine: HUB,
    after: ['objects'],
    command: ownProgram('stand-in', [folder, NETWORK.hub, String(port)]),
    ready: { kind: 'tcp', host: NETWORK.hub, port },
    seconds: 30,
  };
}

function metricsServer({ folder }: LabPlan): Component {
  const paths = credentialPaths(folder);
  const kubeconfig = paths.kubeconfig('admin');
  return {
    name: 'metrics-server',
    machine: HUB,
    after: ['objects'],
    command: program('metrics-server', {
      kubeconfig,
      'authentication-kubeconfig': kubeconfig,
      'authorization-kubeconfig': kubeconfig,
      'kubelet-certificate-authority': paths.authority,
      'kubelet-preferred-address-types': 'InternalIP',
      'tls-cert-file': paths.certificate('metrics-server'),
      'tls-private-key-file': paths.key('metrics-server'),
      'secure-port': 4443,
      'metric-resolution': '15s',
    }),
    ready: { kind: 'http', url: `https://${NETWORK.hub}:4443/livez` },
    seconds: 60,
  };
}

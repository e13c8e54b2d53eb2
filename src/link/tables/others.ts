import { type ReferenceTable, rows } from './row';
import { near, podParts, secret, secretKey } from './shapes';

const chaos = rows('spec', [
  ['**.remoteCluster', 'chaos-mesh.org/RemoteCluster', 'start'],
  ['**.awsChaos.secretName', 'Secret', 'start'],
  ['**.azureChaos.secretName', 'Secret', 'start'],
  ['**.gcpChaos.secretName', 'Secret', 'start'],
  ['**.tls.secretName', 'Secret', 'start', { namespace: 'secretNamespace' }],
  ...podParts,
]);
const remote = rows('spec', [['remoteCluster', 'chaos-mesh.org/RemoteCluster', 'start']]);
const ofCloud = [...remote, ...rows('spec', [secret('secretName')])];

const resourceSet = rows('spec', [
  ['dependsOn[].name', { kind: 'kind', group: 'apiVersion', otherwise: 'ConfigMap' }, 'runtime', near],
  [
    'inputsFrom[].name',
    { kind: 'kind', otherwise: 'fluxcd.controlplane.io/ResourceSetInputProvider' },
    'start',
  ],
  ['serviceAccountName', 'ServiceAccount', 'start'],
]);

/** Kinds of systems that refer to little else. */
export const otherReferences: ReferenceTable = {
  'chaos-mesh.org/AWSChaos': ofCloud,
  'chaos-mesh.org/AzureChaos': ofCloud,
  'chaos-mesh.org/GCPChaos': ofCloud,
  'chaos-mesh.org/HTTPChaos': [
    ...remote,
    ...rows('spec', [['tls.secretName', 'Secret', 'start', { namespace: 'secretNamespace' }]]),
  ],
  ...Object.fromEntries(
    ['BlockChaos', 'DNSChaos', 'IOChaos', 'JVMChaos', 'KernelChaos', 'NetworkChaos', 'PhysicalMachineChaos']
      .concat(['PodChaos', 'StressChaos', 'TimeChaos'])
      .map((kind) => [`chaos-mesh.org/${kind}`, remote]),
  ),
  'chaos-mesh.org/Schedule': chaos,
  'chaos-mesh.org/Workflow': chaos,
  'chaos-mesh.org/RemoteCluster': rows('spec', [secretKey('kubeConfig.secretRef', near)]),
  'policies.kyverno.io/PolicyException': rows('spec', [
    ['policyRefs[].name', { kind: 'kind', otherwise: 'policies.kyverno.io/ValidatingPolicy' }, 'runtime'],
  ]),
  'fluxcd.controlplane.io/FluxInstance': rows('spec', [
    secret('sync.pullSecret'),
    secret('distribution.artifactPullSecret'),
    secret('distribution.imagePullSecret', { optional: true }),
  ]),
  'fluxcd.controlplane.io/ResourceSet': resourceSet,
  'fluxcd.controlplane.io/ResourceSetInputProvider': rows('spec', [
    secret('secretRef.name'),
    secret('certSecretRef.name'),
    ['serviceAccountName', 'ServiceAccount', 'start'],
  ]),
  // Entries of Consul's own catalogue name services of Consul, not of Kubernetes.
  'consul.hashicorp.com/PeeringDialer': rows('spec', [secretKey('peer.secret')]),
  'consul.hashicorp.com/GatewayPolicy': rows('spec', [
    [
      'targetRef.name',
      { kind: 'kind', group: 'group', otherwise: 'gateway.networking.k8s.io/Gateway' },
      'runtime',
      near,
    ],
  ]),
};

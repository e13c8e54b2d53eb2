import { below, type KindFields, type ReferenceTable, rows, type ShortRow } from './row';
import { near, soft } from './shapes';

const kindOf = (otherwise: string): KindFields => ({ kind: 'kind', group: 'group', otherwise });

/** A Secret or ConfigMap with certificates. */
const certificate = (path: string): ShortRow => [`${path}.name`, kindOf('Secret'), 'runtime', near];

const backend: ShortRow = ['name', kindOf('Service'), 'runtime', near];

const filters: readonly ShortRow[] = [
  ['extensionRef.name', kindOf('gateway.envoyproxy.io/HTTPRouteFilter'), 'runtime'],
  ...below('requestMirror.backendRef', [backend]),
];

const parents: ShortRow = ['parentRefs[].name', kindOf('gateway.networking.k8s.io/Gateway'), 'runtime', near];

/** What every kind of route refers to. */
const route: readonly ShortRow[] = [parents, ...below('rules[].backendRefs[]', [backend])];

/** What routes with filters refer to. */
export const httpRoute: readonly ShortRow[] = [
  ...route,
  ...below('rules[].filters[]', filters),
  ...below('rules[].backendRefs[].filters[]', filters),
];

/** Where policies of any implementation say what they are for. */
export const policyTargets: readonly ShortRow[] = [
  ['targetRef.name', kindOf('gateway.networking.k8s.io/Gateway'), 'runtime'],
  ['targetRefs[].name', kindOf('gateway.networking.k8s.io/Gateway'), 'runtime'],
];

/** Gateway API. Classes come with the controller that serves them, often from nowhere that anybody can see. */
export const gatewayApiReferences: ReferenceTable = {
  'gateway.networking.k8s.io/GatewayClass': rows('spec', [
    ['parametersRef.name', kindOf('gateway.envoyproxy.io/EnvoyProxy'), 'start', near],
  ]),
  'gateway.networking.k8s.io/Gateway': rows('spec', [
    ['gatewayClassName', 'gateway.networking.k8s.io/GatewayClass', 'start', soft],
    ['infrastructure.parametersRef.name', kindOf('ConfigMap'), 'start'],
    certificate('listeners[].tls.certificateRefs[]'),
    certificate('tls.backend.clientCertificateRef'),
    certificate('tls.frontend.default.validation.caCertificateRefs[]'),
    certificate('tls.frontend.perPort[].tls.validation.caCertificateRefs[]'),
  ]),
  'gateway.networking.k8s.io/ListenerSet': rows('spec', [
    ['parentRef.name', kindOf('gateway.networking.k8s.io/Gateway'), 'runtime', near],
    certificate('listeners[].tls.certificateRefs[]'),
  ]),
  'gateway.networking.k8s.io/HTTPRoute': rows('spec', httpRoute),
  'gateway.networking.k8s.io/GRPCRoute': rows('spec', httpRoute),
  'gateway.networking.k8s.io/TLSRoute': rows('spec', route),
  'gateway.networking.k8s.io/TCPRoute': rows('spec', route),
  'gateway.networking.k8s.io/UDPRoute': rows('spec', route),
  'gateway.networking.k8s.io/BackendTLSPolicy': rows('spec', [
    ['targetRefs[].name', kindOf('Service'), 'runtime'],
    ['validation.caCertificateRefs[].name', kindOf('ConfigMap'), 'runtime'],
  ]),
};

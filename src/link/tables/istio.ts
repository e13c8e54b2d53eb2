import { policyTargets } from './gateway-api';
import { type ReferenceTable, rows, type ShortRow } from './row';
import { near, secret, soft } from './shapes';

/** A Service by its short name; whole host names are found in any text. */
const host = (path: string): ShortRow => [`${path}.host`, 'Service', 'runtime', soft];

/** `mesh` stands for all sidecars. */
const gateways = (path: string): ShortRow => [
  `${path}gateways[]`,
  'networking.istio.io/Gateway',
  'runtime',
  { except: ['mesh'] },
];

/** Secrets beside the gateway's pods, which may run in another namespace than its configuration. */
const credential = (path: string): ShortRow => secret(`${path}.credentialName`, soft);
const caCredential = (path: string): ShortRow => secret(`${path}.caCertCredentialName`, soft);

const account = (path: string): ShortRow => [path, 'ServiceAccount', 'runtime', soft];
const [targetRef, targetRefs] = policyTargets as readonly [ShortRow, ShortRow];

/** Istio. */
export const istioReferences: ReferenceTable = {
  'networking.istio.io/VirtualService': rows('spec', [
    gateways(''),
    gateways('http[].match[].'),
    gateways('tcp[].match[].'),
    gateways('tls[].match[].'),
    ...['http', 'tcp', 'tls'].map((list) => host(`${list}[].route[].destination`)),
    host('http[].mirror'),
    host('http[].mirrors[].destination'),
    ['http[].delegate.name', 'networking.istio.io/VirtualService', 'runtime', near],
  ]),
  'networking.istio.io/DestinationRule': rows('', [
    host('spec'),
    credential('spec.trafficPolicy.tls'),
    credential('spec.trafficPolicy.portLevelSettings[].tls'),
    credential('spec.subsets[].trafficPolicy.tls'),
    credential('spec.subsets[].trafficPolicy.portLevelSettings[].tls'),
  ]),
  'networking.istio.io/Gateway': rows('spec', [credential('servers[].tls'), caCredential('servers[].tls')]),
  'networking.istio.io/Sidecar': rows('spec', [credential('ingress[].tls'), caCredential('ingress[].tls')]),
  'networking.istio.io/ServiceEntry': rows('spec', [account('endpoints[].serviceAccount')]),
  'networking.istio.io/WorkloadEntry': rows('spec', [account('serviceAccount')]),
  'networking.istio.io/WorkloadGroup': rows('spec', [account('template.serviceAccount')]),
  'networking.istio.io/EnvoyFilter': rows('spec', [targetRefs]),
  'security.istio.io/AuthorizationPolicy': rows('spec', [targetRef, targetRefs]),
  'security.istio.io/RequestAuthentication': rows('spec', [targetRef, targetRefs]),
  'telemetry.istio.io/Telemetry': rows('spec', [targetRef, targetRefs]),
  'extensions.istio.io/WasmPlugin': rows('spec', [targetRef, targetRefs, secret('imagePullSecret')]),
  'extensions.istio.io/TrafficExtension': rows('spec', [targetRefs, secret('wasm.imagePullSecret')]),
};

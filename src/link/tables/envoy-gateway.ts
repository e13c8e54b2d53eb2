import { policyTargets } from './gateway-api';
import { type KindFields, type ReferenceTable, rows, type ShortRow } from './row';
import { near, podParts } from './shapes';

const kindOf = (otherwise: string): KindFields => ({ kind: 'kind', group: 'group', otherwise });

const secret = (path: string): ShortRow => [`${path}.name`, kindOf('Secret'), 'runtime', near];

/** What policies, filters and the proxy refer to, under the same names in all of them. */
const shared: readonly ShortRow[] = [
  ['**.backendRef.name', kindOf('Service'), 'runtime', near],
  ['**.backendRefs[].name', kindOf('Service'), 'runtime', near],
  ['**.valueRef.name', kindOf('Secret'), 'runtime', near],
  secret('**.caCertificateRef'),
  secret('**.caCertificateRefs[]'),
  secret('**.clientCertificateRef'),
  secret('**.crl.refs[]'),
  secret('**.pullSecretRef'),
];

const policy = rows('spec', [...policyTargets, ...shared]);

/** Envoy Gateway. */
export const envoyGatewayReferences: ReferenceTable = {
  'gateway.envoyproxy.io/Backend': rows('spec', shared),
  'gateway.envoyproxy.io/BackendTrafficPolicy': policy,
  'gateway.envoyproxy.io/ClientTrafficPolicy': policy,
  'gateway.envoyproxy.io/EnvoyExtensionPolicy': policy,
  'gateway.envoyproxy.io/EnvoyPatchPolicy': rows('spec', policyTargets.slice(0, 1)),
  'gateway.envoyproxy.io/EnvoyProxy': rows('spec', [...shared, ...podParts]),
  'gateway.envoyproxy.io/HTTPRouteFilter': rows('spec', shared),
  'gateway.envoyproxy.io/SecurityPolicy': [
    ...policy,
    ...rows('spec', [
      secret('apiKeyAuth.credentialRefs[]'),
      secret('basicAuth.users'),
      secret('oidc.clientIDRef'),
      secret('oidc.clientSecret'),
    ]),
  ],
};

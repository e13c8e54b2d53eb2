import { type More, type ReferenceTable, rows, type ShortRow } from './row';
import { secret, secretKey } from './shapes';

const issuer: ShortRow = [
  'issuerRef.name',
  { kind: 'kind', group: 'group', otherwise: 'cert-manager.io/Issuer' },
  'start',
];

/** The keys that a solver of ACME challenges needs; `acme.privateKeySecretRef` is written, not read. */
const dns01 = [
  'acmeDNS.accountSecretRef',
  'akamai.accessTokenSecretRef',
  'akamai.clientSecretSecretRef',
  'akamai.clientTokenSecretRef',
  'azureDNS.clientSecretSecretRef',
  'cloudDNS.serviceAccountSecretRef',
  'cloudflare.apiKeySecretRef',
  'cloudflare.apiTokenSecretRef',
  'digitalocean.tokenSecretRef',
  'rfc2136.tsigSecretSecretRef',
  'route53.accessKeyIDSecretRef',
  'route53.secretAccessKeySecretRef',
];

const vault = [
  'auth.appRole.secretRef',
  'auth.kubernetes.secretRef',
  'auth.tokenSecretRef',
  'caBundleSecretRef',
  'clientCertSecretRef',
  'clientKeySecretRef',
];

const issuerFields = (more: More): ShortRow[] => [
  secret('ca.secretName', more),
  secretKey('acme.externalAccountBinding.keySecretRef', more),
  ...dns01.map((field) => secretKey(`acme.solvers[].dns01.${field}`, more)),
  ['acme.solvers[].dns01.route53.auth.kubernetes.serviceAccountRef.name', 'ServiceAccount', 'start', more],
  [
    'acme.solvers[].http01.gatewayHTTPRoute.parentRefs[].name',
    { kind: 'kind', group: 'group', otherwise: 'gateway.networking.k8s.io/Gateway' },
    'runtime',
    { optional: true, namespace: 'namespace' },
  ],
  ...vault.map((field) => secretKey(`vault.${field}`, more)),
  secret('vault.auth.clientCertificate.secretName', more),
  ['vault.auth.kubernetes.serviceAccountRef.name', 'ServiceAccount', 'start', more],
  secretKey('venafi.cloud.apiTokenSecretRef', more),
  secret('venafi.tpp.credentialsRef.name', more),
  secretKey('venafi.tpp.caBundleSecretRef', more),
];

/** What makes cert-manager issue the certificates of an Ingress or Gateway. */
const annotations = rows('metadata.annotations', [
  ['"cert-manager.io/issuer"', 'cert-manager.io/Issuer', 'runtime'],
  ['"cert-manager.io/cluster-issuer"', 'cert-manager.io/ClusterIssuer', 'runtime'],
]);

/** The Secrets of ClusterIssuers are in cert-manager's own namespace, which it may be told to be another one. */
const own = { namespace: '=cert-manager', optional: true } as const;

/** cert-manager. */
export const certManagerReferences: ReferenceTable = {
  'cert-manager.io/Certificate': rows('spec', [
    issuer,
    secretKey('keystores.jks.passwordSecretRef'),
    secretKey('keystores.pkcs12.passwordSecretRef'),
  ]),
  'cert-manager.io/CertificateRequest': rows('spec', [issuer]),
  'cert-manager.io/Issuer': rows('spec', issuerFields({})),
  'cert-manager.io/ClusterIssuer': rows('spec', issuerFields(own)),
  'networking.k8s.io/Ingress': annotations,
  'gateway.networking.k8s.io/Gateway': annotations,
};

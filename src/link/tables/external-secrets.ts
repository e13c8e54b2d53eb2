import { below, type ReferenceTable, rows, type ShortRow } from './row';
import { near, secretKey } from './shapes';

const words = (text: string): string[] => text.split(/\s+/);

/** The fields that hold a key of a Secret in generators: each is a map of `name`, `key` and `namespace` there. */
const generatorKeys = words(
  `accessKeyIDSecretRef certSecretRef clientCert clientId clientSecret credConfig keySecretRef passwordSecret roleRef
  secretAccessKeySecretRef secretRef sessionTokenSecretRef token tokenSecretRef usernameSecret`,
);

/** The same in the providers of stores, besides. */
const storeKeys = words(
  `accessID accessKeyID accessKeySecretSecretRef accessToken accessType accessTypeParam apiKeyRef appId appSecret
  authRef authorizedKeySecretRef bearerToken clientCertRef clientCertificate clientKey clientKeyRef
  clientSecretSecretRef connectTokenSecretRef credentials dopplerToken fingerprint identityId jwt ldapPassword
  ldapUsername passcodeRef passwordSecretRef privateKey privateKeyPassphrase privateKeySecretRef privatekey region
  resource secretAccessKey secretApiKeySecretRef serviceAccountCredsSecretRef serviceAccountKeyFilePath
  serviceAccountSecretRef serviceAccountTokenPath tenancyId tenantId userId userRef`,
);

const key = (field: string): ShortRow => secretKey(`**.${field}`, near);

const provider: readonly ShortRow[] = [
  ...generatorKeys.map(key),
  ['**.caProvider.name', { kind: 'type', otherwise: 'Secret' }, 'start', { key: 'key', ...near }],
  ['**.serviceAccountRef.name', 'ServiceAccount', 'start', near],
];

/** The stores that run in a cluster take an account under a shorter name. */
const store = rows('spec.provider', [
  ...provider,
  ...storeKeys.map(key),
  ['**.auth.serviceAccount.name', 'ServiceAccount', 'start', near],
]);

const storeKind = { kind: 'kind', otherwise: 'external-secrets.io/SecretStore' } as const;
const generator: ShortRow = [
  'generatorRef.name',
  { kind: 'kind', group: 'apiVersion', otherwise: 'generators.external-secrets.io/Password' },
  'start',
];
const templates: readonly ShortRow[] = [
  ['templateFrom[].configMap.name', 'ConfigMap', 'start'],
  ['templateFrom[].secret.name', 'Secret', 'start'],
];

const externalSecret: readonly ShortRow[] = [
  ['secretStoreRef.name', storeKind, 'start'],
  ...['data[]', 'dataFrom[]'].flatMap((list) =>
    below(`${list}.sourceRef`, [['storeRef.name', storeKind, 'start'], generator]),
  ),
  ...below('target.template', templates),
];

const pushSecret: readonly ShortRow[] = [
  ['secretStoreRefs[].name', storeKind, 'start'],
  ['dataTo[].storeRef.name', storeKind, 'start'],
  ['selector.secret.name', 'Secret', 'start'],
  ...below('selector', [generator]),
  ...below('template', templates),
];

const generators = [
  'ACRAccessToken',
  'BeyondtrustWorkloadCredentialsDynamicSecret',
  'CloudsmithAccessToken',
  'ClusterGenerator',
  'ECRAuthorizationToken',
  'GCRAccessToken',
  'GithubAccessToken',
  'GitlabDeployToken',
  'QuayAccessToken',
  'STSSessionToken',
  'VaultDynamicSecret',
  'Webhook',
].map((kind) => [`generators.external-secrets.io/${kind}`, rows('spec', provider)] as const);

/** External Secrets. */
export const externalSecretsReferences: ReferenceTable = {
  'external-secrets.io/ExternalSecret': rows('spec', externalSecret),
  'external-secrets.io/ClusterExternalSecret': rows('spec.externalSecretSpec', externalSecret),
  'external-secrets.io/PushSecret': rows('spec', pushSecret),
  'external-secrets.io/ClusterPushSecret': rows('spec.pushSecretSpec', pushSecret),
  'external-secrets.io/SecretStore': store,
  'external-secrets.io/ClusterSecretStore': store,
  ...Object.fromEntries(generators),
  'generators.external-secrets.io/MFA': rows('spec', [secretKey('secret', near)]),
  'generators.external-secrets.io/Grafana': rows('spec', [
    secretKey('auth.token'),
    secretKey('auth.basic.password'),
  ]),
};

import { type KindFields, type ReferenceTable, rows, type ShortRow } from './row';
import { near } from './shapes';

const source = (otherwise: string): KindFields => ({
  kind: 'kind',
  otherwise: `source.toolkit.fluxcd.io/${otherwise}`,
});

const valuesFrom: ShortRow = [
  'valuesFrom[].name',
  { kind: 'kind', otherwise: 'ConfigMap' },
  'start',
  { key: 'valuesKey' },
];
const kubeConfig: readonly ShortRow[] = [
  ['kubeConfig.secretRef.name', 'Secret', 'start', { key: 'key' }],
  ['kubeConfig.configMapRef.name', 'ConfigMap', 'start'],
];
const certSecret: ShortRow = ['certSecretRef.name', 'Secret', 'start'];
const secret: ShortRow = ['secretRef.name', 'Secret', 'start'];
const proxySecret: ShortRow = ['proxySecretRef.name', 'Secret', 'start'];
const verifySecret: ShortRow = ['verify.secretRef.name', 'Secret', 'start'];
const account: ShortRow = ['serviceAccountName', 'ServiceAccount', 'start'];

/**
 * Shapes that most charts use for what somebody else makes. They are guesses: what they name is waited for where it
 * is there, and not missed where it is not, since the chart may make it.
 */
const values: readonly ShortRow[] = (
  [
    ['secretKeyRef.name', 'Secret'],
    ['configMapKeyRef.name', 'ConfigMap'],
    ['secretRef.name', 'Secret'],
    ['configMapRef.name', 'ConfigMap'],
    ['secretName', 'Secret'],
    ['existingSecret', 'Secret'],
    ['existingSecretName', 'Secret'],
    ['existingConfigMap', 'ConfigMap'],
    ['existingConfigmap', 'ConfigMap'],
    ['existingClaim', 'PersistentVolumeClaim'],
  ] as const
).map(([where, kind]) => [
  `values.**.${where}`,
  kind,
  'start',
  { optional: true, namespace: '/spec.targetNamespace' },
]);

/** The fields of Flux' kinds that name other objects. */
export const fluxReferences: ReferenceTable = {
  'kustomize.toolkit.fluxcd.io/Kustomization': rows('spec', [
    ['sourceRef.name', source('GitRepository'), 'runtime', near],
    ['dependsOn[].name', 'kustomize.toolkit.fluxcd.io/Kustomization', 'runtime', near],
    ['decryption.secretRef.name', 'Secret', 'start'],
    ['postBuild.substituteFrom[].name', { kind: 'kind', otherwise: 'ConfigMap' }, 'start'],
    ...kubeConfig,
    account,
  ]),
  'helm.toolkit.fluxcd.io/HelmRelease': rows('spec', [
    ['chartRef.name', source('OCIRepository'), 'runtime', near],
    ['chart.spec.sourceRef.name', source('HelmRepository'), 'runtime', near],
    ['dependsOn[].name', 'helm.toolkit.fluxcd.io/HelmRelease', 'runtime', near],
    valuesFrom,
    ...values,
    ...kubeConfig,
    account,
  ]),
  'source.toolkit.fluxcd.io/GitRepository': rows('spec', [
    secret,
    proxySecret,
    verifySecret,
    account,
    ['include[].repository.name', 'source.toolkit.fluxcd.io/GitRepository', 'runtime'],
  ]),
  'source.toolkit.fluxcd.io/OCIRepository': rows('spec', [
    secret,
    certSecret,
    proxySecret,
    verifySecret,
    ['verify.trustedRootSecretRef.name', 'Secret', 'start'],
    account,
  ]),
  'source.toolkit.fluxcd.io/HelmRepository': rows('spec', [secret, certSecret]),
  'source.toolkit.fluxcd.io/HelmChart': rows('spec', [
    ['sourceRef.name', source('HelmRepository'), 'runtime'],
    verifySecret,
  ]),
  'source.toolkit.fluxcd.io/Bucket': rows('spec', [
    secret,
    certSecret,
    proxySecret,
    account,
    ['sts.secretRef.name', 'Secret', 'start'],
    ['sts.certSecretRef.name', 'Secret', 'start'],
  ]),
  'source.extensions.fluxcd.io/ArtifactGenerator': rows('spec', [
    ['sources[].name', source('GitRepository'), 'runtime', near],
  ]),
  'notification.toolkit.fluxcd.io/Alert': rows('spec', [
    ['providerRef.name', 'notification.toolkit.fluxcd.io/Provider', 'runtime'],
  ]),
  'notification.toolkit.fluxcd.io/Provider': rows('spec', [secret, certSecret, proxySecret, account]),
  'notification.toolkit.fluxcd.io/Receiver': rows('spec', [secret]),
  'image.toolkit.fluxcd.io/ImageRepository': rows('spec', [secret, certSecret, proxySecret, account]),
  'image.toolkit.fluxcd.io/ImagePolicy': rows('spec', [
    ['imageRepositoryRef.name', 'image.toolkit.fluxcd.io/ImageRepository', 'runtime', near],
  ]),
  'image.toolkit.fluxcd.io/ImageUpdateAutomation': rows('spec', [
    ['sourceRef.name', source('GitRepository'), 'runtime', near],
    ['git.commit.signingKey.secretRef.name', 'Secret', 'start'],
  ]),
};

import { type KindFields, type ReferenceTable, rows, type ShortRow } from './row';

const source = (otherwise: string): KindFields => ({
  kind: 'kind',
  otherwise: `source.toolkit.fluxcd.io/${otherwise}`,
});
const near = { namespace: 'namespace' } as const;

const valuesFrom: ShortRow = [
  'valuesFrom[].name',
  { kind: 'kind', otherwise: 'ConfigMap' },
  'start',
  { key: 'valuesKey' },
];
const kubeConfig: ShortRow = ['kubeConfig.secretRef.name', 'Secret', 'start', { key: 'key' }];
const certSecret: ShortRow = ['certSecretRef.name', 'Secret', 'start'];
const secret: ShortRow = ['secretRef.name', 'Secret', 'start'];
const proxySecret: ShortRow = ['proxySecretRef.name', 'Secret', 'start'];
const verifySecret: ShortRow = ['verify.secretRef.name', 'Secret', 'start'];
const account: ShortRow = ['serviceAccountName', 'ServiceAccount', 'start'];

/** The fields of Flux' kinds that name other objects. */
export const fluxReferences: ReferenceTable = {
  'kustomize.toolkit.fluxcd.io/Kustomization': rows('spec', [
    ['sourceRef.name', source('GitRepository'), 'runtime', near],
    ['dependsOn[].name', 'kustomize.toolkit.fluxcd.io/Kustomization', 'runtime', near],
    ['decryption.secretRef.name', 'Secret', 'start'],
    ['postBuild.substituteFrom[].name', { kind: 'kind', otherwise: 'ConfigMap' }, 'start'],
    kubeConfig,
    account,
  ]),
  'helm.toolkit.fluxcd.io/HelmRelease': rows('spec', [
    ['chartRef.name', source('OCIRepository'), 'runtime', near],
    ['chart.spec.sourceRef.name', source('HelmRepository'), 'runtime', near],
    ['dependsOn[].name', 'helm.toolkit.fluxcd.io/HelmRelease', 'runtime', near],
    valuesFrom,
    kubeConfig,
    account,
  ]),
  'source.toolkit.fluxcd.io/GitRepository': rows('spec', [
    secret,
    proxySecret,
    verifySecret,
    ['include[].repository.name', 'source.toolkit.fluxcd.io/GitRepository', 'runtime'],
  ]),
  'source.toolkit.fluxcd.io/OCIRepository': rows('spec', [
    secret,
    certSecret,
    proxySecret,
    verifySecret,
    account,
  ]),
  'source.toolkit.fluxcd.io/HelmRepository': rows('spec', [secret, certSecret]),
  'source.toolkit.fluxcd.io/HelmChart': rows('spec', [
    ['sourceRef.name', source('HelmRepository'), 'runtime'],
    verifySecret,
  ]),
  'source.toolkit.fluxcd.io/Bucket': rows('spec', [secret, certSecret, proxySecret]),
  'notification.toolkit.fluxcd.io/Alert': rows('spec', [
    ['providerRef.name', 'notification.toolkit.fluxcd.io/Provider', 'runtime'],
  ]),
  'notification.toolkit.fluxcd.io/Provider': rows('spec', [secret, certSecret]),
  'notification.toolkit.fluxcd.io/Receiver': rows('spec', [secret]),
  'image.toolkit.fluxcd.io/ImageRepository': rows('spec', [secret, certSecret]),
  'image.toolkit.fluxcd.io/ImagePolicy': rows('spec', [
    ['imageRepositoryRef.name', 'image.toolkit.fluxcd.io/ImageRepository', 'runtime', near],
  ]),
  'image.toolkit.fluxcd.io/ImageUpdateAutomation': rows('spec', [
    ['sourceRef.name', source('GitRepository'), 'runtime', near],
  ]),
};

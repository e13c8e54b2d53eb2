import { httpRoute } from './gateway-api';
import { below, type ReferenceTable, rows, type ShortRow } from './row';
import { configMapKey, near, podParts, secret, secretKey } from './shapes';

const folder: ShortRow = ['folderRef', 'grafana.integreatly.org/GrafanaFolder', 'start'];

/** Where the JSON of a dashboard or panel comes from. */
const content: readonly ShortRow[] = [
  configMapKey('configMapRef'),
  secretKey('urlAuthorization.basicAuth.username'),
  secretKey('urlAuthorization.basicAuth.password'),
  secret('oci.pullSecretRef.name'),
  folder,
  ...podParts,
];

/** The Grafana operator. Which Grafanas something is for, a selector says. */
export const grafanaOperatorReferences: ReferenceTable = {
  'grafana.integreatly.org/Grafana': rows('spec', [
    secretKey('external.apiKey'),
    secretKey('external.adminUser'),
    secretKey('external.adminPassword'),
    secret('external.tls.certSecretRef.name', near),
    secret('client.tls.certSecretRef.name', near),
    ['persistentVolumeClaim.spec.storageClassName', 'storage.k8s.io/StorageClass', 'start'],
    ...below('httpRoute.spec', httpRoute),
    ['ingress.spec.ingressClassName', 'networking.k8s.io/IngressClass', 'runtime'],
    ['ingress.spec.tls[].secretName', 'Secret', 'runtime'],
    ...podParts,
  ]),
  'grafana.integreatly.org/GrafanaDashboard': rows('spec', content),
  'grafana.integreatly.org/GrafanaLibraryPanel': rows('spec', content),
  'grafana.integreatly.org/GrafanaDatasource': rows('spec', podParts),
  'grafana.integreatly.org/GrafanaContactPoint': rows('spec', podParts),
  'grafana.integreatly.org/GrafanaAlertRuleGroup': rows('spec', [folder]),
  'grafana.integreatly.org/GrafanaFolder': rows('spec', [
    ['parentFolderRef', 'grafana.integreatly.org/GrafanaFolder', 'start'],
  ]),
  'grafana.integreatly.org/GrafanaServiceAccount': rows('spec', [
    ['instanceName', 'grafana.integreatly.org/Grafana', 'start'],
  ]),
};

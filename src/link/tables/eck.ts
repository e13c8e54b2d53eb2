import { below, type ReferenceTable, rows, type ShortRow } from './row';
import { claim, near, podParts, secret } from './shapes';

/** Another system of the same operator, or a Secret that says how to reach one outside. */
const system = (field: string, kind: string): ShortRow[] => [
  [`${field}.name`, kind, 'start', near],
  secret(`${field}.secretName`),
  secret(`${field}.clientCertificateSecretName`),
];

const elasticsearch = 'elasticsearch.k8s.elastic.co/Elasticsearch';

/** What the systems of the stack refer to, under the same names in all of them. */
const stack: readonly ShortRow[] = [
  ...system('**.elasticsearchRef', elasticsearch),
  ...system('**.elasticsearchRefs[]', elasticsearch),
  ...system('**.kibanaRef', 'kibana.k8s.elastic.co/Kibana'),
  ...system('**.fleetServerRef', 'agent.k8s.elastic.co/Agent'),
  ...system('**.enterpriseSearchRef', 'enterprisesearch.k8s.elastic.co/EnterpriseSearch'),
  ['**.packageRegistryRef.name', 'packageregistry.k8s.elastic.co/PackageRegistry', 'start', near],
  secret('**.configRef.secretName'),
  secret('**.pipelinesRef.secretName'),
  secret('**.secureSettings[].secretName'),
  secret('**.tls.certificate.secretName'),
  ['**.tls.certificateAuthorities.configMapName', 'ConfigMap', 'start'],
  ...below('**.volumeClaimTemplates[].spec', claim),
  ...podParts,
];

const kinds = [
  'agent.k8s.elastic.co/Agent',
  'apm.k8s.elastic.co/ApmServer',
  'beat.k8s.elastic.co/Beat',
  'enterprisesearch.k8s.elastic.co/EnterpriseSearch',
  'kibana.k8s.elastic.co/Kibana',
  'logstash.k8s.elastic.co/Logstash',
  'maps.k8s.elastic.co/ElasticMapsServer',
  'packageregistry.k8s.elastic.co/PackageRegistry',
].map((kind) => [kind, rows('spec', stack)] as const);

/** Elastic Cloud on Kubernetes. */
export const eckReferences: ReferenceTable = {
  ...Object.fromEntries(kinds),
  'elasticsearch.k8s.elastic.co/Elasticsearch': rows('spec', [
    ...stack,
    secret('auth.fileRealm[].secretName'),
    secret('auth.roles[].secretName'),
  ]),
  'autoscaling.k8s.elastic.co/ElasticsearchAutoscaler': rows('spec', [
    ['elasticsearchRef.name', elasticsearch, 'start'],
  ]),
  'stackconfigpolicy.k8s.elastic.co/StackConfigPolicy': rows('spec', [
    secret('secureSettings[].secretName'),
    secret('elasticsearch.secureSettings[].secretName'),
    secret('elasticsearch.secretMounts[].secretName'),
    secret('kibana.secureSettings[].secretName'),
  ]),
};

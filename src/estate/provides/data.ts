import { makes, type ProvidesTable, secretWith } from './row';

const credentials = 'username user password dbname host port pgpass uri jdbc-uri fqdn-uri fqdn-jdbc-uri';

/** The systems that keep or move data. */
export const dataProvides: ProvidesTable = {
  'kafka.strimzi.io/Kafka': [
    ...makes(
      'Service',
      '{name}-kafka-bootstrap',
      '{name}-kafka-brokers',
      '{name}-kafka-{spec.kafka.listeners[].name}-bootstrap',
    ),
    { kind: 'Service', name: '{name}-cruise-control', when: 'spec.cruiseControl' },
    secretWith('{name}-cluster-ca-cert', 'ca.crt ca.p12 ca.password'),
    secretWith('{name}-clients-ca-cert', 'ca.crt ca.p12 ca.password'),
    ...makes('Secret', '{name}-cluster-ca', '{name}-clients-ca'),
    ...makes('ServiceAccount', '{name}-kafka', '{name}-entity-operator'),
  ],
  'kafka.strimzi.io/KafkaUser': [
    secretWith('{name}', 'ca.crt user.crt user.key user.p12 user.password password sasl.jaas.config'),
  ],
  'kafka.strimzi.io/KafkaConnect': [
    ...makes('Service', '{name}-connect-api', '{name}-connect'),
    ...makes('ServiceAccount', '{name}-connect'),
  ],
  'kafka.strimzi.io/KafkaMirrorMaker2': [
    ...makes('Service', '{name}-mirrormaker2-api', '{name}-mirrormaker2'),
    ...makes('ServiceAccount', '{name}-mirrormaker2'),
  ],
  'kafka.strimzi.io/KafkaBridge': [
    ...makes('Service', '{name}-bridge-service'),
    ...makes('ServiceAccount', '{name}-bridge'),
  ],
  'access.strimzi.io/KafkaAccess': makes('Secret', '{spec.secretName|name}'),
  'postgresql.cnpg.io/Cluster': [
    ...makes('Service', '{name}-rw', '{name}-ro', '{name}-r'),
    ...makes('Service', '{spec.managed.services.additional[].serviceTemplate.metadata.name}'),
    secretWith('{name}-app', credentials),
    { ...secretWith('{name}-superuser', credentials), when: 'spec.enableSuperuserAccess' },
    secretWith('{name}-ca', 'ca.crt ca.key'),
    secretWith('{name}-server', 'tls.crt tls.key'),
    secretWith('{name}-replication', 'tls.crt tls.key'),
    ...makes('ServiceAccount', '{name}'),
  ],
  'postgresql.cnpg.io/Pooler': [...makes('Service', '{name}'), ...makes('ServiceAccount', '{name}')],
  'registry.apicur.io/ApicurioRegistry3': makes('Service', '{name}-app-service', '{name}-ui-service'),
  // A stream as NATS knows it, which is what consumers and mirrors name.
  'jetstream.nats.io/Stream': makes('jetstream.nats.io/Stream', '{spec.name}'),
  'elasticsearch.k8s.elastic.co/Elasticsearch': [
    ...makes('Service', '{name}-es-http', '{name}-es-internal-http', '{name}-es-transport'),
    ...makes('Service', '{name}-es-{spec.nodeSets[].name}'),
    secretWith('{name}-es-elastic-user', 'elastic'),
    secretWith('{name}-es-http-certs-public', 'ca.crt tls.crt'),
    secretWith('{name}-es-transport-certs-public', 'ca.crt'),
    ...makes('Secret', '{name}-es-http-certs-internal'),
  ],
  'kibana.k8s.elastic.co/Kibana': [
    ...makes('Service', '{name}-kb-http'),
    secretWith('{name}-kb-http-certs-public', 'ca.crt tls.crt'),
  ],
  'apm.k8s.elastic.co/ApmServer': [
    ...makes('Service', '{name}-apm-http'),
    secretWith('{name}-apm-token', 'secret-token'),
    secretWith('{name}-apm-http-certs-public', 'ca.crt tls.crt'),
  ],
  'agent.k8s.elastic.co/Agent': [
    ...makes('Service', '{name}-agent-http'),
    secretWith('{name}-agent-http-certs-public', 'ca.crt tls.crt'),
  ],
  'logstash.k8s.elastic.co/Logstash': makes('Service', '{name}-ls-api', '{name}-ls-{spec.services[].name}'),
  'maps.k8s.elastic.co/ElasticMapsServer': makes('Service', '{name}-ems-http'),
  'enterprisesearch.k8s.elastic.co/EnterpriseSearch': makes('Service', '{name}-ent-http'),
  'flink.apache.org/FlinkDeployment': makes('Service', '{name}-rest', '{name}'),
};

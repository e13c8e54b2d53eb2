import { nack } from '../imports/charts/nack';
import { strimziKafkaOperator } from '../imports/charts/strimzi-kafka-operator';

/** The version of Kafka, with an operator and without. */
export const kafkaVersion = '4.3.1';

/** Every version of somebody else's software, in one place. */
export const charts = {
  nack,
  strimzi: strimziKafkaOperator,
};

/** The images of what runs without a chart. */
export const images = {
  consul: 'hashicorp/consul:1.21.0',
  kafka: `apache/kafka:${kafkaVersion}`,
  nack: 'natsio/jetstream-controller:0.23.0',
  nats: 'nats:2.15.2-alpine',
  postgres: 'postgres:15',
  zookeeper: 'zookeeper:3.9.5',
};

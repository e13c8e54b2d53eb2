import { strimziKafkaOperator } from '../imports/charts/strimzi-kafka-operator';

/** Every version of somebody else's software, in one place. */
export const charts = {
  strimzi: strimziKafkaOperator,
};

/** The version of Kafka that the operator runs. */
export const kafkaVersion = '4.3.1';

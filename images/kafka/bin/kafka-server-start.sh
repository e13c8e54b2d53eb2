#!/bin/bash
# kafka-server-start.sh server.properties [--override property=value …]
if [[ $# -lt 1 ]]; then
  echo "Usage: kafka-server-start.sh server.properties [--override property=value …]" >&2
  exit 2
fi
here="$(dirname "${BASH_SOURCE[0]}")"
export KAFKA_LOG4J_OPTS="${KAFKA_LOG4J_OPTS:--Dlog4j2.configurationFile=/etc/kafka/docker/log4j2.yaml}"
export KAFKA_HEAP_OPTS="${KAFKA_HEAP_OPTS:--Xmx1G -Xms1G}"
exec "$here/kafka-run-class.sh" -name kafkaServer -loggc kafka.Kafka "$@"

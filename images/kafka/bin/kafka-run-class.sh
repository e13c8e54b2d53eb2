#!/bin/bash
# kafka-run-class.sh [-daemon|-name NAME|-loggc …] CLASS [argument …], with the environment that Kafka's own script reads.
home="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
logs="${LOG_DIR:-$home/logs}"
[[ -d "$logs" ]] || mkdir -p "$logs" 2>/dev/null

gc=()
while [[ "$1" == -* ]]; do
  case "$1" in
    -name) name="$2"; shift 2 ;;
    -loggc)
      [[ -n "$KAFKA_GC_LOG_OPTS" ]] || gc=("-Xlog:gc*:file=$logs/${name:-kafka}-gc.log:time,tags:filecount=10,filesize=100M")
      shift
      ;;
    *) echo "kafka-run-class.sh does not know $1 here" >&2; exit 2 ;;
  esac
done

performance="${KAFKA_JVM_PERFORMANCE_OPTS:--server -XX:+UseG1GC -XX:MaxGCPauseMillis=20 -XX:InitiatingHeapOccupancyPercent=35 -Djava.awt.headless=true}"
logging="${KAFKA_LOG4J_OPTS:--Dlog4j2.configurationFile=/etc/kafka/docker/tools-log4j2.yaml}"
# shellcheck disable=SC2086 # the options are words
exec java ${KAFKA_HEAP_OPTS:--Xmx256M} $performance "${gc[@]}" $KAFKA_GC_LOG_OPTS $KAFKA_JMX_OPTS \
  "-Dkafka.logs.dir=$logs" $logging -cp "${CLASSPATH:+$CLASSPATH:}$home/libs/*" $KAFKA_OPTS "$@"

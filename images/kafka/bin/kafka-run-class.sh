#!/bin/bash
# kafka-run-class.sh [-name NAME] [-loggc] CLASS [argument …], with the environment that Kafka's own script reads.
home="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
logs="${LOG_DIR:-$home/logs}"
[[ -d "$logs" ]] || mkdir -p "$logs" 2>/dev/null

# A tool runs for a moment: compiling it well would take longer than running it.
performance="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
gc=()
while [[ "$1" == -* ]]; do
  case "$1" in
    -name) name="$2"; shift 2 ;;
    -loggc)
      performance="-server -XX:+UseG1GC -XX:MaxGCPauseMillis=20 -XX:InitiatingHeapOccupancyPercent=35"
      [[ -n "$KAFKA_GC_LOG_OPTS" ]] || gc=("-Xlog:gc*:file=$logs/${name:-kafka}-gc.log:time,tags:filecount=10,filesize=100M")
      shift
      ;;
    *) echo "kafka-run-class.sh does not know $1 here" >&2; exit 2 ;;
  esac
done

logging="${KAFKA_LOG4J_OPTS:--Dlog4j2.configurationFile=/etc/kafka/docker/tools-log4j2.yaml}"
# shellcheck disable=SC2086 # the options are words
exec java ${KAFKA_HEAP_OPTS:--Xmx256M} ${KAFKA_JVM_PERFORMANCE_OPTS:-$performance} "${gc[@]}" $KAFKA_GC_LOG_OPTS $KAFKA_JMX_OPTS \
  -Djava.awt.headless=true "-Dkafka.logs.dir=$logs" $logging -cp "${CLASSPATH:+$CLASSPATH:}$home/libs/*" $KAFKA_OPTS "$@"

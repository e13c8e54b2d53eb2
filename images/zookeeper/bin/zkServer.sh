#!/bin/bash
# zkServer.sh start-foreground | status | version
. "$(dirname "${BASH_SOURCE[0]}")/zkEnv.sh"
config="$ZOOCFGDIR/$ZOOCFG"
if [[ -n "$2" ]]; then config="$2"; fi

case "$1" in
  start-foreground)
    # shellcheck disable=SC2086 # the flags are words
    exec java "-Dzookeeper.log.dir=${ZOO_LOG_DIR:-/logs}" -XX:+HeapDumpOnOutOfMemoryError -XX:+ExitOnOutOfMemoryError \
      $JVMFLAGS $SERVER_JVMFLAGS org.apache.zookeeper.server.quorum.QuorumPeerMain "$config"
    ;;
  status)
    port="$(sed -n -e 's/^server\..*;\(.*:\)\{0,1\}\([0-9][0-9]*\)$/\2/p' -e 's/^clientPort=//p' "$config" | tail -n 1)"
    mode="$(echo srvr | nc -w 5 localhost "${port:-2181}" | grep '^Mode:')" || { echo 'It is not serving.' >&2; exit 1; }
    echo "$mode"
    ;;
  version)
    exec java $JVMFLAGS org.apache.zookeeper.version.VersionInfoMain
    ;;
  *)
    echo "Usage: zkServer.sh start-foreground|status|version [configuration]" >&2
    exit 2
    ;;
esac

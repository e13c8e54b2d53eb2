#!/bin/bash
# zkCli.sh [-server host:port] [command …]
. "$(dirname "${BASH_SOURCE[0]}")/zkEnv.sh"
# shellcheck disable=SC2086 # the flags are words
exec java $JVMFLAGS $CLIENT_JVMFLAGS org.apache.zookeeper.ZooKeeperMain "$@"

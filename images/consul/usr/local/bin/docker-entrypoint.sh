#!/bin/sh
# `agent …` and options alone are for consul; an agent keeps its data and finds its configuration below /consul.
set -e

address() {
  ip -o -4 addr list "$1" | sed -n 's/.* inet \([0-9.]*\).*/\1/p' | head -n 1
}

case "$1" in
  -*) set -- consul agent "$@" ;;
  agent | catalog | event | exec | info | join | keygen | keyring | kv | leave | lock | members | monitor | operator | \
    reload | rtt | snapshot | tls | validate | version | watch) set -- consul "$@" ;;
esac

if [ "$1" = consul ] && [ "$2" = agent ]; then
  shift 2
  [ -z "$CONSUL_LOCAL_CONFIG" ] || printf '%s\n' "$CONSUL_LOCAL_CONFIG" > /consul/config/local.json
  [ -z "$CONSUL_CLIENT_INTERFACE" ] || set -- "-client=$(address "$CONSUL_CLIENT_INTERFACE")" "$@"
  [ -z "$CONSUL_BIND_INTERFACE" ] || set -- "-bind=$(address "$CONSUL_BIND_INTERFACE")" "$@"
  set -- consul agent -data-dir=/consul/data -config-dir=/consul/config "$@"
fi

exec dumb-init "$@"

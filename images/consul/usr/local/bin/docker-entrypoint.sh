#!/bin/sh
# Consul's own commands need not be called by its name; an agent keeps its data and finds its configuration below /consul.
set -e

address() {
  ip -o -4 addr list "$1" | sed -n 's/.* inet \([0-9.]*\).*/\1/p' | head -n 1
}

case "$1" in
  agent)
    shift
    [ -z "$CONSUL_LOCAL_CONFIG" ] || printf '%s\n' "$CONSUL_LOCAL_CONFIG" > /consul/config/local.json
    [ -z "$CONSUL_CLIENT_INTERFACE" ] || set -- "-client=$(address "$CONSUL_CLIENT_INTERFACE")" "$@"
    [ -z "$CONSUL_BIND_INTERFACE" ] || set -- "-bind=$(address "$CONSUL_BIND_INTERFACE")" "$@"
    set -- consul agent -data-dir=/consul/data -config-dir=/consul/config "$@"
    ;;
  -* | acl | catalog | config | debug | event | exec | force-leave | info | intention | join | keygen | keyring | kv | \
    leave | lock | login | logout | maint | members | monitor | operator | peering | reload | resource | rtt | \
    services | snapshot | tls | validate | version | watch)
    set -- consul "$@"
    ;;
esac

exec dumb-init "$@"

#!/bin/sh
# Options alone are for the server.
set -e
case "$1" in
  -*) set -- nats-server "$@" ;;
esac
exec "$@"

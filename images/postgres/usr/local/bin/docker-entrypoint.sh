#!/bin/bash
# Make the database cluster on the first start, run /docker-entrypoint-initdb.d, then run the command.
set -eo pipefail

# file_env NAME: take NAME from the file that NAME_FILE names.
file_env() {
  local file="$1_FILE"
  if [[ -n "${!1}" && -n "${!file}" ]]; then
    echo "$1 and $file are both set: set one" >&2
    exit 1
  fi
  if [[ -n "${!file}" ]]; then export "$1=$(< "${!file}")"; fi
}

initialize() {
  if [[ -z "$POSTGRES_PASSWORD" && "$POSTGRES_HOST_AUTH_METHOD" != trust ]]; then
    echo "POSTGRES_PASSWORD (or POSTGRES_PASSWORD_FILE) is not set: the superuser needs a password" >&2
    exit 1
  fi
  # shellcheck disable=SC2086 # the arguments are words
  initdb --username="$POSTGRES_USER" --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD") $POSTGRES_INITDB_ARGS
  echo "listen_addresses = '*'" >> "$PGDATA/postgresql.conf"
  echo "host all all all ${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}" >> "$PGDATA/pg_hba.conf"
}

query() {
  psql --no-psqlrc --set=ON_ERROR_STOP=1 --no-password --username="$POSTGRES_USER" "$@"
}

populate() {
  if [[ "$POSTGRES_DB" != postgres ]]; then
    echo 'CREATE DATABASE :"name"' | query --dbname=postgres --set=name="$POSTGRES_DB"
  fi
  local file
  for file in /docker-entrypoint-initdb.d/*; do
    case "$file" in
      *.sh) if [[ -x "$file" ]]; then "$file"; else . "$file"; fi ;;
      *.sql) query --dbname="$POSTGRES_DB" --file="$file" ;;
      *.sql.gz) gunzip -c "$file" | query --dbname="$POSTGRES_DB" ;;
    esac
  done
}

if [[ "$1" == -* ]]; then set -- postgres "$@"; fi

if [[ "$1" == postgres && ! -s "$PGDATA/PG_VERSION" ]]; then
  for name in POSTGRES_PASSWORD POSTGRES_USER POSTGRES_DB POSTGRES_INITDB_ARGS; do file_env "$name"; done
  export POSTGRES_USER="${POSTGRES_USER:-postgres}"
  export POSTGRES_DB="${POSTGRES_DB:-$POSTGRES_USER}"
  mkdir -p "$PGDATA"
  chmod 0700 "$PGDATA" 2> /dev/null || true
  initialize
  # Only over its socket: nobody connects before the scripts have run.
  PGUSER="$POSTGRES_USER" pg_ctl --wait --silent --options="-c listen_addresses=''" start
  populate
  PGUSER="$POSTGRES_USER" pg_ctl --wait --mode=fast --silent stop
  unset POSTGRES_PASSWORD
fi

exec "$@"

import type { ImageDefinition } from '../types';
import { labels, userland } from './parts';

/** Debian's PostgreSQL 15, as `docker.io/library/postgres`. */
export function postgres(reference: string, version: string): ImageDefinition {
  const bin = '/usr/lib/postgresql/15/bin';
  return {
    reference,
    layers: [
      userland,
      { kind: 'debian', packages, without, drop },
      { kind: 'folder', from: 'images/postgres', to: '' },
    ],
    config: {
      user: { name: 'postgres', uid: 999, gid: 999, home: '/home/postgres' },
      entrypoint: ['docker-entrypoint.sh'],
      command: ['postgres'],
      environment: {
        LANG: 'C.UTF-8',
        PATH: `${bin}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
        PGDATA: '/var/lib/postgresql/data',
        PG_MAJOR: '15',
      },
      ports: ['5432/tcp'],
      volumes: ['/var/lib/postgresql/data'],
      folders: ['/var/run/postgresql', '/docker-entrypoint-initdb.d'],
      stopSignal: 'SIGINT',
      ...labels('postgres', version),
    },
  };
}

/** `libc-bin` has the locale C.UTF-8. */
const packages = ['bash', 'libc-bin', 'postgresql-15', 'postgresql-client-15'];

/** Just-in-time compilation would bring LLVM, 110 MB; the others only manage clusters of a whole machine. */
const without = [
  'krb5-locales',
  'libllvm14',
  'locales',
  'postgresql-client-common',
  'postgresql-common',
  'ssl-cert',
];

const drop = [
  'usr/lib/postgresql/15/lib/bitcode',
  'usr/lib/postgresql/15/lib/llvmjit.so',
  'usr/lib/postgresql/15/lib/llvmjit_types.bc',
];

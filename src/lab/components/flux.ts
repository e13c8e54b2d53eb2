import { join } from 'node:path';
import { credentialPaths } from '../credentials';
import { HUB, type LabPlan } from '../plan';
import { program, type Flags } from './program';
import type { Component } from './types';

/** The namespace that Flux's own objects live in. */
export const FLUX_NAMESPACE = 'flux-system';

const ARTIFACTS = '127.0.0.1:19090';

/** With the defaults a few units that never get healthy hold up all others. */
const SETTINGS: Flags = {
  concurrent: 20,
  'requeue-dependency': '5s',
  'feature-gates': 'CancelHealthCheckOnNewRevision=true',
};

/** Flux's controllers, as processes beside the cluster that trust the lab's own authority and ask its DNS. */
export function fluxComponents(plan: LabPlan): Component[] {
  const storage = join(plan.folder, 'flux');
  return [
    controller(plan, 'source-controller', 19091, {
      concurrent: 10,
      'storage-path': storage,
      'storage-addr': ARTIFACTS,
      'storage-adv-addr': ARTIFACTS,
    }),
    controller(plan, 'kustomize-controller', 19093, SETTINGS),
    controller(plan, 'helm-controller', 19095, SETTINGS),
  ];
}

function controller(plan: LabPlan, name: string, port: number, flags: Flags): Component {
  const paths = credentialPaths(plan.folder);
  const health = `127.0.0.1:${port + 1}`;
  return {
    name,
    machine: HUB,
    after: ['objects', 'coredns', 'mirror'],
    command: program(name, {
      'watch-all-namespaces': true,
      'log-level': 'info',
      'log-encoding': 'json',
      'events-addr': '',
      'metrics-addr': `127.0.0.1:${port}`,
      'health-addr': health,
      ...flags,
    }),
    env: {
      KUBECONFIG: paths.kubeconfig('admin'),
      RUNTIME_NAMESPACE: FLUX_NAMESPACE,
      SSL_CERT_FILE: paths.authority,
    },
    ready: { kind: 'http', url: `http://${health}/readyz` },
    seconds: 60,
  };
}

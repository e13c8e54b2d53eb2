import type { ApiObject } from 'cdk8s';
import type { JsonObject } from '../../src/estate';
import { READY_AFTER } from '../../src/lab';

/** What an `ApiObject` is made of. */
export type Manifest = ConstructorParameters<typeof ApiObject>[2];

/** What a Deployment of a test may be told. */
export interface Pods {
  readonly replicas?: number;
  readonly container?: JsonObject;
  readonly pod?: JsonObject;
  /** How long its pods take to get Ready on a pretended node: `3s`, `never`. */
  readonly readyAfter?: string;
}

/** A Deployment of pods that sleep. */
export function deployment(name: string, { replicas = 1, container, pod, readyAfter }: Pods = {}): Manifest {
  const labels = { app: name };
  const containers = [{ name: 'main', image: 'busybox:1.36', command: ['sleep', '100000'], ...container }];
  const annotations = readyAfter === undefined ? {} : { [READY_AFTER]: readyAfter };
  const template = {
    metadata: { labels, annotations },
    spec: { terminationGracePeriodSeconds: 0, containers, ...pod },
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { replicas, selector: { matchLabels: labels }, template },
  };
}

/** A Service in front of the Deployment of its name. */
export function service(name: string): Manifest {
  const spec = { selector: { app: name }, ports: [{ name: 'http', port: 80 }] };
  return { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec };
}

/** A ConfigMap with one text. */
export function configMap(name: string, text: string): Manifest {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { text } };
}

/** A container's environment that names a Service: who has it needs whoever answers. */
export function talksTo(service: string, namespace: string): JsonObject {
  return { env: [{ name: 'URL', value: `http://${service}.${namespace}.svc:80` }] };
}

import { type ReferenceTable, rows } from './row';
import { near, podParts, secret } from './shapes';

const scaler = {
  kind: 'kind',
  group: 'apiVersion',
  otherwise: 'autoscaling/HorizontalPodAutoscaler',
} as const;

/** Flagger and k6: what lets a new version in, and what loads it. */
export const deliveryReferences: ReferenceTable = {
  'flagger.app/Canary': rows('spec', [
    ['targetRef.name', { kind: 'kind', group: 'apiVersion', otherwise: 'apps/Deployment' }, 'start'],
    ['autoscalerRef.name', scaler, 'start'],
    [
      'ingressRef.name',
      { kind: 'kind', group: 'apiVersion', otherwise: 'networking.k8s.io/Ingress' },
      'start',
    ],
    [
      'routeRef.name',
      { kind: 'kind', group: 'apiVersion', otherwise: 'gateway.networking.k8s.io/HTTPRoute' },
      'start',
    ],
    [
      'upstreamRef.name',
      { kind: 'kind', group: 'apiVersion', otherwise: 'gateway.networking.k8s.io/HTTPRoute' },
      'start',
      near,
    ],
    ['analysis.metrics[].templateRef.name', 'flagger.app/MetricTemplate', 'runtime', near],
    ['analysis.alerts[].providerRef.name', 'flagger.app/AlertProvider', 'runtime', near],
    ['service.gateways[]', 'networking.istio.io/Gateway', 'runtime', { except: ['mesh'] }],
    [
      'service.gatewayRefs[].name',
      { kind: 'kind', group: 'group', otherwise: 'gateway.networking.k8s.io/Gateway' },
      'runtime',
      near,
    ],
    [
      'service.mirror[].backendRef.name',
      { kind: 'kind', group: 'group', otherwise: 'Service' },
      'runtime',
      near,
    ],
  ]),
  'flagger.app/MetricTemplate': rows('spec', [secret('provider.secretRef.name')]),
  'flagger.app/AlertProvider': rows('spec', [secret('secretRef.name')]),
  'k6.io/TestRun': rows('spec', [
    ['script.configMap.name', 'ConfigMap', 'start', { key: 'file' }],
    ['script.volumeClaim.name', 'PersistentVolumeClaim', 'start'],
    ...podParts,
  ]),
  'k6.io/PrivateLoadZone': rows('spec', [
    secret('token'),
    secret('config.secrets[].secretRef.name'),
    ['config.secrets[].configMapRef.name', 'ConfigMap', 'start'],
    ...podParts,
  ]),
};

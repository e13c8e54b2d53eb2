'use strict';

/** The objects of chart number `chart`, half Deployments and half Services, as plain data: the same for everybody. */
exports.objectsOf = (chart, charts, count) =>
  Array.from({ length: count }, (_, index) =>
    index % 2 === 0 ? deployment(chart, charts, index, count > 1) : service(chart, index - 1),
  );

/** How many charts and objects were asked for. */
exports.size = () => {
  const [charts, objects] = [Number(process.env.BENCH_CHARTS), Number(process.env.BENCH_OBJECTS)];
  return { charts, each: Math.max(1, Math.round(objects / charts)) };
};

/** The first one of a chart calls the first one of the next chart, where charts have Services. */
function deployment(chart, charts, index, hasServices) {
  const app = `app-${index}`;
  const upstream = `chart-${(chart + 1) % charts}-app-0.space-${((chart + 1) % charts) % 50}.svc.cluster.local`;
  const probe = {
    httpGet: { path: '/health', port: 'http' },
    periodSeconds: 10,
    timeoutSeconds: 3,
    failureThreshold: 3,
  };
  const container = {
    name: 'main',
    image: `registry.example.com/team/${app}:1.${chart}.0`,
    imagePullPolicy: 'IfNotPresent',
    ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
    env: [
      { name: 'LOG_LEVEL', value: 'info' },
      { name: 'UPSTREAM', value: hasServices && index === 0 && chart < charts - 1 ? upstream : 'none' },
      { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
    ],
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    livenessProbe: probe,
    readinessProbe: { ...probe, httpGet: { path: '/ready', port: 'http' } },
    volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
  };
  const spec = {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    terminationGracePeriodSeconds: 30,
    containers: [container],
    volumes: [{ name: 'tmp', emptyDir: {} }],
  };
  const labels = { app, chart: `chart-${chart}` };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `chart-${chart}-${app}`, labels },
    spec: { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  };
}

function service(chart, index) {
  const labels = { app: `app-${index}`, chart: `chart-${chart}` };
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `chart-${chart}-app-${index}`, labels },
    spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }] },
  };
}

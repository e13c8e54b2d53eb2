import { expect, test } from '@jest/globals';
import { describe as called } from '../../src/estate';
import type { LiveObject } from '../../src/lab';
import { recordedEstate } from './estate';
import { causeOf, condition, live, recorded, statusOf } from './support';

const estate = recordedEstate();
const late = statusOf(recorded.late, estate);

test.each([
  ['Deployment a/never', 'Pending', /it is Pending on kwok-1/, undefined],
  [
    'Deployment b/crash',
    'CrashLoopBackOff',
    /ended with 3: cannot read settings/,
    'spec.template.spec.containers[0]',
  ],
  [
    'Deployment b/nosecret',
    'CreateContainerConfigError',
    /secret "db-pass" not found/,
    'spec.template.spec.containers[0]',
  ],
  [
    'Deployment b/nomount',
    'FailedMount',
    /volume "x" : secret "tls-x" not found/,
    'spec.template.spec.volumes',
  ],
  [
    'Deployment b/unready',
    'Unhealthy',
    /Readiness probe failed: no leader/,
    'spec.template.spec.containers[0].readinessProbe',
  ],
  [
    'Deployment b/nosa',
    'FailedCreate',
    /serviceaccount "nobody" not found/,
    'spec.template.spec.serviceAccountName',
  ],
  ['Deployment b/big', 'Unschedulable', /1 Insufficient cpu/, 'spec.template.spec.containers[0].resources'],
  ['Service c/refused', 'ReconciliationFailed', /port is not in the valid range/, 'spec.ports[0].nodePort'],
  ['Job c/migrate', 'CrashLoopBackOff', /container main: ended with 4/, 'spec.template.spec.containers[0]'],
  ['OCIRepository d/podinfo', 'OCIArtifactPullFailed', /MANIFEST_UNKNOWN/, 'spec.url'],
  ['HelmChart d/d-app', 'InvalidChartReference', /failed to get chart version/, 'spec.chart'],
  ['HelmRelease d/typo', 'InstallFailed', /additional properties 'bad' not allowed/, 'spec.values'],
  ['Deployment d/slow', 'Pending', /it is Pending on kwok-1/, undefined],
])('in a real cluster %s is a root cause: %s', (object, reason, message, path) => {
  const cause = causeOf(late, object);
  expect(cause?.finding).toMatchObject({ rule: reason, severity: 'error', cluster: 'rec' });
  expect(cause?.finding.message).toMatch(message);
  expect(cause?.finding.path).toBe(path);
});

test('every Kustomization and release that is not Ready is there for the sake of a root cause, and is none itself', () => {
  const kinds = late.causes.map(({ finding }) => finding.object?.kind);
  expect(kinds).not.toContain('Kustomization');
  const stopped = late.causes.flatMap(({ stops }) => stops.map(({ object }) => object));
  for (const unit of ['never', 'waiter', 'crash', 'nosa', 'refused', 'job', 'release', 'helmrepo'])
    expect(stopped).toContain(`Kustomization flux-system/${unit}`);
  expect(late).toMatchObject({ cluster: 'rec', isReady: false, units: { total: 18, ready: 2 } });
});

test('what waits for another unit waits for what is broken in that', () => {
  const objects = causeOf(late, 'Deployment a/never')?.stops.map(({ object }) => object);
  expect(objects).toEqual(['Kustomization flux-system/never', 'Kustomization flux-system/waiter']);
});

test('a cause has the line that made it; what a release made has the line of the release', () => {
  const [frame] = causeOf(late, 'Deployment b/crash')?.finding.origin?.frames ?? [];
  expect(frame?.file).toMatch(/test\/status\/estate\.ts$/);
  const made = causeOf(late, 'Deployment d/slow')?.finding.origin;
  expect(made?.construct).toBe(
    estate.objects.find(({ kind, name }) => kind === 'HelmRelease' && name === 'slow')?.origin.construct,
  );
});

test('what comes from elsewhere and is missing is to be brought, and the reason says by whom', () => {
  expect(causeOf(late, 'Deployment b/nosecret')?.finding.fix).toBe(
    'bring Secret b/db-pass: it comes from elsewhere (the vault has it)',
  );
});

test('as long as nobody has given up, what may still come is a note', () => {
  const early = statusOf(recorded.early, estate);
  const severities = [
    'Deployment a/never',
    'Deployment b/unready',
    'Deployment b/crash',
    'Deployment b/nosa',
  ].map((object) => causeOf(early, object)?.finding.severity);
  expect(severities).toEqual(['note', 'note', 'error', 'error']);
  expect(early.isReady).toBe(false);
});

/** The recorded state, with another status of one pod. */
function withPod(name: string, status: object): readonly LiveObject[] {
  return recorded.late.map((object) =>
    object.kind === 'Pod' && object.metadata.name.startsWith(`${name}-`)
      ? { ...object, status: status as never }
      : object,
  );
}

test('an image that cannot be pulled is blamed on the line of the image', () => {
  const waiting = { reason: 'ImagePullBackOff', message: 'Back-off pulling image' };
  const containers = [{ name: 'main', image: 'registry.example.com/nope:1.0.0', state: { waiting } }];
  const status = statusOf(withPod('pull', { phase: 'Pending', containerStatuses: containers }), estate);
  expect(causeOf(status, 'Deployment b/pull')?.finding).toMatchObject({
    rule: 'ImagePullBackOff',
    path: 'spec.template.spec.containers[0].image',
    message: expect.stringContaining('registry.example.com/nope:1.0.0: Back-off pulling image'),
  });
});

test('a container that was killed for its memory is blamed on its limit', () => {
  const terminated = { reason: 'OOMKilled', exitCode: 137 };
  const state = { waiting: { reason: 'CrashLoopBackOff' } };
  const containers = [{ name: 'main', restartCount: 4, state, lastState: { terminated } }];
  const status = statusOf(withPod('crash', { phase: 'Running', containerStatuses: containers }), estate);
  expect(causeOf(status, 'Deployment b/crash')?.finding).toMatchObject({
    rule: 'OOMKilled',
    path: 'spec.template.spec.containers[0].resources.limits.memory',
  });
});

const down = {
  observedGeneration: 1,
  replicas: 1,
  updatedReplicas: 1,
  ...condition('Available', 'False', 'MinimumReplicasUnavailable'),
};

/** Two Deployments of the estate, of which one needs the other, and what a pod of each says. */
function pair(waiter: object, never: object): readonly LiveObject[] {
  return Object.entries({ waiter, never }).flatMap(([name, status]) => {
    const owner = live('apps/v1', 'Deployment', `a/${name}`, { spec: { replicas: 1 }, status: down });
    const ownerReferences = [{ kind: 'Deployment', name, uid: owner.metadata.uid }];
    return [owner, live('v1', 'Pod', `a/${name}-1`, { metadata: { ownerReferences }, spec: {}, status })];
  });
}

const crashing = {
  phase: 'Running',
  containerStatuses: [
    {
      name: 'main',
      restartCount: 3,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { exitCode: 1, message: 'no answer' } },
    },
  ],
};

test('who crashes while what it needs is down is not to blame', () => {
  const { causes } = statusOf(pair(crashing, { phase: 'Pending' }), estate);
  const about = causes.filter(({ finding }) => finding.object?.namespace === 'a');
  expect(about.map(({ finding }) => called(finding.object!))).toContain('Deployment a/never');
  expect(about.map(({ finding }) => called(finding.object!))).not.toContain('Deployment a/waiter');
});

test('whose image is missing is to blame, whatever it needs is down', () => {
  const waiting = { reason: 'ErrImagePull', message: 'not found' };
  const pulling = { phase: 'Pending', containerStatuses: [{ name: 'main', state: { waiting } }] };
  const status = statusOf(pair(pulling, { phase: 'Pending' }), estate);
  expect(causeOf(status, 'Deployment a/waiter')?.finding.rule).toBe('ErrImagePull');
  expect(causeOf(status, 'Deployment a/never')?.finding.rule).toBe('Pending');
});

test('a pod that waits for a claim waits for what keeps the claim from being bound', () => {
  const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'data-0' } }];
  const scheduled = condition(
    'PodScheduled',
    'False',
    'Unschedulable',
    'pod has unbound immediate PersistentVolumeClaims',
  );
  const objects = [
    live('v1', 'Pod', 'c/claim-0', { spec: { volumes }, status: { phase: 'Pending', ...scheduled } }),
    live('v1', 'PersistentVolumeClaim', 'c/data-0', { status: { phase: 'Pending' } }),
    live('v1', 'Event', 'c/event', {
      type: 'Warning',
      reason: 'ProvisioningFailed',
      message: 'storageclass.storage.k8s.io "fast" not found',
      involvedObject: { uid: 'PersistentVolumeClaim c/data-0' },
    }),
  ];
  const status = statusOf(objects);
  expect(status.causes).toHaveLength(1);
  expect(causeOf(status, 'PersistentVolumeClaim c/data-0')?.finding.rule).toBe('ProvisioningFailed');
  expect(status.causes[0]?.stops.map(({ object }) => object)).toEqual(['Pod c/claim-0']);
});

test('a resource of an operator says itself what is wrong, in conditions or whatever its health is read from', () => {
  const kafka = live('kafka.strimzi.io/v1', 'Kafka', 'q/kafka', {
    status: condition('NotReady', 'True', 'FatalProblem', 'no node pool'),
  });
  const search = live('elasticsearch.k8s.elastic.co/v1', 'Elasticsearch', 's/search', {
    status: { phase: 'Invalid', health: 'red' },
  });
  const topic = live('kafka.strimzi.io/v1', 'KafkaTopic', 'q/topic', { status: undefined as never });
  const { causes } = statusOf([kafka, search, topic]);
  const said = causes.map(({ finding: { rule, severity, message } }) => [rule, severity, message]);
  expect(said).toContainEqual(['FatalProblem', 'error', 'no node pool']);
  expect(said).toContainEqual(['Failed', 'error', 'its status says Invalid, red']);
  expect(said).toContainEqual(['Unseen', 'note', 'no controller has said anything of it']);
});

test('a cluster in which all is well has no causes', () => {
  const revision = 'main@sha1:1';
  const status = {
    observedGeneration: 1,
    lastAppliedRevision: revision,
    ...condition('Ready', 'True', 'ReconciliationSucceeded'),
  };
  const unit = live('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'flux-system/flux-system', {
    metadata: { generation: 1 },
    spec: {},
    status,
  });
  expect(statusOf([unit])).toEqual({
    revision,
    units: { total: 1, ready: 1 },
    causes: [],
    warnings: [],
    isReady: true,
  });
});

test('a pod that has not got Ready for minutes is not on its way', () => {
  const pod = live('v1', 'Pod', 'a/old', {
    metadata: { creationTimestamp: '2026-11-21T13:46:00Z' },
    status: {},
  });
  const severity = (time: string): string | undefined =>
    statusOf([pod], undefined, time).causes[0]?.finding.severity;
  expect(severity('2026-11-21T13:50:00Z')).toBe('note');
  expect(severity('2026-11-21T13:52:00Z')).toBe('error');
});

test('a Kustomization that another controller made is looked at like any other', () => {
  const metadata = { generation: 1, ownerReferences: [{ kind: 'ResourceSet', name: 'tenants', uid: '1' }] };
  const status = {
    observedGeneration: 1,
    ...condition('Ready', 'False', 'BuildFailed', 'kustomize build failed'),
  };
  const unit = live('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'flux-system/tenant', {
    metadata,
    status,
  });
  expect(statusOf([unit]).causes.map(({ finding }) => finding.rule)).toEqual(['BuildFailed']);
});

test('a StatefulSet whose pods are to keep their old revision is as it should be', () => {
  const status = { readyReplicas: 3, currentRevision: 'a', updateRevision: 'b' };
  const set = (updateStrategy: object) =>
    statusOf([live('apps/v1', 'StatefulSet', 'q/nats', { spec: { replicas: 3, updateStrategy }, status })])
      .isReady;
  expect(set({ type: 'OnDelete' })).toBe(true);
  expect(set({ type: 'RollingUpdate', rollingUpdate: { partition: 2 } })).toBe(true);
  expect(set({ type: 'RollingUpdate', rollingUpdate: { partition: 0 } })).toBe(false);
});

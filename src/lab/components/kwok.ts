import { join } from 'node:path';
import { credentialPaths } from '../credentials';
import { HUB, NETWORK, type LabPlan } from '../plan';
import { program } from './program';
import type { Component } from './types';

/** Seconds (`30s`) that a pod on a pretended node takes to get Ready; `never` keeps it from it. */
export const READY_AFTER = 'lab.fluxwright.dev/ready-after';

/** The program that keeps pretended nodes Ready and lets pods on them pass for Running. */
export function kwok({ folder }: LabPlan): Component {
  const config = join(folder, 'kwok.json');
  return {
    name: 'kwok',
    machine: HUB,
    after: ['objects'],
    command: program('kwok', {
      config,
      kubeconfig: credentialPaths(folder).kubeconfig('admin'),
      'manage-nodes-with-annotation-selector': 'kwok.x-k8s.io/node=fake',
      cidr: NETWORK.kwokCidr,
      'node-ip': NETWORK.hub,
      'node-lease-duration-seconds': 40,
      'server-address': '127.0.0.1:10247',
    }),
    files: {
      [config]: [node, podReady, podComplete, podDelete]
        .map((stage) => JSON.stringify(stage))
        .join('\n---\n'),
    },
    ready: { kind: 'http', url: 'http://127.0.0.1:10247/healthz' },
    seconds: 60,
  };
}

const READY_STATUS = '.status.conditions.[] | select( .type == "Ready" ) | .status';
const AFTER = `.metadata.annotations["${READY_AFTER}"]`;

const node = stage('node-ready', 'Node', {
  selector: [{ key: READY_STATUS, operator: 'NotIn', values: ['True'] }],
  next: {
    statusTemplate: `
conditions:
{{ range NodeConditions }}
- { type: {{ .type | Quote }}, status: {{ .status | Quote }}, reason: {{ .reason | Quote }}, message: {{ .message | Quote }}, lastHeartbeatTime: {{ Now | Quote }}, lastTransitionTime: {{ Now | Quote }} }
{{ end }}
addresses:
- { type: InternalIP, address: {{ NodeIP | Quote }} }
- { type: Hostname, address: {{ .metadata.name | Quote }} }
phase: Running
`,
  },
});

const podReady = stage('pod-ready', 'Pod', {
  selector: [
    { key: '.metadata.deletionTimestamp', operator: 'DoesNotExist' },
    { key: '.status.phase', operator: 'In', values: ['Pending'] },
    { key: AFTER, operator: 'NotIn', values: ['never'] },
  ],
  delay: { durationMilliseconds: 500, durationFrom: { expressionFrom: AFTER } },
  next: {
    statusTemplate: `
{{ $ips := PodIPsWith .spec.nodeName ( or .spec.hostNetwork false ) ( or .metadata.uid "" ) ( or .metadata.name "" ) ( or .metadata.namespace "" ) }}
phase: Running
startTime: {{ Now | Quote }}
podIP: {{ index $ips 0 | Quote }}
podIPs: [ { ip: {{ index $ips 0 | Quote }} } ]
conditions:
- { type: Initialized, status: "True", lastTransitionTime: {{ Now | Quote }} }
- { type: ContainersReady, status: "True", lastTransitionTime: {{ Now | Quote }} }
- { type: Ready, status: "True", lastTransitionTime: {{ Now | Quote }} }
{{ range .spec.readinessGates }}
- { type: {{ .conditionType | Quote }}, status: "True", lastTransitionTime: {{ Now | Quote }} }
{{ end }}
containerStatuses:
{{ range .spec.containers }}
- { name: {{ .name | Quote }}, image: {{ .image | Quote }}, ready: true, started: true, restartCount: 0, state: { running: { startedAt: {{ Now | Quote }} } } }
{{ end }}
initContainerStatuses:
{{ range .spec.initContainers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  ready: true
  restartCount: 0
  {{ if eq ( or .restartPolicy "" ) "Always" }}
  started: true
  state: { running: { startedAt: {{ Now | Quote }} } }
  {{ else }}
  state: { terminated: { exitCode: 0, reason: Completed, startedAt: {{ Now | Quote }}, finishedAt: {{ Now | Quote }} } }
  {{ end }}
{{ end }}
`,
  },
});

const podComplete = stage('pod-complete', 'Pod', {
  selector: [
    { key: '.metadata.deletionTimestamp', operator: 'DoesNotExist' },
    { key: '.status.phase', operator: 'In', values: ['Running'] },
    { key: '.metadata.ownerReferences.[].kind', operator: 'In', values: ['Job'] },
  ],
  delay: { durationMilliseconds: 500 },
  next: {
    statusTemplate: `
phase: Succeeded
containerStatuses:
{{ range .spec.containers }}
- { name: {{ .name | Quote }}, image: {{ .image | Quote }}, ready: false, started: false, restartCount: 0, state: { terminated: { exitCode: 0, reason: Completed, startedAt: {{ Now | Quote }}, finishedAt: {{ Now | Quote }} } } }
{{ end }}
`,
  },
});

const podDelete = stage('pod-delete', 'Pod', {
  selector: [{ key: '.metadata.deletionTimestamp', operator: 'Exists' }],
  next: { delete: true },
});

interface Expression {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values?: readonly string[];
}

interface StageSpec {
  readonly selector: readonly Expression[];
  readonly delay?: object;
  readonly next: object;
}

/** One step of a pretended life: which objects take it, when, and what it makes of them. */
function stage(name: string, kind: string, { selector, ...rest }: StageSpec): object {
  return {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'Stage',
    metadata: { name },
    spec: { resourceRef: { apiGroup: 'v1', kind }, selector: { matchExpressions: selector }, ...rest },
  };
}

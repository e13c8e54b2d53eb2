import { isMap, listIn, numberIn, textIn, textsIn } from '../../../estate';
import { contextsOf, type Control, type PodView, hasOwnUsers, isWindows } from './control';

const volumeTypes = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

/** Volumes of the node are the baseline's business already. */
function* volumes({ template }: PodView): ReturnType<Control> {
  for (const [index, volume] of listIn(template.spec, 'volumes').entries()) {
    if (
      !isMap(volume) ||
      volume['hostPath'] !== undefined ||
      volumeTypes.some((type) => volume[type] !== undefined)
    )
      continue;
    const type = Object.keys(volume).find((key) => key !== 'name');
    if (type === undefined) continue;
    const message = `mounts a volume of the type ${type}`;
    yield {
      path: `${template.path}.volumes[${index}].${type}`,
      message,
      fix: 'use a claim, or an emptyDir, configMap, secret or projected volume',
    };
  }
}

function* escalation(pod: PodView): ReturnType<Control> {
  if (isWindows(pod)) return;
  for (const { context, path, container } of pod.ofContainers) {
    if (context['allowPrivilegeEscalation'] === false) continue;
    const message = `${container} may gain privileges`;
    yield { path: `${path}.allowPrivilegeEscalation`, message, fix: 'write allowPrivilegeEscalation: false' };
  }
}

function* nonRoot(pod: PodView): ReturnType<Control> {
  if (hasOwnUsers(pod)) return;
  const { context: ofPod, path: podPath } = pod.ofPod;
  const fix = 'write runAsNonRoot: true';
  if (ofPod['runAsNonRoot'] === false)
    yield { path: `${podPath}.runAsNonRoot`, message: 'may run as root', fix };
  for (const { context, path, container } of pod.ofContainers) {
    const said = context['runAsNonRoot'];
    if (said === true || (typeof said !== 'boolean' && typeof ofPod['runAsNonRoot'] === 'boolean')) continue;
    yield { path: `${path}.runAsNonRoot`, message: `${container} may run as root`, fix };
  }
}

function* user(pod: PodView): ReturnType<Control> {
  if (hasOwnUsers(pod)) return;
  for (const { context, path } of contextsOf(pod)) {
    if (numberIn(context, 'runAsUser') === 0)
      yield {
        path: `${path}.runAsUser`,
        message: 'runs as root',
        fix: 'write another number than 0, e.g. 1000',
      };
  }
}

function* seccomp(pod: PodView): ReturnType<Control> {
  if (isWindows(pod) || textIn(pod.ofPod.context, 'seccompProfile', 'type') !== undefined) return;
  for (const { context, path, container } of pod.ofContainers) {
    if (textIn(context, 'seccompProfile', 'type') !== undefined) continue;
    yield {
      path: `${path}.seccompProfile`,
      message: `${container} has no seccomp profile`,
      fix: 'write seccompProfile: { type: RuntimeDefault }',
    };
  }
}

function* capabilities(pod: PodView): ReturnType<Control> {
  if (isWindows(pod)) return;
  for (const { context, path, container } of pod.ofContainers) {
    const added = textsIn(context, 'capabilities', 'add').filter((name) => name !== 'NET_BIND_SERVICE');
    if (!textsIn(context, 'capabilities', 'drop').includes('ALL')) {
      yield {
        path: `${path}.capabilities.drop`,
        message: `${container} keeps capabilities`,
        fix: 'write capabilities: { drop: [ALL] }',
      };
    }
    if (added.length > 0)
      yield {
        path: `${path}.capabilities.add`,
        message: `${container} adds ${added.join(', ')}`,
        fix: `remove ${added.join(', ')}`,
      };
  }
}

/** What the level `restricted` does not allow besides what `baseline` does not. */
export const restricted: readonly Control[] = [volumes, escalation, nonRoot, user, seccomp, capabilities];

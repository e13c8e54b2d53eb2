import { isMap, listIn, numberIn, textIn, textsIn, valueIn } from '../../../estate';
import { handlersOf } from '../handlers';
import { contextsOf, type Control, type PodView, hasOwnUsers } from './control';

function* hostProcess(pod: PodView): ReturnType<Control> {
  for (const { context, path } of contextsOf(pod)) {
    if (valueIn(context, 'windowsOptions', 'hostProcess') !== true) continue;
    yield {
      path: `${path}.windowsOptions.hostProcess`,
      message: 'runs on the node itself',
      fix: 'remove hostProcess',
    };
  }
}

function* hostNamespaces({ template }: PodView): ReturnType<Control> {
  for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) {
    if (template.spec[field] === true)
      yield {
        path: `${template.path}.${field}`,
        message: `shares the node's ${field.slice(4)}`,
        fix: `remove ${field}`,
      };
  }
}

function* privileged(pod: PodView): ReturnType<Control> {
  for (const { context, path, container } of pod.ofContainers) {
    if (context['privileged'] === true)
      yield {
        path: `${path}.privileged`,
        message: `${container} is privileged`,
        fix: 'write privileged: false',
      };
  }
}

const defaultCapabilities: ReadonlySet<string> = new Set(
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(
    ' ',
  ),
);

function* capabilities(pod: PodView): ReturnType<Control> {
  for (const { context, path, container } of pod.ofContainers) {
    const added = textsIn(context, 'capabilities', 'add').filter((name) => !defaultCapabilities.has(name));
    if (added.length === 0) continue;
    yield {
      path: `${path}.capabilities.add`,
      message: `${container} adds ${added.join(', ')}`,
      fix: `remove ${added.join(', ')}`,
    };
  }
}

function* hostPaths({ template }: PodView): ReturnType<Control> {
  for (const [index, volume] of listIn(template.spec, 'volumes').entries()) {
    if (valueIn(volume, 'hostPath') === undefined) continue;
    const message = `mounts ${textIn(volume, 'hostPath', 'path') ?? 'a folder'} of the node`;
    yield { path: `${template.path}.volumes[${index}].hostPath`, message, fix: 'use an emptyDir or a claim' };
  }
}

function* hostPorts({ containers }: PodView): ReturnType<Control> {
  for (const { container, path } of containers) {
    for (const [index, port] of listIn(container, 'ports').entries()) {
      const number = numberIn(port, 'hostPort') ?? 0;
      if (number !== 0)
        yield {
          path: `${path}.ports[${index}].hostPort`,
          message: `takes the port ${number} of the node`,
          fix: 'remove hostPort: use a Service',
        };
    }
  }
}

function* hostProbes({ containers }: PodView): ReturnType<Control> {
  for (const { body, path } of containers.flatMap(handlersOf)) {
    const host = textIn(body, 'host') ?? '';
    if (host === '') continue;
    yield {
      path: `${path}.host`,
      message: `connects to ${host} from the node`,
      fix: 'remove host: the pod itself is asked',
    };
  }
}

const appArmorAnnotation = 'container.apparmor.security.beta.kubernetes.io/';

function* appArmor(pod: PodView): ReturnType<Control> {
  yield* profiles(pod, 'appArmorProfile');
  for (const [key, value] of Object.entries(pod.template.annotations)) {
    if (
      !key.startsWith(appArmorAnnotation) ||
      value === '' ||
      value === 'runtime/default' ||
      value.startsWith('localhost/')
    )
      continue;
    const path = `${pod.template.path.replace(/spec$/, 'metadata')}.annotations["${key}"]`;
    yield { path, message: `has the AppArmor profile ${value}`, fix: 'write runtime/default' };
  }
}

function seccomp(pod: PodView): ReturnType<Control> {
  return profiles(pod, 'seccompProfile');
}

function* profiles(pod: PodView, field: string): ReturnType<Control> {
  for (const { context, path } of contextsOf(pod)) {
    const type = textIn(context, field, 'type');
    if (type === undefined || type === 'RuntimeDefault' || type === 'Localhost') continue;
    yield { path: `${path}.${field}.type`, message: `has the ${field} ${type}`, fix: 'write RuntimeDefault' };
  }
}

const seLinuxTypes: ReadonlySet<string> = new Set([
  '',
  'container_t',
  'container_init_t',
  'container_kvm_t',
  'container_engine_t',
]);

function* seLinux(pod: PodView): ReturnType<Control> {
  for (const { context, path } of contextsOf(pod)) {
    const options = context['seLinuxOptions'];
    if (options === undefined) continue;
    const wrong = ['user', 'role'].filter((field) => (textIn(options, field) ?? '') !== '');
    if (!seLinuxTypes.has(textIn(options, 'type') ?? '')) wrong.push('type');
    for (const field of wrong) {
      const message = `has the SELinux ${field} ${textIn(options, field)}`;
      yield {
        path: `${path}.seLinuxOptions.${field}`,
        message,
        fix: field === 'type' ? 'write container_t' : `remove ${field}`,
      };
    }
  }
}

function* procMount(pod: PodView): ReturnType<Control> {
  if (hasOwnUsers(pod)) return;
  for (const { context, path, container } of pod.ofContainers) {
    const mount = textIn(context, 'procMount');
    if (mount !== undefined && mount !== 'Default')
      yield {
        path: `${path}.procMount`,
        message: `${container} sees an unmasked /proc`,
        fix: 'write Default',
      };
  }
}

const safeSysctls: ReadonlySet<string> = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_syncookies',
]);

function* sysctls(pod: PodView): ReturnType<Control> {
  const { context, path } = pod.ofPod;
  for (const [index, sysctl] of listIn(context, 'sysctls').entries()) {
    const name = isMap(sysctl) ? textIn(sysctl, 'name') : undefined;
    if (name === undefined || safeSysctls.has(name)) continue;
    yield {
      path: `${path}.sysctls[${index}]`,
      message: `sets ${name}, which may reach beyond the pod`,
      fix: 'remove it, or set it on the node',
    };
  }
}

/** What the level `baseline` does not allow. */
export const baseline: readonly Control[] = [
  hostProcess,
  hostNamespaces,
  privileged,
  capabilities,
  hostPaths,
  hostPorts,
  hostProbes,
  appArmor,
  seLinux,
  procMount,
  seccomp,
  sysctls,
];

import type { Json, JsonObject } from '../../../estate';
import { dnsLabel, portName } from '../../validate/names';
import { type Run } from '../../validate/violation';
import * as rule from '../field-rules';
import { duplicate, isEmpty, object, objects, textOf } from '../field-rules';
import type { TypeRules } from '../type-rules';

/** The names of the handlers that a probe or a hook can have. */
const handlers = ['exec', 'httpGet', 'tcpSocket', 'grpc'];

const portField: TypeRules = { fields: { port: rule.portOrName }, check: zeroPort };

/** For ports zero is not the same as absent. */
function zeroPort(value: JsonObject, run: Run): void {
  if (value['port'] === '') run.report('core', 'port is empty', 'write the number or name of a port', 'port');
}

function checkPorts(container: JsonObject, run: Run): void {
  const names = objects(container['ports']).map((entry) => textOf(entry['name']));
  const twice = duplicate(names);
  if (twice)
    run.report(
      'core',
      `the port name ${twice.key} is there twice`,
      'give each port its own name',
      'ports',
      twice.index,
      'name',
    );
}

function checkMounts(container: JsonObject, run: Run): void {
  const mounts = objects(container['volumeMounts']);
  const twice = duplicate(mounts.map((mount) => textOf(mount['mountPath'])));
  if (twice)
    run.report(
      'core',
      `two volumes are mounted at ${twice.key}`,
      'mount each at its own path',
      'volumeMounts',
      twice.index,
      'mountPath',
    );
  const isPrivileged = object(container['securityContext'])['privileged'] === true;
  mounts.forEach((mount, index) => {
    if (mount['mountPropagation'] !== 'Bidirectional' || isPrivileged) return;
    run.report(
      'core',
      'only privileged containers can have Bidirectional',
      'write HostToContainer',
      'volumeMounts',
      index,
      'mountPropagation',
    );
  });
}

function checkProbes(container: JsonObject, run: Run): void {
  for (const field of ['livenessProbe', 'startupProbe']) {
    const threshold = object(container[field])['successThreshold'];
    if (typeof threshold === 'number' && threshold > 1)
      run.report('core', 'successThreshold must be 1 here', 'write 1', field, 'successThreshold');
  }
  const grace = object(container['readinessProbe'])['terminationGracePeriodSeconds'];
  if (grace !== undefined && grace !== null) {
    run.report(
      'core',
      'a readiness probe never ends a container',
      'remove it',
      'readinessProbe',
      'terminationGracePeriodSeconds',
    );
  }
}

function checkRestartRules(container: JsonObject, run: Run): void {
  if (isEmpty(container['restartPolicyRules']) || !isEmpty(container['restartPolicy'])) return;
  run.report('core', 'restartPolicyRules need a restartPolicy', 'add restartPolicy', 'restartPolicy');
}

function checkContainer(container: JsonObject, run: Run): void {
  checkPorts(container, run);
  checkMounts(container, run);
  checkProbes(container, run);
  checkRestartRules(container, run);
}

function checkContainerSecurity(context: JsonObject, run: Run): void {
  if (context['allowPrivilegeEscalation'] !== false) return;
  const added = object(context['capabilities'])['add'];
  // The API server knows it by this name alone, though runtimes want it without the prefix.
  const adds = Array.isArray(added) && (added as readonly Json[]).includes('CAP_SYS_ADMIN');
  if (context['privileged'] !== true && !adds) return;
  run.report(
    'core',
    'a container with all privileges cannot be kept from getting more',
    'remove allowPrivilegeEscalation: false',
    'allowPrivilegeEscalation',
  );
}

/** A profile from a file needs the file, others must not have one. */
function checkProfile(profile: JsonObject, run: Run): void {
  const isLocal = profile['type'] === 'Localhost';
  if (isLocal && isEmpty(profile['localhostProfile']))
    run.report('core', 'localhostProfile is missing', 'add the path of the profile', 'localhostProfile');
  if (!isLocal && rule.isSet(profile['localhostProfile']))
    run.report('core', `localhostProfile is for the type Localhost alone`, 'remove it', 'localhostProfile');
}

const users = {
  runAsUser: rule.userId,
  runAsGroup: rule.userId,
  fsGroup: rule.userId,
  supplementalGroups: rule.each(rule.userId),
};

const probeTimes = Object.fromEntries(
  ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'].map(
    (field) => [field, rule.notNegative],
  ),
);

/** The types that containers are made of. */
export const containerTypes: { readonly [type: string]: TypeRules } = {
  'core.v1.Container': {
    required: ['image'],
    fields: { name: rule.text(dnsLabel, 'main'), restartPolicy: rule.values('Always', 'OnFailure', 'Never') },
    neverEmpty: ['restartPolicy'],
    check: checkContainer,
  },
  'core.v1.ContainerPort': {
    fields: { containerPort: rule.port, hostPort: rule.range(0, 65_535), name: rule.text(portName, 'http') },
    check: (port, run) => {
      if (port['containerPort'] === 0)
        run.report('core', 'containerPort is missing', 'write a number from 1 to 65535', 'containerPort');
    },
  },
  'core.v1.ContainerResizePolicy': {
    fields: {
      resourceName: rule.values('cpu', 'memory'),
      restartPolicy: rule.values('NotRequired', 'RestartContainer'),
    },
  },
  'core.v1.ContainerRestartRule': {
    required: ['action', 'exitCodes'],
    fields: { action: rule.values('Restart', 'RestartAllContainers') },
  },
  'core.v1.Probe': {
    exactlyOne: handlers,
    fields: { ...probeTimes, terminationGracePeriodSeconds: rule.range(1, Infinity) },
  },
  'core.v1.LifecycleHandler': { exactlyOne: ['exec', 'httpGet', 'tcpSocket', 'sleep'] },
  'core.v1.SleepAction': { optional: ['seconds'], fields: { seconds: rule.notNegative } },
  'core.v1.ExecAction': { required: ['command'] },
  'core.v1.HTTPGetAction': portField,
  'core.v1.TCPSocketAction': portField,
  'core.v1.GRPCAction': { fields: { port: rule.port } },
  'core.v1.HTTPHeader': {
    optional: ['value'],
    fields: { name: rule.shape(/^[-A-Za-z0-9]+$/, 'letters, digits and hyphens', 'X-Header') },
  },
  'core.v1.VolumeMount': {
    fields: {
      subPath: rule.innerPath,
      subPathExpr: rule.innerPath,
      recursiveReadOnly: rule.values('Disabled', 'Enabled', 'IfPossible'),
    },
    neverEmpty: ['mountPropagation'],
    check: (mount, run) => {
      if (
        !isEmpty(mount['recursiveReadOnly']) &&
        mount['recursiveReadOnly'] !== 'Disabled' &&
        mount['readOnly'] !== true
      )
        run.report('core', 'recursiveReadOnly needs readOnly', 'add readOnly: true', 'recursiveReadOnly');
      if (isEmpty(mount['subPath']) || isEmpty(mount['subPathExpr'])) return;
      run.report('core', 'subPath and subPathExpr exclude each other', 'keep one of them', 'subPathExpr');
    },
  },
  'core.v1.SecurityContext': {
    fields: { runAsUser: rule.userId, runAsGroup: rule.userId },
    neverEmpty: ['procMount'],
    check: checkContainerSecurity,
  },
  'core.v1.PodSecurityContext': {
    fields: { ...users, seLinuxChangePolicy: rule.values('MountOption', 'Recursive') },
    neverEmpty: ['fsGroupChangePolicy', 'supplementalGroupsPolicy'],
    check: (context, run) => {
      const twice = duplicate(
        objects(context['sysctls']).map((sysctl) => textOf(sysctl['name'])?.replaceAll('/', '.')),
      );
      if (twice)
        run.report(
          'core',
          `the sysctl ${twice.key} is there twice`,
          'keep one of them',
          'sysctls',
          twice.index,
        );
    },
  },
  'core.v1.Sysctl': {
    optional: ['value'],
    fields: {
      name: rule.shape(
        /^(?=.{0,253}$)(?:[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/,
        'the name of a sysctl',
        'net.core.somaxconn',
      ),
    },
  },
  'core.v1.ContainerRestartRuleOnExitCodes': { fields: { operator: rule.values('In', 'NotIn') } },
  'core.v1.SeccompProfile': { check: checkProfile },
  'core.v1.AppArmorProfile': { check: checkProfile },
};

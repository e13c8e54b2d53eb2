import type { JsonObject } from '../../../estate';
import { dnsLabel, dnsSubdomain, labelKey } from '../../validate/names';
import { parseQuantity } from '../../validate/quantity';
import { show, type Run } from '../../validate/violation';
import * as rule from '../field-rules';
import { asText, duplicate, isEmpty, object, objects, textOf } from '../field-rules';
import { checkMadeMetadata, type TypeRules } from '../type-rules';

const sources = [
  'awsElasticBlockStore',
  'azureDisk',
  'azureFile',
  'cephfs',
  'cinder',
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'fc',
  'flexVolume',
  'flocker',
  'gcePersistentDisk',
  'gitRepo',
  'glusterfs',
  'hostPath',
  'image',
  'iscsi',
  'nfs',
  'persistentVolumeClaim',
  'photonPersistentDisk',
  'portworxVolume',
  'projected',
  'quobyte',
  'rbd',
  'scaleIO',
  'secret',
  'storageos',
  'vsphereVolume',
];

const persistentSources = sources.filter(
  (name) =>
    ![
      'configMap',
      'downwardAPI',
      'emptyDir',
      'ephemeral',
      'gitRepo',
      'image',
      'persistentVolumeClaim',
      'projected',
      'secret',
    ].includes(name),
);

const files = { defaultMode: rule.fileMode };

const driver = rule.shape(
  /^[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?$/i,
  'a DNS name of at most 63 characters',
  'csi.example.org',
);

/** Two files of a projected volume cannot have one path; nobody looks at those of tokens. */
function checkProjected(volume: JsonObject, run: Run): void {
  const paths = objects(volume['sources']).flatMap((source) =>
    ['configMap', 'secret', 'downwardAPI'].flatMap((field) =>
      objects(object(source[field])['items']).map((item) => textOf(item['path'])),
    ),
  );
  const twice = duplicate(paths);
  if (twice)
    run.report('core', `two files have the path ${twice.key}`, 'give each file its own path', 'sources');
}

const accessModes = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];

/** What a claim asks for: the same in a claim of its own, in a template and in a pod. */
function checkClaim(claim: JsonObject, run: Run): void {
  const modes = claim['accessModes'];
  if (isEmpty(modes)) run.report('core', 'accessModes is missing', 'add e.g. [ReadWriteOnce]', 'accessModes');
  checkAccessModes(modes, run);
  const storage = object(object(claim['resources'])['requests'])['storage'];
  if (!rule.isSet(storage))
    run.report(
      'core',
      'resources.requests.storage is missing',
      'add e.g. 1Gi',
      'resources',
      'requests',
      'storage',
    );
  else if ((parseQuantity(storage) ?? 1) <= 0)
    run.report(
      'core',
      'the storage must be more than zero',
      'write e.g. 1Gi',
      'resources',
      'requests',
      'storage',
    );
  checkDataSource(claim['dataSourceRef'], 'dataSourceRef', run);
}

function checkAccessModes(modes: JsonObject[string] | undefined, run: Run): void {
  if (!Array.isArray(modes)) return;
  const unknown = modes.findIndex((mode) => !accessModes.includes(asText(mode)));
  if (unknown >= 0)
    run.report(
      'core',
      `${show(modes[unknown])} is no access mode`,
      `write one of: ${accessModes.join(', ')}`,
      'accessModes',
      unknown,
    );
  if (modes.includes('ReadWriteOncePod') && modes.some((mode) => mode !== 'ReadWriteOncePod')) {
    run.report('core', 'ReadWriteOncePod excludes every other access mode', 'write it alone', 'accessModes');
  }
}

function checkDataSource(source: JsonObject[string] | undefined, field: string, run: Run): void {
  const { apiGroup, kind, name } = object(source);
  if (!rule.isSet(source)) return;
  if (isEmpty(kind) || isEmpty(name)) {
    run.report('core', 'the source has a kind and a name', 'add both', field);
    return;
  }
  if (isEmpty(apiGroup) && kind !== 'PersistentVolumeClaim') {
    run.report(
      'core',
      `${show(kind)} needs an apiGroup`,
      'add apiGroup, or write PersistentVolumeClaim',
      field,
      'apiGroup',
    );
  }
}

function checkPersistentVolume(volume: JsonObject, run: Run): void {
  if (isEmpty(volume['accessModes']))
    run.report('core', 'accessModes is missing', 'add e.g. [ReadWriteOnce]', 'accessModes');
  checkAccessModes(volume['accessModes'], run);
  const capacity = object(volume['capacity']);
  const names = Object.keys(capacity);
  if (names.length !== 1 || names[0] !== 'storage')
    run.report(
      'core',
      'the capacity is an amount of storage and nothing else',
      'write storage: 1Gi',
      'capacity',
    );
  else if ((parseQuantity(capacity['storage']) ?? 1) <= 0)
    run.report('core', 'the storage must be more than zero', 'write e.g. 1Gi', 'capacity', 'storage');
  if (rule.isSet(volume['local']) && !rule.isSet(object(volume['nodeAffinity'])['required'])) {
    run.report(
      'core',
      'a local volume must say on which node it is',
      'add nodeAffinity.required',
      'nodeAffinity',
    );
  }
  if (!isEmpty(volume['volumeAttributesClassName']) && !rule.isSet(volume['csi']))
    run.report('core', 'the class needs a volume of a CSI driver', 'remove it', 'volumeAttributesClassName');
  const isRoot = object(volume['hostPath'])['path'] === '/';
  if (isRoot && volume['persistentVolumeReclaimPolicy'] === 'Recycle')
    run.report(
      'core',
      'the root of a node cannot be recycled',
      'write Retain',
      'persistentVolumeReclaimPolicy',
    );
}

const secretFields = [
  'controllerExpandSecretRef',
  'controllerPublishSecretRef',
  'nodeExpandSecretRef',
  'nodePublishSecretRef',
];

function checkDriverSecrets(source: JsonObject, run: Run): void {
  for (const field of secretFields) {
    const { name, namespace } = object(source[field]);
    if (rule.isSet(source[field]) && (isEmpty(name) || isEmpty(namespace)))
      run.report('core', 'the Secret has a name and a namespace', 'add both', field);
    const problem = dnsSubdomain(textOf(name) ?? 'x') ?? dnsLabel(textOf(namespace) ?? 'x');
    if (problem) run.report('core', `the Secret's name or namespace ${problem}`, 'write e.g. my-keys', field);
  }
}

function checkTopologies(storage: JsonObject, run: Run): void {
  const terms = objects(storage['allowedTopologies']).map((term) => objects(term['matchLabelExpressions']));
  terms.forEach((requirements, index) => {
    const twice = duplicate(requirements.map(({ key }) => textOf(key)));
    if (twice)
      run.report(
        'core',
        `the key ${twice.key} is there twice`,
        'put both into one',
        'allowedTopologies',
        index,
        'matchLabelExpressions',
        twice.index,
        'key',
      );
  });
  const same = duplicate(terms.map((requirements) => JSON.stringify(requirements)));
  if (same || terms.some((requirements) => requirements.length === 0))
    run.report('core', 'a topology is there twice or says nothing', 'remove it', 'allowedTopologies');
}

const classes = {
  storageClassName: rule.text(dnsSubdomain, 'standard'),
  volumeAttributesClassName: rule.text(dnsSubdomain, 'gold'),
};

/** What can be mounted, claimed and provided. */
export const volumeTypes: { readonly [type: string]: TypeRules } = {
  'core.v1.Volume': { fields: { name: rule.text(dnsLabel, 'data') }, atMostOne: sources },
  'core.v1.KeyToPath': { fields: { path: rule.innerPath, mode: rule.fileMode } },
  'core.v1.ConfigMapVolumeSource': { required: ['name'], fields: files },
  'core.v1.SecretVolumeSource': { required: ['secretName'], fields: files },
  'core.v1.DownwardAPIVolumeSource': { fields: files },
  'core.v1.ProjectedVolumeSource': { fields: files, check: checkProjected },
  'core.v1.VolumeProjection': { atMostOne: ['configMap', 'downwardAPI', 'secret', 'serviceAccountToken'] },
  'core.v1.ConfigMapProjection': { required: ['name'] },
  'core.v1.SecretProjection': { required: ['name'] },
  'core.v1.ServiceAccountTokenProjection': {
    fields: { path: rule.innerPath, expirationSeconds: rule.range(600, 2 ** 32) },
  },
  'core.v1.HostPathVolumeSource': { fields: { path: rule.noWayUp } },
  'core.v1.EmptyDirVolumeSource': { fields: { sizeLimit: rule.amount } },
  'core.v1.NFSVolumeSource': { fields: { path: rule.absolutePath } },
  'core.v1.CSIVolumeSource': { fields: { driver } },
  'core.v1.CSIPersistentVolumeSource': { fields: { driver }, check: checkDriverSecrets },
  'core.v1.PersistentVolumeClaimTemplate': { structs: ['spec'], check: checkMadeMetadata },
  'core.v1.PersistentVolumeClaim': { structs: ['spec'] },
  'core.v1.VolumeNodeAffinity': { required: ['required'] },
  'storage.v1.StorageClass': {
    fields: { reclaimPolicy: rule.values('Delete', 'Retain') },
    neverEmpty: ['volumeBindingMode'],
    check: checkTopologies,
  },
  'core.v1.TopologySelectorLabelRequirement': { fields: { key: rule.key, values: rule.distinct } },
  'core.v1.EphemeralVolumeSource': { required: ['volumeClaimTemplate'] },
  'core.v1.LocalVolumeSource': { fields: { path: rule.noWayUp } },
  'core.v1.PersistentVolumeClaimSpec': {
    fields: classes,
    neverEmpty: ['volumeMode'],
    check: checkClaim,
  },
  'core.v1.PersistentVolumeSpec': {
    neverEmpty: ['volumeMode'],
    fields: classes,
    exactlyOne: [...persistentSources, 'local'],
    check: checkPersistentVolume,
  },
  'core.v1.TypedLocalObjectReference': { optional: ['kind', 'name'] },
  'core.v1.TypedObjectReference': {
    optional: ['kind', 'name'],
    fields: { apiGroup: rule.text(dnsSubdomain, 'snapshot.storage.k8s.io') },
  },
  'core.v1.ISCSIVolumeSource': { optional: ['lun'] },
  'core.v1.ISCSIPersistentVolumeSource': { optional: ['lun'] },
  'storage.v1.TokenRequest': {
    optional: ['audience'],
    fields: { expirationSeconds: rule.range(600, 2 ** 32) },
  },
  'storage.v1.VolumeAttributesClass': {
    fields: { driverName: rule.text((name) => labelKey(name.toLowerCase()), 'csi.example.org') },
    check: ({ parameters }, run) => {
      if (Object.keys(object(parameters)).length === 0)
        run.report('core', 'parameters is missing', 'add what the driver knows', 'parameters');
    },
  },
  'storage.v1.CSINodeSpec': { optional: ['drivers'] },
};

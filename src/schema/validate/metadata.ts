import type { Json, JsonObject } from '../../estate';
import { dnsLabel, labelKey, labelValue, type TextCheck } from './names';
import { isObject } from './scope';
import { show, type Run } from './violation';

const ANNOTATIONS_LIMIT = 256 * 1024;

/** Judges what the types of metadata leave open: the syntax of labels, annotations, finalizers and owners. */
export function checkMetadataRules(metadata: JsonObject, run: Run): void {
  checkLabels(metadata['labels'], run, 'labels');
  checkAnnotations(metadata['annotations'], run);
  if (Array.isArray(metadata['finalizers'])) checkFinalizers(metadata['finalizers'], run);
  if (Array.isArray(metadata['ownerReferences'])) checkOwners(metadata['ownerReferences'], run);
}

/** Judges a map of labels, or of what labels are to be, such as a selector. */
export function checkLabels(labels: Json | undefined, run: Run, field: string): void {
  if (!isObject(labels)) return;
  for (const key in labels) {
    const value = labels[key];
    const problem = checkedLabelKey(key);
    if (problem)
      run.report('metadata', `the key ${key} ${problem}`, 'write e.g. app.kubernetes.io/name', field, key);
    const wrong = typeof value === 'string' ? labelValue(value) : undefined;
    if (wrong) run.report('metadata', `the value ${show(value)} ${wrong}`, 'write e.g. my-app', field, key);
  }
}

/** The same few keys are on most objects. */
const checkedLabelKey = remembered(labelKey);

function remembered(check: TextCheck): TextCheck {
  const known = new Map<string, string | undefined>();
  return (text) => {
    if (known.has(text)) return known.get(text);
    if (known.size > 10_000) known.clear();
    const problem = check(text);
    known.set(text, problem);
    return problem;
  };
}

function checkAnnotations(annotations: Json | undefined, run: Run): void {
  if (!isObject(annotations)) return;
  let size = 0;
  for (const key in annotations) {
    const problem = checkedLabelKey(key.toLowerCase());
    if (problem)
      run.report(
        'metadata',
        `the key ${key} ${problem}`,
        'write e.g. example.org/my-note',
        'annotations',
        key,
      );
    const value = annotations[key];
    size += key.length + (typeof value === 'string' ? value.length : 0);
  }
  if (size <= ANNOTATIONS_LIMIT / 4) return;
  const bytes = Object.entries(annotations).reduce(
    (sum, [key, value]) =>
      sum + Buffer.byteLength(key) + (typeof value === 'string' ? Buffer.byteLength(value) : 0),
    0,
  );
  if (bytes <= ANNOTATIONS_LIMIT) return;
  run.report(
    'size',
    `the annotations take ${bytes} bytes of at most ${ANNOTATIONS_LIMIT}`,
    'keep big values in a ConfigMap',
    'annotations',
  );
}

function checkFinalizers(finalizers: readonly Json[], run: Run): void {
  finalizers.forEach((finalizer, index) => {
    const problem = typeof finalizer === 'string' ? labelKey(finalizer) : undefined;
    if (problem)
      run.report(
        'metadata',
        `the finalizer ${show(finalizer)} ${problem}`,
        'write e.g. example.org/cleanup',
        'finalizers',
        index,
      );
  });
}

function checkOwners(owners: readonly Json[], run: Run): void {
  const controllers = owners.filter((owner) => isObject(owner) && owner['controller'] === true);
  if (controllers.length > 1)
    run.report(
      'metadata',
      'only one owner can be the controller',
      'set controller: true on one',
      'ownerReferences',
    );
  owners.forEach((owner, index) => {
    if (!isObject(owner)) return;
    for (const field of ['apiVersion', 'kind', 'name', 'uid']) {
      if (owner[field] === '')
        run.report(
          'metadata',
          `${field} is empty`,
          `write the owner's ${field}`,
          'ownerReferences',
          index,
          field,
        );
    }
  });
}

const standardFinalizers = new Set<Json>(['kubernetes', 'orphan', 'foregroundDeletion']);

/** Core kinds want the domain of who keeps a finalizer; for others it is a matter of taste. */
export function checkCoreFinalizers(metadata: JsonObject, run: Run): void {
  const { finalizers } = metadata;
  if (!Array.isArray(finalizers)) return;
  (finalizers as readonly Json[]).forEach((finalizer, index) => {
    if (typeof finalizer !== 'string' || finalizer.includes('/') || standardFinalizers.has(finalizer)) return;
    run.report(
      'metadata',
      `the finalizer ${finalizer} names nobody`,
      'write e.g. example.org/cleanup',
      'finalizers',
      index,
    );
  });
}

/** Judges what identifies an object: its name after its kind's rules, or its prefix, and its namespace. */
export function checkIdentity(
  metadata: JsonObject,
  nameCheck: TextCheck,
  namespaced: boolean,
  run: Run,
): void {
  const { name, generateName, namespace } = metadata;
  if (typeof name === 'string' && name !== '') {
    const problem = nameCheck(name);
    if (problem) run.report('metadata', `the name ${name} ${problem}`, 'write a name like my-app', 'name');
  } else {
    const message = generateName ? 'Flux applies by name, and generateName gives none' : 'name is missing';
    run.report('apply', message, 'add metadata.name', 'name');
  }
  if (typeof generateName === 'string' && generateName !== '') {
    const problem = nameCheck(generateName.replace(/.-$/s, 'a'));
    if (problem)
      run.report(
        'metadata',
        `the prefix ${generateName} ${problem}`,
        'write a prefix like my-app-',
        'generateName',
      );
  }
  if (namespaced) checkNamespace(namespace, run);
  for (const [field, message] of Object.entries(ofTheServer)) {
    const value = metadata[field];
    const isSaid = (typeof value === 'string' || Array.isArray(value)) && value.length > 0;
    if (isSaid) run.report('apply', message, 'remove it', field);
  }
}

const ofTheServer = {
  resourceVersion: 'a manifest has no resourceVersion: the server assigns it',
  managedFields: 'a manifest has no managedFields: the server keeps them',
};

function checkNamespace(namespace: Json | undefined, run: Run): void {
  if (typeof namespace !== 'string' || namespace === '') return;
  const problem = dnsLabel(namespace);
  if (problem)
    run.report('metadata', `the namespace ${namespace} ${problem}`, 'write a name like my-team', 'namespace');
}

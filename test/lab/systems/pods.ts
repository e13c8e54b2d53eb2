import type { EstateObject, JsonObject } from '../../../src/estate';
import { type Lab, type LiveObject, waitFor } from '../../../src/lab';
import { asking } from './asking';
import type { Answer } from './inside/request';
import { addressOf, patient } from './running';

type Program = Pick<EstateObject, 'namespace' | 'name'>;

const HELD = 'lab.fluxwright.dev/held';

/** Deletes a pod, and tells the exit code of its program: until that is known the pod is kept from disappearing. */
export async function endOf(lab: Lab, { metadata }: LiveObject): Promise<number> {
  const path = `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}`;
  await lab.api('PATCH', path, { metadata: { finalizers: [HELD] } });
  await lab.api('DELETE', path);
  let code: number | undefined;
  const missing = async (): Promise<string | undefined> => {
    const pod = await lab.client.find(path);
    const [main] = (pod?.status?.['containerStatuses'] ?? []) as unknown as readonly ContainerStatus[];
    code = main?.state.terminated?.exitCode;
    return code === undefined ? `it is ${JSON.stringify(main?.state)}` : undefined;
  };
  await waitFor({ what: `${metadata.name} has not ended`, seconds: 60, missing: patient(missing) });
  await lab.api('PATCH', path, { metadata: { finalizers: null } });
  return code!;
}

interface ContainerStatus {
  readonly state: { readonly terminated?: { readonly exitCode: number } };
}

/** One more pod of a program. */
export interface Twin {
  readonly pod: LiveObject;
  remove(): Promise<unknown>;
}

/** Starts one more pod of a program, with other settings, and waits until it says that it is alive. */
export async function twinOf(
  lab: Lab,
  { namespace, name }: Program,
  port: number,
  settings: Readonly<Record<string, string>>,
): Promise<Twin> {
  const deployment = await lab.client.find(`/apis/apps/v1/namespaces/${namespace}/deployments/${name}`);
  const { metadata, spec } = deployment!.spec!['template'] as unknown as Template;
  const containers = spec.containers.map((container) => ({
    ...container,
    env: container.env.map((entry) => ({ ...entry, ...valueIn(settings, entry) })),
  }));
  const path = `/api/v1/namespaces/${namespace}/pods`;
  const twin = { ...metadata, namespace, name: `${name}-twin` };
  await lab.api('POST', path, { metadata: twin, spec: { ...spec, containers } } as unknown as JsonObject);
  const find = async (): Promise<LiveObject> => (await lab.client.find(`${path}/${twin.name}`))!;
  const missing = async (): Promise<string | undefined> => {
    const [health] = await askPod(lab, await find(), port, '/health');
    return health?.text === 'Alive!' ? undefined : JSON.stringify(health);
  };
  await waitFor({ what: `${twin.name} is not alive`, seconds: 90, missing: patient(missing) });
  return { pod: await find(), remove: () => lab.api('DELETE', `${path}/${twin.name}`) };
}

interface Template {
  readonly metadata: JsonObject;
  readonly spec: JsonObject & {
    readonly containers: readonly (JsonObject & { readonly env: readonly { readonly name: string }[] })[];
  };
}

function valueIn(settings: Readonly<Record<string, string>>, { name }: { readonly name: string }) {
  return settings[name] === undefined ? {} : { value: settings[name] };
}

/** What a pod answers on its own loopback. */
export async function askPod(
  lab: Lab,
  pod: LiveObject,
  port: number,
  ...paths: readonly string[]
): Promise<readonly Answer[]> {
  const { namespace = '', name } = pod.metadata;
  const { request } = await asking(lab, { namespace, name });
  return request(pod, ...paths.map((path) => ({ url: `http://127.0.0.1:${port}${path}` })));
}

/** Whether a Service leads to a pod. */
export async function isServed(lab: Lab, { namespace, name }: Program, pod: LiveObject): Promise<boolean> {
  const slices = await lab.client.list(
    `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices?labelSelector=kubernetes.io/service-name=${name}`,
  );
  const endpoints = slices.flatMap((slice) => (slice['endpoints'] ?? []) as readonly Endpoint[]);
  const own = endpoints.find(({ addresses }) => addresses.includes(addressOf(pod)));
  return own?.conditions.ready === true;
}

interface Endpoint {
  readonly addresses: readonly string[];
  readonly conditions: { readonly ready?: boolean };
}

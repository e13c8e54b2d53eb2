import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Lab, waitFor } from '../../../src/lab';
import { prove, table } from '../proof';
import { asking } from './asking';
import { endOf } from './pods';
import { answerOf, type Door, openDoor } from './requests';
import { addressOf, CLUSTER, MINUTES, patient, podsOf, podsReady, runningLab } from './running';

const mysrv = { namespace: 'discovery', name: 'mysrv' };
const balancer = { namespace: 'discovery', name: 'mysrv-balancer' };
const consul = { namespace: 'discovery', name: 'consul' };
const shown: string[] = [];
let lab: Lab;
let door: Door;

beforeAll(async () => {
  lab = await runningLab();
  door = await openDoor(lab, balancer, 8080);
}, 12 * MINUTES);

afterAll(() => {
  door?.close();
  prove('mysrv', [`## MySrv in Consul's catalogue, in cluster \`${CLUSTER}\`\n`, ...shown, '']);
});

/** An instance as Consul lists it, with what it knows of its health. */
interface Instance {
  readonly Service: { readonly ID: string; readonly Address: string; readonly Port: number };
  readonly Checks: readonly { readonly ServiceID: string; readonly Type: string; readonly Status: string }[];
}

async function catalogue(): Promise<readonly Instance[]> {
  const { pods, request } = await asking(lab, consul);
  const [answer] = await request(pods[0]!, { url: 'http://127.0.0.1:8500/v1/health/service/mysrv' });
  return JSON.parse(answer!.text) as readonly Instance[];
}

const idOf = (pod: string): string => `mysrv-${pod}-3000`;

async function listsExactly(pods: readonly string[], seconds: number): Promise<void> {
  const missing = async (): Promise<string | undefined> => {
    const ids = (await catalogue()).map(({ Service: { ID } }) => ID).toSorted();
    return String(ids) === String(pods.map(idOf).toSorted()) ? undefined : `it lists ${ids.join(', ')}`;
  };
  await waitFor({ what: 'the catalogue does not list the pods', seconds, missing: patient(missing) });
}

test(
  'each instance is in the catalogue with its address, and passes an HTTP, a TCP and a TTL check',
  async () => {
    const pods = await podsOf(lab, mysrv);
    await listsExactly(
      pods.map(({ metadata }) => metadata.name),
      30,
    );
    const instances = await catalogue();
    const rows = instances.map(({ Service: { ID, Address, Port }, Checks }) => {
      const own = Checks.filter(({ ServiceID }) => ServiceID === ID);
      const checks = own.map(({ Type, Status }) => `${Type} ${Status}`).toSorted();
      expect(checks).toEqual(['http passing', 'tcp passing', 'ttl passing']);
      expect(Port).toBe(3000);
      return [ID, `${Address}:${Port}`, checks.join(', ')];
    });
    expect(instances.map(({ Service }) => `${Service.Address}:3000`).toSorted()).toEqual(
      pods.map((pod) => `${addressOf(pod)}:3000`).toSorted(),
    );
    shown.push(...table(['instance', 'address', 'checks'], rows), '');
  },
  MINUTES,
);

test('MySrv says its host name and hello, and knows no other address', async () => {
  const names = (await podsOf(lab, mysrv)).map(({ metadata }) => metadata.name);
  const { status, text } = await answerOf(`${door.url}/health/hostname`);
  expect([status, names.includes(text)]).toEqual([200, true]);
  expect(await answerOf(`${door.url}/`)).toEqual({ status: 200, text: 'Hello world!' });
  expect(await answerOf(`${door.url}/nowhere`)).toEqual({ status: 404, text: 'Resource not found' });
  shown.push(
    '- `GET /health/hostname`: the name of its pod; `GET /`: `Hello world!`; whatever else: 404 `Resource not found`.',
  );
});

test(
  'an instance that stops leaves the catalogue before it is gone, and its successor registers itself',
  async () => {
    const [first, ...others] = await podsOf(lab, mysrv);
    const ending = endOf(lab, first!);
    // One that did not say good-bye would stay for a minute.
    const missing = async (): Promise<string | undefined> =>
      (await catalogue()).some(({ Service: { ID } }) => ID === idOf(first!.metadata.name))
        ? 'it is there'
        : undefined;
    await waitFor({ what: 'it has not left the catalogue', seconds: 30, missing });
    expect(await ending).toBe(0);
    await podsReady(lab, ({ metadata }) => metadata.labels?.['app.kubernetes.io/name'] === mysrv.name);
    const now = (await podsOf(lab, mysrv)).map(({ metadata }) => metadata.name);
    expect(now).not.toContain(first!.metadata.name);
    expect(now).toEqual(expect.arrayContaining(others.map(({ metadata }) => metadata.name)));
    await listsExactly(now, 30);
    shown.push(
      '- An instance that was told to stop had left the catalogue when it ended, with code 0; its successor was in it.',
    );
  },
  3 * MINUTES,
);

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type FileTree, kindOf } from '../../../src/estate';
import type { Lab } from '../../../src/lab';
import { prove } from '../proof';
import { asking, insideCommand } from './asking';
import type { Span } from './inside/collector';
import { type Door, openDoor } from './requests';
import { allReady, cluster, CLUSTER, distTree, isReady, MINUTES, podsOf, runningLab } from './running';

const SECONDS = 30;
const shop = cluster.objects.filter(
  (object) => kindOf(object) === 'apps/Deployment' && object.namespace === 'shop',
);
let lab: Lab;
let door: Door | undefined;

beforeAll(async () => {
  lab = await runningLab();
  await allReady(lab, await lab.publish(traced()));
}, 12 * MINUTES);

afterAll(async () => {
  door?.close();
  await allReady(lab, await lab.publish(distTree()));
}, 5 * MINUTES);

/** The estate, with programs in the shop that send their spans to a collector beside them. */
function traced(): FileTree {
  const setting =
    '        - name: OTEL_EXPORTER_OTLP_ENDPOINT\n          value: http://127.0.0.1:4318\n        image:';
  const isOfShop = (path: string): boolean => path.startsWith(`${CLUSTER}/shop/shop/deployment.apps_`);
  const change = ([path, text]: [string, string]): [string, string] => [
    path,
    isOfShop(path) ? text.replace(/^ {8}image:/m, setting) : text,
  ];
  return new Map([...distTree()].map(change));
}

async function collect(): Promise<Span[]> {
  const pods = (await Promise.all(shop.map((program) => podsOf(lab, program)))).flat().filter(isReady);
  const command = insideCommand('collector', [String(SECONDS)]);
  const texts = await Promise.all(
    pods.map(({ metadata }) => lab.inNetworkOf('shop', metadata.name, command)),
  );
  return texts.flatMap((text) => JSON.parse(text) as Span[]);
}

const order = `mutation($input: NewOrder!) { placeOrder(input: $input) {
  status customer { name balanceCents } lines { product { available } } payments { status } shipments { status }
} }`;

/** What has to be asked of every service. */
const question = `query everything {
  users { displayName }
  orders(first: 1) {
    status customer { name } lines { product { name } } payments { status } shipments { status } exchanges { status }
  }
}`;

async function ask(query: string, variables: object = {}): Promise<unknown> {
  const answer = await fetch(`${door!.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return answer.json();
}

/** The spans of what the frontend was asked, from a request to it on. */
function traceOf(spans: readonly Span[], operation: string): readonly Span[] {
  const start = spans.find(({ service, name }) => service === 'frontend' && name === operation);
  return spans.filter(({ traceId }) => traceId === start?.traceId);
}

const hopsOf = (trace: readonly Span[]): string[] =>
  [...new Set(trace.map(({ service }) => service))].toSorted();

/** A trace as a tree: each span below the one that it came from, in the order of time. */
function drawn(spans: readonly Span[], parent?: string, indent = ''): string[] {
  const children = spans.filter(({ parentSpanId }) => parentSpanId === parent);
  const inTime = children.toSorted((one, other) =>
    Number(BigInt(one.startTimeUnixNano) - BigInt(other.startTimeUnixNano)),
  );
  return inTime.flatMap((span) => [
    `${indent}${span.service}: ${span.name}`,
    ...drawn(spans, span.spanId, `${indent}  `),
  ]);
}

test(
  'an order is one trace over every program that has a part in it, and a question to all is one over all of them',
  async () => {
    door = await openDoor(lab, { namespace: 'shop', name: 'shop-frontend' }, 4000);
    const collecting = collect();
    await sleep((SECONDS / 3) * 1000);
    const input = { key: randomUUID(), customerId: 'ada', lines: [{ sku: 'tea', quantity: 1 }] };
    expect(await ask(order, { input })).toMatchObject({ data: { placeOrder: { status: 'CONFIRMED' } } });
    expect(await ask(question)).toMatchObject({ data: { orders: [{ status: 'CONFIRMED', exchanges: [] }] } });
    const spans = await collecting;
    const placing = traceOf(spans, 'mutation placeOrder');
    const hops = ['customers', 'frontend', 'fulfillment', 'inventory', 'orders', 'payments'];
    expect(hopsOf(placing)).toEqual(hops);
    const looking = traceOf(spans, 'query everything');
    expect(hopsOf(looking)).toEqual([...hops, 'exchanges', 'users'].toSorted());
    for (const trace of [placing, looking]) expect(drawn(trace)).toHaveLength(trace.length);
    prove('trace', [
      '## One order, one trace\n',
      `An order at the frontend of cluster \`${CLUSTER}\`: ${placing.length} spans of ${hops.length} programs, as they sent them by OTLP.\n`,
      '```text',
      ...drawn(placing),
      '```',
      `\nA question that every service has a part in: ${looking.length} spans of ${hopsOf(looking).length} programs.\n`,
      '```text',
      ...drawn(looking),
      '```',
      '',
    ]);
  },
  4 * MINUTES,
);

test(
  'each program of the shop answers GraphQL on port 4000',
  async () => {
    expect(shop).toHaveLength(8);
    for (const program of shop) {
      const { pods, request } = await asking(lab, program);
      const [answer] = await request(pods[0]!, {
        url: 'http://127.0.0.1:4000/graphql',
        method: 'POST',
        body: { query: '{ __typename }' },
      });
      expect([program.name, answer?.text]).toEqual([program.name, '{"data":{"__typename":"Query"}}']);
    }
  },
  MINUTES,
);

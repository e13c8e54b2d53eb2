import { describe, isMap, type Json, textIn, textsIn } from '../../estate';
import { imageOf } from '../facts/images';
import { workloadsOf } from '../facts/workloads';
import type { Rule } from '../rule';

interface Row {
  /** The last part of the image's name. */
  readonly image: RegExp;
  /** What is asked: a command, or `GET` and a path. */
  readonly asks: RegExp;
  readonly instead: string;
}

/** Questions that a member can only answer when others are there as well. */
const rows: readonly Row[] = [
  {
    image: /consul/,
    asks: /\/v1\/(status|operator\/(raft|autopilot))|consul (operator|kv|catalog)/,
    instead: 'tcpSocket on port 8500',
  },
  {
    image: /zookeeper/,
    asks: /\b(srvr|mntr|stat)\b|zkServer\.sh status|zkCli/,
    instead: 'ruok, which only asks for the process',
  },
  {
    image: /etcd/,
    asks: /etcdctl .*(endpoint health|get|put)|GET \/(health(?!.*serializable=true)|readyz)/,
    instead: 'GET /livez, or /health?serializable=true',
  },
  { image: /^nats/, asks: /GET \/healthz(?!.*js-)/, instead: 'GET /healthz?js-enabled-only=true' },
  {
    image: /kafka/,
    asks: /kafka-(topics|metadata-quorum|cluster|consumer-groups)/,
    instead: 'tcpSocket on the listener',
  },
  {
    image: /elasticsearch|opensearch/,
    asks: /_cluster\/health|_cat\/health/,
    instead: 'tcpSocket on port 9200',
  },
  { image: /redis|valkey|sentinel/, asks: /sentinel ckquorum|cluster info/i, instead: 'redis-cli ping' },
  {
    image: /rabbitmq/,
    asks: /cluster_status|check_if_node_is_quorum_critical|check_if_any_deprecated|node_health_check/,
    instead: 'rabbitmq-diagnostics -q ping',
  },
  {
    image: /mongo/,
    asks: /rs\.status|replSetGetStatus|rs\.conf/,
    instead: 'mongosh --eval "db.adminCommand(\'ping\')"',
  },
  {
    image: /vault|openbao/,
    asks: /GET \/v1\/sys\/(health(?!.*standbyok=true)|leader)|(vault|bao) (status|operator)/,
    instead: 'GET /v1/sys/health?standbyok=true&sealedcode=204&uninitcode=204',
  },
  {
    image: /spilo|patroni/,
    asks: /GET \/(leader|primary|master|replica|health)\b/,
    instead: 'GET /liveness',
  },
  { image: /cockroach/, asks: /GET \/health\?ready=1/, instead: 'GET /health' },
];

export const livenessTestsQuorum: Rule = {
  id: 'liveness-tests-quorum',
  title: 'No liveness probe asks for more than the process itself.',
  severity: 'error',
  why: 'When a majority is lost, such a probe fails on every member that is left, and the kubelet restarts them all, over and over: the quorum cannot come back. Readiness may ask for a quorum, liveness must not.',
  bad: `livenessProbe: # of a ZooKeeper
  exec: { command: [sh, -c, 'echo srvr | nc localhost 2181 | grep Mode'] }`,
  good: `livenessProbe:
  exec: { command: [sh, -c, 'echo ruok | nc localhost 2181 | grep imok'] }`,
  *check(scope) {
    for (const { object, containers } of workloadsOf(scope)) {
      for (const { container, path } of containers) {
        const asked = isMap(container['livenessProbe']) ? questionOf(container['livenessProbe']) : '';
        const row = asked === '' ? undefined : rowFor(textIn(container, 'image') ?? '', asked);
        if (!row) continue;
        const message = `the liveness probe of ${describe(object)} asks for other members as well: ${asked}`;
        yield {
          object,
          path: `${path}.livenessProbe`,
          message,
          fix: `use ${row.instead}, and keep this question for readiness`,
        };
      }
    }
  },
};

function rowFor(image: string, asked: string): Row | undefined {
  const { name } = imageOf(image);
  return rows.find((row) => row.asks.test(asked) && row.image.test(name));
}

function questionOf(probe: Json): string {
  const path = textIn(probe, 'httpGet', 'path');
  return path === undefined ? textsIn(probe, 'exec', 'command').join(' ') : `GET ${path}`;
}

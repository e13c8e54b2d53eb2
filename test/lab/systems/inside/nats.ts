/**
 * Runs in the network of a NATS server: `put <server> <value>` into a stream with three copies, or `get <server>`.
 * `kept <server> <name>` prints which servers keep a stream, for what, how long and what it holds last, as JSON.
 */
import { type JetStreamManager, jetstream, jetstreamManager, StorageType } from '@nats-io/jetstream';
import { connect, millis, type NatsConnection } from '@nats-io/transport-node';

const STREAM = 'proof';
const SUBJECT = 'proof.value';
const PATIENCE = 10_000;

async function main([action = '', server = '', value = '']: readonly string[]): Promise<void> {
  const connection = await connect({ servers: server, timeout: PATIENCE });
  const manager = await jetstreamManager(connection, { timeout: PATIENCE });
  process.stdout.write((await actions[action]?.(manager, value, connection)) ?? '');
  await connection.close();
}

type Action = (manager: JetStreamManager, value: string, connection: NatsConnection) => Promise<string>;

const actions: Readonly<Record<string, Action>> = {
  async put(manager, value, connection) {
    await manager.streams.add({
      name: STREAM,
      subjects: [SUBJECT],
      num_replicas: 3,
      storage: StorageType.File,
    });
    await jetstream(connection).publish(SUBJECT, value, { timeout: PATIENCE });
    return value;
  },
  async get(manager) {
    const message = await manager.streams.getMessage(STREAM, { last_by_subj: SUBJECT });
    return message?.string() ?? '';
  },
  async kept(manager, name) {
    const { cluster, config, state } = await manager.streams.info(name);
    const last = await manager.streams.getMessage(name, { seq: state.last_seq });
    const servers = [cluster?.leader, ...(cluster?.replicas ?? []).map((replica) => replica.name)];
    const { subjects, max_age } = config;
    return JSON.stringify({ servers, subjects, hours: millis(max_age) / 3_600_000, last: last?.string() });
  },
};

void main(process.argv.slice(2));

/** Runs in the network of a NATS server: `put <server> <value>` into a stream with three copies, or `get <server>`. */
import { jetstream, jetstreamManager, StorageType } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';

const STREAM = 'proof';
const SUBJECT = 'proof.value';
const PATIENCE = 10_000;

async function main([action = '', server = '', value = '']: readonly string[]): Promise<void> {
  const connection = await connect({ servers: server, timeout: PATIENCE });
  const manager = await jetstreamManager(connection, { timeout: PATIENCE });
  if (action === 'put') {
    await manager.streams.add({
      name: STREAM,
      subjects: [SUBJECT],
      num_replicas: 3,
      storage: StorageType.File,
    });
    await jetstream(connection).publish(SUBJECT, value, { timeout: PATIENCE });
  } else {
    const message = await manager.streams.getMessage(STREAM, { last_by_subj: SUBJECT });
    process.stdout.write(message?.string() ?? '');
  }
  await connection.close();
}

void main(process.argv.slice(2));

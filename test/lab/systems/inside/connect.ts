/**
 * Runs in the network of a pod: tries every target given as JSON at once, and prints which of them answer, as JSON. A
 * TCP port answers once it is connected, an UDP port once it replies to a question of DNS.
 */
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';

/** A port of an address. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
}

const PATIENCE = 3000;

function answersTcp({ host, port }: Target): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: PATIENCE });
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    for (const event of ['timeout', 'error']) socket.once(event, () => end(false));
  });
}

/** The address of kubernetes.default.svc.cluster.local? */
const QUESTION = Buffer.concat([
  Buffer.from([1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]),
  ...['kubernetes', 'default', 'svc', 'cluster', 'local', ''].map((label) =>
    Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]),
  ),
  Buffer.from([0, 1, 0, 1]),
]);

function answersUdp({ host, port }: Target): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const end = (answer: boolean): void => {
      clearTimeout(timer);
      socket.removeAllListeners().on('error', () => {});
      socket.close();
      resolve(answer);
    };
    const timer = setTimeout(() => end(false), PATIENCE);
    socket.once('message', () => end(true)).once('error', () => end(false));
    socket.connect(port, host, () => socket.send(QUESTION));
  });
}

async function main(): Promise<void> {
  const targets = JSON.parse(process.argv[2] ?? '[]') as readonly Target[];
  const answers = await Promise.all(
    targets.map((target) => (target.protocol === 'UDP' ? answersUdp(target) : answersTcp(target))),
  );
  process.stdout.write(JSON.stringify(answers));
}

void main();

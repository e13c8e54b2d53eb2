import { rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { readLine } from '../gateway';

/** Lets connections from outside into the network that this process lives in: one line says where to. */
function serve(path: string): void {
  rmSync(path, { force: true });
  createServer({ allowHalfOpen: true }, (client) => readLine(client, (line) => forward(client, line))).listen(
    path,
  );
}

function forward(client: Socket, line: string): void {
  const [host = '', port = ''] = line.split(' ');
  const target = connect({ host, port: Number(port), allowHalfOpen: true });
  target.once('connect', () => {
    client.write('ok\n');
    client.pipe(target).pipe(client);
  });
  target.on('error', (error) => client.end(`${error.message}\n`));
  client.on('error', () => target.destroy());
  client.on('close', () => target.destroy());
}

serve(process.argv[2] ?? '');

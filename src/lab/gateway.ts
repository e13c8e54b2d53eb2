import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import type { LabPlan } from './plan';

/** The one door into a lab's network: a socket in its folder. */
export function gatewaySocket(plan: Pick<LabPlan, 'folder'>): string {
  return join(plan.folder, 'gateway.sock');
}

/** Connects to an address inside a lab's network, for as long as nobody gives up on it. */
export function dial(gateway: string, host: string, port: number, signal?: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ path: gateway, ...(signal ? { signal } : {}) });
    socket.once('error', reject);
    socket.once('connect', () => socket.write(`${host} ${port}\n`));
    socket.once('close', () => reject(new Error(`the gateway has hung up on ${host}:${port}`)));
    readLine(socket, (answer) => {
      if (answer !== 'ok') return reject(new Error(`${host}:${port}: ${answer}`));
      socket.removeAllListeners('error').removeAllListeners('close');
      resolve(socket);
    });
  });
}

/** Hands over the first line that arrives, and puts back what follows it. */
export function readLine(socket: Socket, done: (line: string) => void): void {
  let text = Buffer.alloc(0);
  const onReadable = (): void => {
    for (let chunk = socket.read() as Buffer | null; chunk; chunk = socket.read() as Buffer | null) {
      text = Buffer.concat([text, chunk]);
      const end = text.indexOf(10);
      if (end < 0) continue;
      socket.off('readable', onReadable);
      socket.unshift(text.subarray(end + 1));
      return done(text.subarray(0, end).toString());
    }
  };
  socket.on('readable', onReadable);
}

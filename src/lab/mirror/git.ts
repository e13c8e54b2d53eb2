import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';

/** The repository that answers for every name that is not one of its own. */
export const ESTATE_REPOSITORY = 'estate';

/** Whether a path is one of git's. */
export function isGit(path: string): boolean {
  return /\/(info\/refs|git-upload-pack)$/.test(path);
}

/** Answers git's own protocol by git's own program. */
export function serveGit(folder: string, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'https://mirror');
  const [, name = '', action = ''] =
    /([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack)$/.exec(url.pathname) ?? [];
  const repository = existsSync(join(folder, `${name}.git`)) ? name : ESTATE_REPOSITORY;
  const backend = spawn('git', ['http-backend'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      ...process.env,
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: '1',
      // A repository may belong to whoever called sudo.
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'safe.directory',
      GIT_CONFIG_VALUE_0: '*',
      PATH_INFO: `/${repository}.git/${action}`,
      REQUEST_METHOD: request.method ?? 'GET',
      QUERY_STRING: url.search.slice(1),
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
    },
  });
  request.pipe(backend.stdin);
  backend.stdin.on('error', () => {});
  relay(backend.stdout, response);
}

/** A CGI program writes headers, an empty line and the body. */
function relay(output: NodeJS.ReadableStream, response: ServerResponse): void {
  let head: Buffer | undefined = Buffer.alloc(0);
  output.on('data', (chunk: Buffer) => {
    if (!head) {
      response.write(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    const headers = head.subarray(0, end).toString().split('\r\n').map(splitHeader);
    const status = headers.find(([name]) => name === 'status')?.[1] ?? '200';
    response.writeHead(
      parseInt(status, 10),
      Object.fromEntries(headers.filter(([name]) => name !== 'status')),
    );
    response.write(head.subarray(end + 4));
    head = undefined;
  });
  output.on('end', () => response.end());
}

function splitHeader(line: string): [name: string, value: string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

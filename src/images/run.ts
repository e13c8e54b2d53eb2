import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ImageError } from './errors';

const execute = promisify(execFile);

/** What to install where a tool is missing. */
const providers: { readonly [tool: string]: string } = {
  'apt-cache': 'it is a part of Debian and Ubuntu: build this image on one of them',
  'apt-get': 'it is a part of Debian and Ubuntu: build this image on one of them',
  'dpkg-deb': 'install dpkg',
  go: 'install Go from https://go.dev/dl',
  jlink: 'install a JDK (Debian: openjdk-17-jdk-headless) or set JAVA_HOME to one',
  ldd: 'it is a part of glibc: build this image on a Linux machine with glibc',
  mvn: 'install Maven (Debian: maven)',
  xz: 'install xz (Debian: xz-utils)',
};

/** How to run a tool. */
export interface RunOptions {
  readonly folder?: string;
  readonly environment?: { readonly [name: string]: string };
}

/** Run a tool to its end and return what it printed; an error has the end of what it complained about. */
export async function run(tool: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  try {
    const { stdout } = await execute(tool, [...args], {
      ...(options.folder === undefined ? {} : { cwd: options.folder }),
      env: { ...process.env, ...options.environment, LC_ALL: 'C' },
      timeout: 20 * 60_000,
      maxBuffer: 256 * 1024 * 1024,
    });
    return stdout;
  } catch (error) {
    throw explain(tool, args, error as ToolFailure);
  }
}

type ToolFailure = NodeJS.ErrnoException & { readonly stdout?: string; readonly stderr?: string };

function explain(tool: string, args: readonly string[], failure: ToolFailure): ImageError {
  const name = tool.slice(tool.lastIndexOf('/') + 1);
  if (failure.code === 'ENOENT')
    return new ImageError(`${name} is not on this machine: ${providers[name] ?? 'install it'}`);
  const output = `${failure.stdout ?? ''}\n${failure.stderr ?? ''}`.trim().split('\n').slice(-15).join('\n');
  return new ImageError(`${[name, ...args].join(' ').slice(0, 300)} failed:\n${output || failure.message}`, {
    cause: failure,
  });
}

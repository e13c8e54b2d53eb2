import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocuments } from '../../yaml';
import { kustomizationIn, readResources } from './read';
import { BuildError, type Built, isRemote, nameOf, type Resource } from './resource';

const tools: readonly (readonly [command: string, ...args: string[]])[] = [
  ['kustomize', 'build'],
  ['kubectl', 'kustomize'],
];

let found: (typeof tools)[number] | undefined | null = null;

/** Which tool there is: looked for once. */
export function realTool(): readonly string[] | undefined {
  if (found === null)
    found = tools.find(
      ([command]) => !spawnSync(command, ['version', '--client'], { timeout: 10_000 }).error,
    );
  return found;
}

/**
 * What the real tool makes of a folder; undefined where there is none. Nothing is fetched for it: a proxy that does
 * not answer stands in its way, and what would have to be is named.
 */
export function realBuild(folder: string): Built | undefined {
  const [command, ...args] = realTool() ?? [];
  if (command === undefined) return undefined;
  const nowhere = 'http://127.0.0.1:9';
  const result = spawnSync(command, [...args, '--load-restrictor=LoadRestrictionsNone', folder], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    timeout: 60_000,
    env: { ...process.env, HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere, GIT_ALLOW_PROTOCOL: 'file' },
  });
  const file = kustomizationIn(folder) ?? folder;
  const frame = { file, line: 1, column: 1 };
  if (result.status !== 0) {
    const reason = result.error?.message ?? withoutNoise(result.stderr);
    const address = addressIn(reason);
    if (address !== undefined) return { resources: [], remote: [{ address, frame }] };
    throw new BuildError(`${command} cannot build it: ${reason}`, frame, 'mend what it says');
  }
  const written = writtenBelow(folder);
  const resources = parseDocuments(result.stdout, file).documents.map(({ body }) => {
    const { kind, name } = nameOf({ body });
    const source = written.find((one) => nameOf(one).kind === kind && name.includes(nameOf(one).name));
    return { body, frames: [...(source?.frames ?? []), frame], earlier: [] };
  });
  return { resources, remote: [] };
}

/** What a tool says, without its advice and the marks of its log. */
function withoutNoise(text: string): string {
  const lines = text.split('\n').filter((line) => !line.startsWith('#'));
  return lines
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/^\s*(?:E\d{4} .*?err=[<"]|error: )\s*/i, '')
    .replace(/\s*[>"]?\s*$/, '');
}

/** The innermost thing that the tool wanted to fetch. */
function addressIn(reason: string): string | undefined {
  const addresses = reason.matchAll(/(?:accumulating (?:resources|components) from '|Get \\?")([^'"\\]+)/g);
  return Array.from(addresses, ([, address = '']) => address).findLast((address) => isRemote(address));
}

/** Manifests near a folder, to say where an object is written: in it, and beside it where bases usually are. */
function writtenBelow(folder: string): Resource[] {
  return [folder, join(folder, '..'), join(folder, '..', '..')].flatMap((place, index) =>
    readdirSync(place, { recursive: index < 2, encoding: 'utf8' })
      .filter((name) => /\.ya?ml$/.test(name) && !/(^|\/)(\.|node_modules)/.test(name))
      .flatMap((name) => {
        try {
          return readResources(join(place, name));
        } catch {
          return [];
        }
      }),
  );
}

/**
 * Puts optional packages of other platforms back into `package-lock.json`: `npm run lockfile`, after `npm install`.
 *
 * A registry that lacks some of them makes npm leave them out, and `npm ci` then refuses the lockfile everywhere.
 */
import { readFileSync, writeFileSync } from 'node:fs';

interface Entry {
  readonly version?: string;
  readonly cpu?: readonly string[];
  readonly os?: readonly string[];
  readonly optional?: boolean;
  readonly dev?: boolean;
  readonly optionalDependencies?: { readonly [name: string]: string };
}

const systems = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const processors: { readonly [word: string]: string } = {
  aarch64: 'arm64',
  arm: 'arm',
  arm64: 'arm64',
  ia32: 'ia32',
  loong64: 'loong64',
  mips64el: 'mips64el',
  ppc64: 'ppc64',
  ppc64le: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
  wasm32: 'wasm32',
  x64: 'x64',
};

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: { [path: string]: Entry } };
const missing = Object.entries(lock.packages).flatMap(([path, entry]) =>
  Object.entries(entry.optionalDependencies ?? {})
    .filter(
      ([name]) => !lock.packages[`${path}/node_modules/${name}`] && !lock.packages[`node_modules/${name}`],
    )
    .map(([name, version]): [string, Entry] => [
      `node_modules/${name}`,
      platformPackage(name, version, entry.dev === true),
    ]),
);
const all = [...Object.entries(lock.packages), ...missing].sort(([left], [right]) => (left < right ? -1 : 1));
writeFileSync(
  'package-lock.json',
  `${JSON.stringify({ ...lock, packages: Object.fromEntries(all) }, null, 2)}\n`,
);
process.stdout.write(`${missing.length} packages of other platforms put back\n`);

function platformPackage(name: string, version: string, dev: boolean): Entry {
  const words = name.split(/[-/]/);
  const os = systems.find((system) => words.includes(system));
  const cpu = words.map((word) => processors[word]).find((one) => one !== undefined);
  if (os === undefined && cpu === undefined)
    throw new Error(`${name} names no platform: it is missing for another reason`);
  return {
    version,
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(dev ? { dev } : {}),
    optional: true,
    ...(os ? { os: [os] } : {}),
  };
}

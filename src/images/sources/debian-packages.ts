import { ImageError } from '../errors';

/** A Debian package as apt's index describes it. */
export interface DebianPackage {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  readonly depends: readonly Alternatives[];
  /** What is worth telling of it inside an image. */
  readonly stanza: string;
}

/** Names of packages of which one is enough. */
export type Alternatives = readonly string[];

/** Looks packages up by name; a name that is unknown, or only provided by others, is not in the answer. */
export type Lookup = (names: readonly string[]) => Promise<readonly DebianPackage[]>;

/** Packages that only install others, or that busybox takes the place of. */
const unneeded: readonly string[] = [
  'adduser', 'base-files', 'debconf', 'debianutils', 'dpkg', 'gcc-12-base', 'init-system-helpers', 'install-info',
  'libc-bin', 'lsb-base', 'passwd', 'perl', 'perl-base', 'sensible-utils', 'sysvinit-utils', 'ucf',
]; // prettier-ignore

/** The packages and everything that they depend on, sorted by name, without those named and those that no image needs. */
export async function closure(
  names: readonly string[],
  without: readonly string[],
  lookup: Lookup,
): Promise<readonly DebianPackage[]> {
  const omitted = new Set([...unneeded, ...without].filter((name) => !names.includes(name)));
  const found = new Map<string, DebianPackage>();
  let wanted: readonly Alternatives[] = names.map((name) => [name]);
  while (wanted.length > 0) {
    const chosen = await choose(wanted, lookup);
    for (const one of chosen) found.set(one.name, one);
    wanted = chosen.flatMap(({ depends }) => depends).filter((names) => isMissing(names, found, omitted));
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function isMissing(
  names: Alternatives,
  found: ReadonlyMap<string, unknown>,
  omitted: ReadonlySet<string>,
): boolean {
  return !names.some((name) => found.has(name) || omitted.has(name));
}

async function choose(wanted: readonly Alternatives[], lookup: Lookup): Promise<readonly DebianPackage[]> {
  const known = new Map((await lookup([...new Set(wanted.flat())])).map((one) => [one.name, one]));
  return wanted.map((names) => {
    const name = names.find((name) => known.has(name));
    const one = name && known.get(name);
    if (!one)
      throw new ImageError(
        `apt knows no package ${names.join(' or ')}: run apt-get update, or name another one`,
      );
    return one;
  });
}

/** The stanzas of an apt index. */
export function parsePackages(index: string): readonly DebianPackage[] {
  return index
    .split(/\n\n+/)
    .filter((text) => text.startsWith('Package:'))
    .map(parsePackage);
}

function parsePackage(text: string): DebianPackage {
  const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1] ?? '';
  const told = ['Package', 'Version', 'Architecture', 'Maintainer', 'Source', 'Homepage'].filter((name) =>
    field(name),
  );
  return {
    name: field('Package'),
    version: field('Version'),
    sha256: field('SHA256'),
    depends: [field('Pre-Depends'), field('Depends')].flatMap(parseDepends),
    stanza: `${told.map((name) => `${name}: ${field(name)}`).join('\n')}\nStatus: install ok installed\n`,
  };
}

/** `libc6 (>= 2.36), debconf:any | debconf-2.0` as names. */
export function parseDepends(text: string): readonly Alternatives[] {
  return text
    .split(',')
    .filter((one) => one.trim() !== '')
    .map(parseAlternatives);
}

function parseAlternatives(text: string): Alternatives {
  return text.split('|').map((name) => name.trim().replace(/[\s(:[].*$/, ''));
}

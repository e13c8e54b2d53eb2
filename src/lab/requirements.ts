import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from './wait';

/** The commands that a lab runs, and the Debian package that brings each. */
const COMMANDS: Readonly<Record<string, string>> = {
  containerd: 'containerd',
  ctr: 'containerd',
  runc: 'runc',
  iptables: 'iptables',
  'iptables-restore': 'iptables',
  conntrack: 'conntrack',
  ipset: 'ipset',
  ethtool: 'ethtool',
  ip: 'iproute2',
  nsenter: 'util-linux',
  unshare: 'util-linux',
  mount: 'mount',
  git: 'git',
};

const CNI_FOLDERS = ['/usr/lib/cni', '/opt/cni/bin'];
const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The search path of every process of a lab: the user's may lack the folders for administrators. */
export const PATH = SYSTEM_PATH;

/** The folder of the CNI plugins. */
export function cniFolder(): string | undefined {
  return CNI_FOLDERS.find((folder) => existsSync(join(folder, 'host-local')));
}

/** The Debian packages that are missing here. */
export function missingPackages(has: (command: string) => boolean = onPath): string[] {
  const missing = Object.entries(COMMANDS).flatMap(([command, debian]) => (has(command) ? [] : [debian]));
  return [...new Set(missing)].toSorted();
}

/**
 * Says what this machine lacks to run a lab.
 * @throws LabError that names every missing thing and what to do about it.
 */
export function checkRequirements(): void {
  if (process.platform !== 'linux') throw new LabError(`a lab runs on Linux, this is ${process.platform}`);
  if (process.getuid?.() !== 0)
    throw new LabError('a lab makes namespaces and mounts: run it as root (sudo)');
  const missing = missingPackages();
  if (cniFolder() === undefined) missing.push('containernetworking-plugins');
  if (missing.length > 0) {
    const install = `apt-get install --no-install-recommends ${missing.join(' ')}`;
    throw new LabError(`this machine lacks what a lab needs; on Debian:\n  ${install}`);
  }
}

function onPath(command: string): boolean {
  return SYSTEM_PATH.split(':').some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

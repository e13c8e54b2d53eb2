import { mergedFolders } from './paths';
import type { FilesSource, ImageConfig, ImageUser, InlineEntry } from './types';

/**
 * The last layer of every image: what a program expects of any root file system. It is the last one so that its
 * owners and modes hold, whatever other layers put into the same folders.
 */
export function rootFilesystem(config: ImageConfig): FilesSource {
  return { kind: 'files', entries: [...links, ...accounts(config.user), ...folders, ...ownFolders(config)] };
}

const links: readonly InlineEntry[] = mergedFolders.map((name) => ({ path: name, link: `usr/${name}` }));

const folders: readonly InlineEntry[] = [
  ...['dev', 'etc', 'proc', 'run', 'sys', 'usr', 'var', ...mergedFolders.map((name) => `usr/${name}`)].map(
    plain,
  ),
  { path: 'root', directory: true, mode: 0o700 },
  { path: 'tmp', directory: true, mode: 0o1777 },
  { path: 'var/tmp', directory: true, mode: 0o1777 },
];

function plain(path: string): InlineEntry {
  return { path, directory: true };
}

function accounts(user: ImageUser): readonly InlineEntry[] {
  const users = [
    { name: 'root', uid: 0, gid: 0, home: '/root' },
    { name: 'nobody', uid: 65534, gid: 65534, home: '/' },
    user,
  ];
  const unique = users.filter(({ uid }, index) => users.findIndex((other) => other.uid === uid) === index);
  const shell = '/bin/sh';
  const passwd = unique.map(
    ({ name, uid, gid, home }) => `${name}:x:${uid}:${gid}:${name}:${home}:${shell}\n`,
  );
  const group = unique.map(({ name, gid }) => `${name}:x:${gid}:\n`);
  return [
    { path: 'etc/hosts', text: '127.0.0.1 localhost\n::1 localhost\n' },
    { path: 'etc/passwd', text: passwd.join('') },
    { path: 'etc/group', text: group.join('') },
    {
      path: 'etc/nsswitch.conf',
      text: 'passwd: files\ngroup: files\nhosts: files dns\nservices: files\nprotocols: files\n',
    },
  ];
}

function ownFolders({ user, volumes = [], folders = [] }: ImageConfig): readonly InlineEntry[] {
  const { uid, gid, home } = user;
  const paths = [...volumes, ...folders, ...(uid === 0 || home === '/' ? [] : [home])];
  return paths.map((path) => ({ path, directory: true, mode: 0o755, uid, gid }));
}

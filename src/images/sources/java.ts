import { realpath, readFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { ImageError } from '../errors';
import { run } from '../run';
import type { JavaSource } from '../types';
import { walk } from '../walk';
import type { PreparedSource } from './prepared';

/** A Java runtime cut out of this machine's JDK. Its libraries come from the distribution, as the JDK's own do. */
export async function java(source: JavaSource): Promise<PreparedSource> {
  const home = await javaHome(process.env);
  const release = await readFile(join(home, 'release'), 'utf8');
  return {
    inputs: [release, source.modules, source.without ?? [], source.to],
    entries: async (work) => {
      const output = join(work, 'java');
      const small = ['--strip-debug', '--no-header-files', '--no-man-pages'];
      const without = source.without ? [`--exclude-files=${source.without.join(',')}`] : [];
      const modules = ['--add-modules', source.modules.join(',')];
      await run(join(home, 'bin', 'jlink'), [...small, ...without, ...modules, '--output', output]);
      return walk(output, source.to);
    },
  };
}

/** The JDK: `JAVA_HOME`, or the one whose `jlink` is on the path. */
export async function javaHome(environment: NodeJS.ProcessEnv): Promise<string> {
  if (environment['JAVA_HOME']) return environment['JAVA_HOME'];
  for (const folder of (environment['PATH'] ?? '').split(delimiter)) {
    const jlink = await realpath(join(folder, 'jlink')).catch(() => undefined);
    if (jlink) return dirname(dirname(jlink));
  }
  throw new ImageError(
    'jlink is not on this machine: install a JDK (Debian: openjdk-17-jdk-headless) or set JAVA_HOME to one',
  );
}

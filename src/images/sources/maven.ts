import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ImageError } from '../errors';
import { run } from '../run';
import type { MavenSource } from '../types';
import { walk } from '../walk';
import type { PreparedSource } from './prepared';

/** Jars from the Maven repository that `mvn` is set up for. What a coordinate names there never changes. */
export async function maven(source: MavenSource): Promise<PreparedSource> {
  return {
    inputs: [source.artifacts, source.without ?? [], source.to],
    entries: async (work) => {
      const jars = join(work, 'jars');
      await mkdir(jars);
      await writeFile(join(work, 'pom.xml'), pom(source));
      const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${jars}`];
      await run('mvn', ['--batch-mode', '--quiet', ...goal], { folder: work });
      return walk(jars, source.to);
    },
  };
}

/** A project that depends on the artifacts and on nothing else. */
export function pom(source: Pick<MavenSource, 'artifacts' | 'without'>): string {
  const exclusions = (source.without ?? []).map((name) => element('exclusion', coordinates(name, 2)));
  const dependency = (artifact: string): string =>
    element('dependency', `${coordinates(artifact, 3)}${element('exclusions', exclusions.join(''))}`);
  const own = coordinates('fluxwright:image:1', 3);
  const body = `<modelVersion>4.0.0</modelVersion>${own}<packaging>pom</packaging>`;
  const dependencies = element('dependencies', source.artifacts.map(dependency).join(''));
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">${body}${dependencies}</project>\n`;
}

function coordinates(text: string, count: number): string {
  const parts = text.split(':');
  const valid = parts.length === count && parts.every((part) => /^[\w.-]+$/.test(part));
  if (!valid)
    throw new ImageError(
      `${text} is no Maven coordinate: write ${count === 3 ? 'group:artifact:version' : 'group:artifact'}`,
    );
  return ['groupId', 'artifactId', 'version']
    .slice(0, count)
    .map((name, index) => element(name, parts[index] ?? ''))
    .join('');
}

function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ImageError } from './errors';

/** Who pushes. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

interface DockerConfig {
  readonly auths?: { readonly [registry: string]: { readonly auth?: string } };
}

/** What `docker login` noted for a registry in `$DOCKER_CONFIG/config.json`, else in `~/.docker/config.json`. */
export async function credentialsFor(
  registry: string,
  environment = process.env,
): Promise<Credentials | undefined> {
  const file = join(environment['DOCKER_CONFIG'] || join(homedir(), '.docker'), 'config.json');
  const text = await readFile(file, 'utf8').catch(() => '{}');
  const auths = parseConfig(text, file).auths ?? {};
  const noted = [registry, `https://${registry}`, `https://${registry}/v1/`]
    .map((name) => auths[name]?.auth)
    .find(Boolean);
  return noted === undefined ? undefined : decode(noted, file);
}

function parseConfig(text: string, file: string): DockerConfig {
  try {
    return JSON.parse(text) as DockerConfig;
  } catch (cause) {
    throw new ImageError(`${file} is not JSON: log in again, or remove it`, { cause });
  }
}

function decode(auth: string, file: string): Credentials {
  const text = Buffer.from(auth, 'base64').toString();
  const colon = text.indexOf(':');
  if (colon < 1)
    throw new ImageError(`${file} holds an "auth" that is not base64 of user:password: log in again`);
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

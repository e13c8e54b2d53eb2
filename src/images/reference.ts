import { ImageError } from './errors';

/** The parts of an image's name. */
export interface Reference {
  /** `docker.io`, `localhost:5000`. */
  readonly registry: string;
  /** `library/zookeeper`. */
  readonly repository: string;
  readonly tag: string;
}

const hub = 'docker.io';
const repositoryForm = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const tagForm = /^\w[\w.-]{0,127}$/;

/** The parts of a name as container runtimes read it: `zookeeper:3.9.5` is `docker.io/library/zookeeper:3.9.5`. */
export function parseReference(text: string): Reference {
  const [, name = text, tag = 'latest'] = /^(.+?)(?::([^/:]*))?$/.exec(text) ?? [];
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  const isRegistry = first === 'localhost' || /[.:]/.test(first);
  const registry = isRegistry ? first : hub;
  const rest = isRegistry ? name.slice(slash + 1) : name;
  const repository = registry === hub && !rest.includes('/') ? `library/${rest}` : rest;
  const valid = repositoryForm.test(repository) && tagForm.test(tag);
  if (!valid)
    throw new ImageError(
      `${JSON.stringify(text)} is no image name: write registry/repository:tag in lower case, without a digest`,
    );
  return { registry, repository, tag };
}

/** The whole name, under which a container runtime keeps the image. */
export function canonicalReference(text: string): string {
  const { registry, repository, tag } = parseReference(text);
  return `${registry}/${repository}:${tag}`;
}

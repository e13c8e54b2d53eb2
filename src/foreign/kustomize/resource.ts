import type { Frame, JsonObject, ObstacleId } from '../../estate';
import { identityOf, kindOf } from '../../estate';

/** What a manifest is called. */
export interface Name {
  /** The kind with its group. */
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** One object while it is made: its body, and the files that say it. */
export interface Resource {
  readonly body: JsonObject;
  /** Where it is written, then what changes it. */
  readonly frames: readonly Frame[];
  /** Names that it had before, the oldest first: references and patches may use any of them. */
  readonly earlier: readonly Name[];
  /** Whether its name is to end in the hash of its content. */
  readonly hashed?: boolean;
  /** The document as it is written, where SOPS has signed it. */
  readonly verbatim?: string;
}

/** What a folder makes. */
export interface Built {
  readonly resources: readonly Resource[];
  /** Addresses that would have to be fetched: nobody has looked at what is there. */
  readonly remote: readonly Remote[];
}

/** Something in another place. */
export interface Remote {
  readonly address: string;
  readonly frame: Frame;
}

const remoteForm =
  /^(?:[a-z+]+:\/\/|git@|git::)|^(?:github\.com|gitlab\.com|bitbucket\.org)[/:]|\.git(?:[/?]|$)|\?ref=/;

/** Whether an entry of a kustomization is the address of something that has to be fetched. */
export function isRemote(entry: string): boolean {
  return remoteForm.test(entry);
}

/** Something that keeps a folder from being built, and where. */
export class BuildError extends Error {
  override readonly name = 'BuildError';

  constructor(
    message: string,
    readonly frame: Frame,
    readonly fix: string,
    /** What the finding is called. */
    readonly rule: ObstacleId = 'kustomize',
  ) {
    super(message);
  }
}

/** Something that only the real kustomize knows how to do. */
export class Unsupported extends BuildError {
  constructor(
    readonly what: string,
    frame: Frame,
  ) {
    super(
      `${what} is beyond what is built in, and neither kustomize nor kubectl is installed`,
      frame,
      'install kustomize or kubectl: what they make of this folder is then checked',
    );
  }
}

/** What a resource is called now. */
export function nameOf({ body }: Pick<Resource, 'body'>): Name {
  const { name, namespace = '', ...rest } = identityOf(body);
  return { kind: kindOf(rest), namespace, name };
}

/** All that a resource is and was called. */
export function namesOf(resource: Resource): readonly Name[] {
  return [...resource.earlier, nameOf(resource)];
}

/** A resource with another body; where that gives it another name, the one before is kept. */
export function withBody(resource: Resource, body: JsonObject): Resource {
  if (body === resource.body) return resource;
  const [before, after] = [nameOf(resource), nameOf({ body })];
  const same =
    before.name === after.name && before.namespace === after.namespace && before.kind === after.kind;
  return { ...resource, body, earlier: same ? resource.earlier : [...resource.earlier, before] };
}

/** Whether two names mean one object: no namespace and `default` are the same. */
export function isSame(one: Name, other: Name): boolean {
  return (
    one.kind === other.kind &&
    one.name === other.name &&
    (one.namespace || 'default') === (other.namespace || 'default')
  );
}

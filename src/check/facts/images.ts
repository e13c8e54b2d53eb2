/** An image's name in its parts. */
export interface Image {
  /** With the registry: `quay.io/strimzi/kafka`. */
  readonly repository: string;
  /** The last part of the repository: `kafka`. */
  readonly name: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Take an image's name apart. */
export function imageOf(text: string): Image {
  const at = text.indexOf('@');
  const named = at < 0 ? text : text.slice(0, at);
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  const repository = colon < 0 ? named : named.slice(0, colon);
  const tag = colon < 0 ? undefined : named.slice(colon + 1);
  return {
    repository,
    name: repository.slice(repository.lastIndexOf('/') + 1),
    ...(tag && { tag }),
    ...(at >= 0 && { digest: text.slice(at + 1) }),
  };
}

/** Whether a tag is moved from time to time to something newer. */
export function isMoving(tag: string): boolean {
  return moving.test(tag);
}

const moving =
  /^(latest|stable|main|master|trunk|edge|nightly|dev|devel|develop|development|head|canary|next|rolling|current|release|snapshot|unstable|testing|prod|production|staging)(-[a-z]+)?$/i;

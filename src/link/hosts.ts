/** A Service that a text names by its host name. */
export interface HostMention {
  readonly service: string;
  readonly namespace: string;
  readonly port?: number;
}

const none: readonly never[] = [];

const pattern =
  /([a-z0-9][-a-z0-9]*)\.([a-z0-9][-a-z0-9]*)\.svc(?![-a-z0-9])(?:\.([-a-z0-9.]*[a-z0-9]))?(?::(\d{1,5}))?/g;

/**
 * The Services that a text names as `<service>.<namespace>.svc`, with or without the cluster's domain, a pod's
 * name in front and a port behind. Names in another cluster's domain are somebody else's.
 */
export function hostsIn(text: string, domain: string): readonly HostMention[] {
  if (!text.includes('.svc')) return none;
  return Array.from(text.matchAll(pattern)).flatMap((match) => {
    const [, service = '', namespace = '', behind, port] = match;
    if (behind !== undefined && behind !== domain) return [];
    return [{ service, namespace, ...(port === undefined ? {} : { port: Number(port) }) }];
  });
}

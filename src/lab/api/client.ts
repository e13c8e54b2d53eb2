import { createInterface } from 'node:readline';
import type { Json, JsonObject } from '../../estate';
import { call, open, type Connection } from './connection';

/** An object as an API server gives it. */
export interface LiveObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly generation?: number;
    readonly resourceVersion?: string;
    readonly deletionTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: JsonObject;
  readonly status?: JsonObject;
  readonly [field: string]: unknown;
}

/** A refusal of the API server, in its own words. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    message: string,
    /** The whole `Status` object, where the answer was one. */
    readonly body: JsonObject = {},
  ) {
    super(message);
  }
}

/** A change that a watch saw. */
export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: LiveObject;
}

/** A small client of the Kubernetes API: requests by path, server-side apply, watches. */
export class KubeClient {
  private readonly resources = new Map<string, Promise<readonly Resource[]>>();

  constructor(private readonly connection: Connection) {}

  /**
   * Sends a request; the body is sent as JSON.
   * @throws ApiError where the API server refuses.
   */
  async request(method: string, path: string, body?: Json, type = contentType(method)): Promise<JsonObject> {
    const sent = body === undefined ? {} : { body: JSON.stringify(body), type };
    const { status, text } = await call(this.connection, { method, path, ...sent });
    const answer = parse(text);
    if (status < 300) return answer;
    throw new ApiError(status, typeof answer['message'] === 'string' ? answer['message'] : text, answer);
  }

  /** An object by its path, or undefined where there is none. */
  async find(path: string): Promise<LiveObject | undefined> {
    try {
      return (await this.request('GET', path)) as unknown as LiveObject;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** The objects of a list; none where their kind is not known. */
  async list(path: string): Promise<readonly LiveObject[]> {
    const found = await this.find(path);
    return (found?.['items'] as readonly LiveObject[] | undefined) ?? [];
  }

  /** Applies an object on the server's side, as owner of every field in it. */
  async apply(object: JsonObject, query: Readonly<Record<string, string>> = {}): Promise<LiveObject> {
    const parameters = new URLSearchParams({ fieldManager: 'fluxwright-lab', force: 'true', ...query });
    const path = `${await this.pathOf(object)}?${parameters.toString()}`;
    const answer = await this.request('PATCH', path, object, 'application/apply-patch+yaml');
    return answer as unknown as LiveObject;
  }

  /** The path of an object, as the API server serves its kind. */
  async pathOf(object: JsonObject): Promise<string> {
    const { apiVersion, kind, metadata } = object as unknown as Identified;
    const resource = await this.resourceOf(apiVersion, kind);
    const scope = resource.namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : '';
    return `${groupPath(apiVersion)}${scope}/${resource.name}/${metadata.name}`;
  }

  /** Lists a collection, then follows it until it is stopped; a broken watch starts anew. */
  follow(path: string, onEvent: (event: WatchEvent) => void): () => void {
    const stopped = new AbortController();
    void this.followForever(path, onEvent, stopped.signal);
    return () => stopped.abort();
  }

  private async followForever(
    path: string,
    onEvent: (event: WatchEvent) => void,
    stop: AbortSignal,
  ): Promise<void> {
    while (!stop.aborted) {
      try {
        const list = await this.request('GET', path);
        for (const object of list['items'] as unknown as readonly LiveObject[])
          onEvent({ type: 'ADDED', object });
        await this.watch(
          path,
          (list['metadata'] as { resourceVersion: string }).resourceVersion,
          onEvent,
          stop,
        );
      } catch {
        // Whatever broke it, the next list says how things stand.
      }
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }

  private async watch(
    path: string,
    from: string,
    onEvent: (event: WatchEvent) => void,
    stop: AbortSignal,
  ): Promise<void> {
    const query = `watch=true&resourceVersion=${from}&timeoutSeconds=100`;
    const message = await open(this.connection, {
      method: 'GET',
      path: `${path}${path.includes('?') ? '&' : '?'}${query}`,
    });
    const end = (): unknown => message.destroy();
    stop.addEventListener('abort', end);
    for await (const line of createInterface({ input: message })) {
      const event = JSON.parse(line) as WatchEvent;
      if (event.type === 'ERROR') break;
      onEvent(event);
    }
    stop.removeEventListener('abort', end);
    message.destroy();
  }

  private async resourceOf(apiVersion: string, kind: string): Promise<Resource> {
    const known = this.resources.get(apiVersion) ?? this.discover(apiVersion);
    this.resources.set(apiVersion, known);
    const resource = (await known).find((one) => one.kind === kind && !one.name.includes('/'));
    if (resource) return resource;
    this.resources.delete(apiVersion);
    throw new ApiError(404, `the API server serves no ${kind} of ${apiVersion}`);
  }

  private async discover(apiVersion: string): Promise<readonly Resource[]> {
    const answer = await this.find(groupPath(apiVersion));
    return (answer?.['resources'] as readonly Resource[] | undefined) ?? [];
  }
}

interface Identified {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

function groupPath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

function contentType(method: string): string {
  return method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
}

function parse(text: string): JsonObject {
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return {};
  }
}

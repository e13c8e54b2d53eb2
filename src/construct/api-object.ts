import { ApiObject, type ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import { kindOf, type JsonObject } from '../estate';
import { provides } from '../estate/provides';
import { providedOf } from './provides';
import { type Endpoint, serviceEndpoint } from './references';

/** What every generated construct takes besides the fields of its kind. */
export interface ObjectProps {
  readonly metadata?: ApiObjectMetadata;
}

/**
 * The base of the generated constructs: an object of one kind, every field as it was given. A field that the types
 * do not know (through a spread, or a cast) is rendered too: the checks judge it, nothing drops it.
 */
export class KubeObject extends ApiObject {
  constructor(scope: Construct, id: string, apiVersion: string, kind: string, props: ObjectProps) {
    super(scope, id, { ...(props as JsonObject), apiVersion, kind });
  }

  /**
   * Where one of the Services answers that an operator makes for this object, by the end of its name:
   * `bootstrap` of a Kafka `erboh` is `erboh-kafka-bootstrap`.
   */
  endpoint(service: string, port: number): Endpoint {
    const made = providedNames(this, 'Service');
    const found = made.find((name) => name === service || name.endsWith(`-${service}`));
    if (found === undefined) {
      const known =
        made.length > 0 ? `it makes ${made.join(', ')}` : 'no Service of it is known: say it with provides()';
      throw new Error(`${this.kind} ${this.name} has no Service ${service}: ${known}`);
    }
    return serviceEndpoint(this, found, port);
  }
}

/** The names of what an operator makes for an object, as far as they follow from its own name. */
function providedNames(object: KubeObject, kind: string): string[] {
  const declared = providedOf(object).filter((one) => one.kind === kind);
  const rows = (provides[kindOf(object)] ?? []).filter(
    (row) => row.kind === kind && /^[^{]*(\{name\})?[^{]*$/.test(row.name),
  );
  return [
    ...declared.map(({ name }) => name),
    ...rows.map(({ name }) => name.replace('{name}', object.name)),
  ];
}

import { ApiObject, type ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import type { JsonObject } from '../estate';

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
}

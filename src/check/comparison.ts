import type { EstateObject, JsonObject, ObjectId } from '../estate';

/** An object as it stands in the committed tree. */
export interface PreviousObject {
  readonly id: ObjectId;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly body: JsonObject;
  readonly unit: string;
  /** Relative to the output folder. */
  readonly path: string;
}

/** What has changed in one cluster between the committed tree and the new one. */
export interface Comparison {
  /** Objects that are in both, and differ or have moved. */
  readonly changed: readonly { readonly before: PreviousObject; readonly after: EstateObject }[];
  /** Objects that are in the committed tree alone. */
  readonly removed: readonly PreviousObject[];
  /** Units that are in the committed tree alone. */
  readonly removedUnits: readonly string[];
  /** Units that are in the new tree alone. */
  readonly addedUnits: readonly string[];
}

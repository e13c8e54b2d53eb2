import type { JsonObject } from '../../estate';

/** A manifest without a namespace: a chart fills in its own, Helm the release's. */
export interface Manifest {
  /** What it is in its workload; the id of its construct, and its file in a Helm chart. */
  readonly id: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly body: JsonObject;
}

/** One manifest of a workload. */
export function manifest(
  id: string,
  apiVersion: string,
  kind: string,
  name: string,
  body: JsonObject,
): Manifest {
  return { id, apiVersion, kind, name, body };
}

/** The labels that select a workload's pods. */
export function selectorOf(name: string): { [key: string]: string } {
  return { 'app.kubernetes.io/name': name };
}

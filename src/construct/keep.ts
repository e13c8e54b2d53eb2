import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Include } from './include';
import { pruneAnnotation } from '../units/protect';

/**
 * Have Flux keep every object below a construct, whatever leaves the repository: the first of the commits that
 * move an object to another chart, or rename a chart, without deleting what runs. Call it last, when all objects
 * are there. Into what SOPS has encrypted, write the annotation with `sops edit`.
 *
 * @example
 * keep(this);
 */
export function keep(construct: IConstruct): void {
  for (const child of construct.node.findAll()) {
    if (ApiObject.isApiObject(child)) child.metadata.addAnnotation(pruneAnnotation, 'disabled');
    if (child instanceof Include) child.annotate(pruneAnnotation, 'disabled');
  }
}

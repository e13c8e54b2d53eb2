import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type Named, objectName } from '../names';
import { type Endpoint, serviceEndpoint } from '../references';
import { programManifests, type ProgramSpec } from './program-manifests';

/**
 * One of our own services: a Deployment, its Service, configuration, probes, disruption budget and autoscaling,
 * with a security context that asks for nothing.
 *
 * @example
 * new Program(this, 'producer', {
 *   image: programs.producer,
 *   port: 3000,
 *   env: { BROKERS: kafka.bootstrap },
 * });
 */
export class Program extends Construct {
  readonly name: string;
  readonly #spec: ProgramSpec;

  constructor(scope: Construct, id: string, { name: chosen, ...spec }: ProgramSpec & Named) {
    super(scope, id);
    this.name = chosen ?? objectName(this);
    this.#spec = spec;
    const labels = { 'app.kubernetes.io/name': this.name };
    for (const { id: part, apiVersion, kind, name, body } of programManifests({
      ...spec,
      name: this.name,
      labels,
    })) {
      const object = new ApiObject(this, part, { apiVersion, kind, metadata: { name, labels }, ...body });
      if (kind === 'Deployment') this.node.defaultChild = object;
    }
  }

  /** Where the program answers. */
  get endpoint(): Endpoint {
    const { port } = this.#spec;
    if (port === undefined) throw new Error(`${this.node.path} serves nothing: give it a port`);
    return serviceEndpoint(this, this.name, port);
  }
}

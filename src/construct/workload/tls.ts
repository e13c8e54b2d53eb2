import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type Named, objectName } from '../names';
import { namespaceOf } from '../references';
import type { Peers } from './peers';

/** Who signs a certificate, in cert-manager's words. */
export interface IssuerReference {
  readonly kind: 'Issuer' | 'ClusterIssuer';
  readonly name: string;
}

/** A certificate for a cluster's peers. */
export interface Tls {
  readonly issuer: IssuerReference;
  /** The folder with `tls.crt`, `tls.key` and `ca.crt`. */
  readonly path: string;
  /**
   * Further names, besides those of the peers and Services.
   *
   * @default - none
   */
  readonly names?: readonly string[];
}

const api = 'cert-manager.io/v1';

/** The certificate of a cluster, in the Secret `<name>-tls`. */
export function certificateOf(scope: Construct, name: string, peers: Peers, tls: Tls): ApiObject {
  const service = `${name}.${namespaceOf(scope)}.svc`;
  return new ApiObject(scope, 'certificate', {
    apiVersion: api,
    kind: 'Certificate',
    metadata: { name: `${name}-tls` },
    spec: {
      secretName: `${name}-tls`,
      commonName: name,
      dnsNames: [peers.host, `*.${peers.host}`, name, service, 'localhost', ...(tls.names ?? [])],
      ipAddresses: ['127.0.0.1'],
      usages: ['server auth', 'client auth', 'digital signature', 'key encipherment'],
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      issuerRef: { group: 'cert-manager.io', ...tls.issuer },
    },
  });
}

/**
 * A certificate authority of one's own, made and kept by cert-manager, for what talks inside one namespace.
 *
 * @example
 * const authority = new CertificateAuthority(this, 'ca');
 * new StatefulCluster(this, 'server', { …, tls: { issuer: authority.issuer, path: '/consul/tls' } });
 */
export class CertificateAuthority extends Construct {
  readonly issuer: IssuerReference;

  constructor(scope: Construct, id: string, props: Named = {}) {
    super(scope, id);
    const name = props.name ?? objectName(this);
    const root = new ApiObject(this, 'root', {
      apiVersion: api,
      kind: 'Issuer',
      metadata: { name: `${name}-root` },
      spec: { selfSigned: {} },
    });
    new ApiObject(this, 'certificate', {
      apiVersion: api,
      kind: 'Certificate',
      metadata: { name },
      spec: {
        isCA: true,
        secretName: name,
        commonName: name,
        duration: '87600h',
        privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Never' },
        issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: root.name },
      },
    });
    new ApiObject(this, 'issuer', {
      apiVersion: api,
      kind: 'Issuer',
      metadata: { name },
      spec: { ca: { secretName: name } },
    });
    this.issuer = { kind: 'Issuer', name };
  }
}

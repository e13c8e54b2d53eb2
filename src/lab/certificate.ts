import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  type KeyObject,
} from 'node:crypto';
import { isIP } from 'node:net';
import { bits, der, identifier, integer, octets, sequence, setOf, tagged, truth, utcTime, utf8 } from './der';

/** A certificate and its private key, both as PEM. */
export interface Credential {
  readonly certificate: string;
  readonly key: string;
}

/** Who a certificate is for: what Kubernetes reads as user, groups and server names. */
export interface Subject {
  readonly commonName: string;
  readonly organization?: string;
  /** Host names and IP addresses that the certificate serves. */
  readonly hosts?: readonly string[];
}

/** An authority that signs: its own certificate is what others trust. */
export interface Authority extends Credential {
  readonly commonName: string;
}

const DAY = 86_400_000;
const VALID_DAYS = 365;

/** A new certificate authority, trusted by nobody yet. */
export function createAuthority(commonName: string): Authority {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subject = { commonName };
  const certificate = certify({
    subject,
    issuer: subject,
    publicKey,
    signer: privateKey,
    signerPublic: publicKey,
  });
  return { commonName, certificate, key: pem(privateKey) };
}

/** A new key with a certificate for servers and clients alike, signed by an authority. */
export function issue(authority: Authority, subject: Subject): Credential {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signerPublic = createPublicKey(authority.certificate);
  const issuer = { commonName: authority.commonName };
  const leaf = certify({ subject, issuer, publicKey, signer: authority.key, signerPublic });
  return { certificate: leaf, key: pem(privateKey) };
}

interface Request {
  readonly subject: Subject;
  readonly issuer: Subject;
  readonly publicKey: KeyObject;
  readonly signer: KeyObject | string;
  readonly signerPublic: KeyObject;
}

function certify(request: Request): string {
  const algorithm = sequence(identifier('1.2.840.10045.4.3.2'));
  const now = Date.now();
  const body = sequence(
    tagged(0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    nameOf(request.issuer),
    sequence(utcTime(new Date(now - DAY)), utcTime(new Date(now + VALID_DAYS * DAY))),
    nameOf(request.subject),
    spki(request.publicKey),
    tagged(3, sequence(...extensions(request))),
  );
  const signature = sign('sha256', body, request.signer);
  return armour('CERTIFICATE', sequence(body, algorithm, bits(signature)));
}

function extensions({ subject, issuer, publicKey, signerPublic }: Request): Buffer[] {
  const selfSigned = subject === issuer;
  const list = [
    extension('2.5.29.19', selfSigned ? sequence(truth()) : sequence(), true),
    extension('2.5.29.15', selfSigned ? bits(Buffer.from([0x06]), 1) : bits(Buffer.from([0xa0]), 5), true),
    extension('2.5.29.14', octets(keyId(publicKey))),
    extension('2.5.29.35', sequence(der(0x80, keyId(signerPublic)))),
  ];
  if (!selfSigned) {
    const serverAndClient = ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'].map(identifier);
    list.push(extension('2.5.29.37', sequence(...serverAndClient)));
  }
  if (subject.hosts?.length) list.push(extension('2.5.29.17', sequence(...subject.hosts.map(hostName))));
  return list;
}

function extension(id: string, value: Buffer, critical = false): Buffer {
  return sequence(identifier(id), ...(critical ? [truth()] : []), octets(value));
}

function hostName(host: string): Buffer {
  return isIP(host) === 4
    ? der(0x87, Buffer.from(host.split('.').map(Number)))
    : der(0x82, Buffer.from(host));
}

function nameOf({ commonName, organization }: Subject): Buffer {
  const parts = [['2.5.4.3', commonName] as const];
  const all = organization === undefined ? parts : [['2.5.4.10', organization] as const, ...parts];
  return sequence(...all.map(([id, text]) => setOf(sequence(identifier(id), utf8(text)))));
}

function spki(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' });
}

function keyId(key: KeyObject): Buffer {
  return createHash('sha1').update(spki(key)).digest();
}

function pem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function armour(label: string, content: Buffer): string {
  const lines = content.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

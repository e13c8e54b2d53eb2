import { X509Certificate, createPrivateKey } from 'node:crypto';
import { connect, createServer, type TLSSocket } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { createAuthority, issue } from '../../src/lab/certificate';

const authority = createAuthority('lab');

test('an authority is one: self-signed and allowed to sign', () => {
  const certificate = new X509Certificate(authority.certificate);
  expect(certificate.ca).toBe(true);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.checkPrivateKey(createPrivateKey(authority.key))).toBe(true);
});

test('a leaf names its user, groups and hosts, and is signed by the authority', () => {
  const leaf = issue(authority, {
    commonName: 'system:node:node-1',
    organization: 'system:nodes',
    hosts: [
      'node-1',
      'a.very.long.name.that.makes.the.extension.longer.than.one.hundred.and.twenty.eight.bytes.example.com',
      '10.250.0.11',
    ],
  });
  const certificate = new X509Certificate(leaf.certificate);
  expect(certificate.subject).toBe('O=system:nodes\nCN=system:node:node-1');
  expect(certificate.issuer).toBe('CN=lab');
  expect(certificate.ca).toBe(false);
  expect(certificate.checkIssued(new X509Certificate(authority.certificate))).toBe(true);
  expect(certificate.verify(new X509Certificate(authority.certificate).publicKey)).toBe(true);
  expect(certificate.checkHost('node-1')).toBe('node-1');
  expect(certificate.checkIP('10.250.0.11')).toBe('10.250.0.11');
  expect(certificate.checkHost('node-2')).toBeUndefined();
  expect(certificate.checkPrivateKey(createPrivateKey(leaf.key))).toBe(true);
});

test('client and server accept each other only through the authority', async () => {
  const leaf = issue(authority, { commonName: 'both', hosts: ['localhost'] });
  expect(await handshake(leaf, authority.certificate)).toBe(true);
  await expect(handshake(leaf, createAuthority('lab').certificate)).rejects.toThrow(/certificate|signature/);
});

async function handshake(leaf: { certificate: string; key: string }, ca: string): Promise<boolean> {
  const server = createServer({
    cert: leaf.certificate,
    key: leaf.key,
    ca: authority.certificate,
    requestCert: true,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const client = connect({
      port,
      host: '127.0.0.1',
      servername: 'localhost',
      ca,
      cert: leaf.certificate,
      key: leaf.key,
    });
    const accepted = new Promise<boolean>((resolve) =>
      server.once('secureConnection', (socket: TLSSocket) => resolve(socket.authorized)),
    );
    await new Promise<void>((resolve, reject) => client.once('secureConnect', resolve).once('error', reject));
    const authorized = await accepted;
    client.destroy();
    return authorized;
  } finally {
    server.close();
  }
}

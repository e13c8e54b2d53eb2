import { type ReferenceTable, rows, type ShortRow } from './row';
import { podParts, secret, secretKey } from './shapes';

/** A store of keys or certificates; without a key it is the one that Strimzi writes. */
const stores: readonly ShortRow[] = [
  'keystoreSecretRef',
  'keystorePasswordSecretRef',
  'truststoreSecretRef',
  'truststorePasswordSecretRef',
].map((field) => secretKey(`**.tls.${field}`));

/** Apicurio Registry. */
export const apicurioReferences: ReferenceTable = {
  'registry.apicur.io/ApicurioRegistry3': rows('spec', [
    ...stores,
    secretKey('**.kafkasql.auth.clientIdRef'),
    secretKey('**.kafkasql.auth.clientSecretRef'),
    secret('**.kafkasql.kafkaAccessSecretName'),
    secretKey('**.dataSource.password'),
    ...podParts,
  ]),
};

import { type ReferenceTable, rows, type ShortRow } from './row';
import { secret, soft } from './shapes';

const account: ShortRow = ['account', 'jetstream.nats.io/Account', 'start'];
const own = rows('spec', [account]);

/** NACK. A stream is known by the name that it has in NATS, and may be made by somebody else there. */
export const nackReferences: ReferenceTable = {
  'jetstream.nats.io/Stream': rows('spec', [
    account,
    ['mirror.name', 'jetstream.nats.io/Stream', 'start', soft],
    ['sources[].name', 'jetstream.nats.io/Stream', 'start', soft],
  ]),
  'jetstream.nats.io/Consumer': rows('spec', [
    account,
    ['streamName', 'jetstream.nats.io/Stream', 'start', soft],
  ]),
  'jetstream.nats.io/KeyValue': own,
  'jetstream.nats.io/ObjectStore': own,
  'jetstream.nats.io/Account': rows('spec', [
    secret('creds.secret.name'),
    secret('nkey.secret.name'),
    secret('tls.secret.name'),
    secret('token.secret.name'),
    secret('user.secret.name'),
  ]),
};

import { describe, type EstateObject, textMapIn } from '../../estate';
import { listed } from '../facts/text';
import type { Rule } from '../rule';

export const plainSecret: Rule = {
  id: 'plain-secret',
  title: 'No Secret is in Git in plain text.',
  severity: 'error',
  why: 'Whoever can read the repository, now or later, has it: base64 hides nothing, and Git forgets nothing. It must then be changed, not only removed.',
  bad: `kind: Secret
stringData:
  password: hunter2`,
  good: `# encrypted with SOPS, included as it is: new Include(this, 'secrets', { path: 'secrets/' })
kind: Secret
stringData:
  password: ENC[AES256_GCM,data:…]
sops: { … }`,
  *check({ of }) {
    for (const object of of('Secret')) {
      const keys = object.verbatim === undefined ? plainKeys(object) : [];
      if (keys.length === 0) continue;
      const message = `${describe(object)} holds ${listed(keys)} for everybody who can read the repository`;
      const fix =
        'encrypt the file with SOPS and include it, or make it from outside: an ExternalSecret, or external(…) for one made by hand. If it is no secret, use a ConfigMap';
      yield { object, path: 'data', message, fix };
    }
  },
};

/** Keys with a value: neither empty, nor a variable that Flux fills in. */
function plainKeys({ body }: EstateObject): string[] {
  return ['data', 'stringData'].flatMap((field) =>
    Object.entries(textMapIn(body, field)).flatMap(([key, value]) =>
      value === '' || /^\$\{\w+\}$/.test(value) ? [] : [key],
    ),
  );
}

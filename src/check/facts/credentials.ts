/** Texts that are credentials whatever is around them. */
const unmistakable: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'a private key', pattern: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/ },
  { what: 'an age identity', pattern: /AGE-SECRET-KEY-1[0-9A-Z]{20,}/ },
  { what: 'an AWS access key', pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/ },
  { what: 'a GitHub token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{40,})/ },
  { what: 'a GitLab token', pattern: /\bglpat-[A-Za-z0-9_-]{20,}/ },
  { what: 'a Slack token', pattern: /\bxox[abprs]-[A-Za-z0-9-]{20,}/ },
];

/** What credential a text is or holds, where there is no doubt. */
export function credentialIn(text: string): string | undefined {
  if (text.length < 20) return undefined;
  return unmistakable.find(({ pattern }) => pattern.test(text))?.what;
}

/** The user and password in an address, as in `amqp://user:password@host`. */
export function hasPasswordInAddress(text: string): boolean {
  if (!text.includes('://')) return false;
  const password = /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@'"<>${}]*:([^\s/@'"<>${}()%]+)@/i.exec(text)?.[1];
  return password !== undefined && !/^[x*.]+$/i.test(password);
}

/** Whether something of this name and value is most likely a password or token, written out. */
export function isNamedCredential(name: string, value: string): boolean {
  return (
    nameOfCredential.test(name) && !placeholder.test(value) && !(nameOfToken.test(name) && value.length < 12)
  );
}

const nameOfCredential =
  /(^|[a-z0-9_.-])(PASSWORD|PASSWD|Password|password|passwd|API_?KEY|[aA]piKey|api[_-]key|CLIENT_SECRET|[cC]lientSecret|client[_-]secret|SECRET_ACCESS_KEY|TOKEN|Token|token)$/;
const nameOfToken = /token$/i;

/** Nothing, a reference, a variable, a path, an address, a switch, an encrypted text. */
const placeholder =
  /^$|^\s*[$<{%/]|^(true|false|yes|no|none|null|\d{1,4}|-)$|^[a-z+]+:\/\/|^(ENC|vault|ref\+)|\$\(|\$\{|\{\{|^file:/i;

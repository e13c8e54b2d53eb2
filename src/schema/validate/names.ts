/** Says what is wrong with a text, or undefined where nothing is. */
export type TextCheck = (text: string) => string | undefined;

function shaped(pattern: RegExp, maximum: number, shape: string): TextCheck {
  return (text) => {
    if (text.length > maximum) return `is longer than ${maximum} characters`;
    return pattern.test(text) ? undefined : `must be ${shape}`;
  };
}

/** Lower case letters, digits and hyphens: the name of a Namespace, a container, a volume. */
export const dnsLabel = shaped(
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  63,
  'lower case letters, digits and hyphens, with a letter or digit at both ends',
);

/** As a DNS label, and a letter first: the name of a Service. */
export const dns1035Label = shaped(
  /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  63,
  'lower case letters, digits and hyphens, with a letter first and a letter or digit last',
);

/** DNS labels joined by dots: the name of most kinds. */
export const dnsSubdomain = shaped(
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  253,
  'lower case letters, digits, hyphens and dots, with a letter or digit at both ends of each part',
);

/** As a DNS subdomain, where the first part may be `*`: the host of an Ingress. */
export const wildcardSubdomain = shaped(
  /^\*\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  253,
  '`*.` and a DNS name of lower case letters, digits, hyphens and dots',
);

/** Anything that can be a part of a URL's path: the name of a Role. */
export const pathSegment: TextCheck = (name) => {
  if (name === '.' || name === '..') return 'must not be `.` or `..`';
  return /[/%]/.test(name) ? 'must not contain `/` or `%`' : undefined;
};

/** The key of an entry of a ConfigMap or Secret. */
export const configKey: TextCheck = (key) => {
  if (key === '.' || key === '..' || key.startsWith('..')) return 'must not be `.` or start with `..`';
  return shaped(/^[-._a-zA-Z0-9]+$/, 253, 'letters, digits, `-`, `_` and `.`')(key);
};

const qualifiedPart = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** The key of a label: a name of at most 63 characters, after an optional DNS name and a slash. */
export const labelKey: TextCheck = (key) => {
  const slash = key.indexOf('/');
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  const name = key.slice(slash + 1);
  if (prefix !== undefined && dnsSubdomain(prefix))
    return `has the prefix ${prefix}, which ${dnsSubdomain(prefix)}`;
  if (name.length > 63) return 'has a name part longer than 63 characters';
  return qualifiedPart.test(name)
    ? undefined
    : 'must be letters, digits, `-`, `_` and `.`, with a letter or digit at both ends';
};

/** The value of a label: empty, or a name of at most 63 characters. */
export const labelValue: TextCheck = (value) => {
  if (value === '') return undefined;
  return shaped(
    qualifiedPart,
    63,
    'letters, digits, `-`, `_` and `.`, with a letter or digit at both ends',
  )(value);
};

/** The name of a port of a container: what IANA calls a service name. */
export const portName: TextCheck = (name) => {
  if (!/[a-z]/.test(name)) return 'must contain a letter';
  if (name.includes('--')) return 'must not contain two hyphens in a row';
  return shaped(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
    15,
    'lower case letters, digits and hyphens, with a letter or digit at both ends',
  )(name);
};

/** The name of an environment variable: anything that can be printed, but an equals sign. */
export const environmentName = shaped(/^[ -<>-~]+$/, Infinity, 'printable ASCII characters without `=`');

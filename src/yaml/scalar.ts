/**
 * How text is written so that every reader of YAML 1.1 and 1.2 takes it for the same text. Where readers
 * disagree (`yes`, `0o17`, `12:30`, `1e3`) it is quoted: quoting too much is harmless, too little is not.
 */

/** Letters, digits and signs that mean nothing to YAML: what most values of a manifest are made of. */
const WORD = /^[A-Za-z_/][A-Za-z0-9_./-]*$/;

/** Every spelling of a boolean, null, infinity and not-a-number; `e5` is a float to some readers of YAML 1.1. */
const RESERVED =
  /^(?:[-+]?\.?inf(?:inity)?|[-+]?\.?nan|y|n|yes|no|on|off|true|false|null|[-+.]?e[-+]?[0-9_]+)$/i;

/** A text that begins with a digit and holds something that no number, date or time holds: `100m`, `5Gi`, `10.0.0.0/8`. */
const MEASURE = /^[0-9][A-Za-z0-9_.-]*[g-nq-suvwyG-NQ-SUVWY/][A-Za-z0-9_./-]*$/;

/** Two dots and more make no number: `1.2.3`, `10.0.0.1`. */
const VERSION = /^[0-9]+(?:\.[0-9]+){2,}$/;

/** How other plain text may begin: options and relative paths (`--config=x`, `./folder`) included. */
const PLAIN_START = /^(?:[A-Za-z_/$(;]|--?[A-Za-z]|\.\.?\/|[^\0-\x7f])/;

/** What ends or changes plain text in its middle or at its end. */
const BREAKS_PLAIN = /:(?: |$)| #| $|\t/;

/**
 * What may stand unescaped: visible characters. Spaces that look like others, invisible marks, line and
 * paragraph separators and byte order marks are left out, although YAML allows some of them.
 */
const VISIBLE =
  '\\x20-\\x7e\\u00a1-\\u00ac\\u00ae-\\u1fff\\u200c\\u200d\\u2010-\\u2027\\u2030-\\u205e\\u2070-\\u2fff' +
  '\\u3001-\\ud7ff\\ue000-\\ufefe\\uff00-\\uffef\\ufffc\\ufffd\\u{10000}-\\u{10ffff}';
const ASCII_LINE = /^[\x20-\x7e]*$/;
const LINE = new RegExp(`^[${VISIBLE}]*$`, 'u');
const LINES = new RegExp(`^[\\t\\n${VISIBLE}]*$`, 'u');
const TO_ESCAPE = new RegExp(`["\\\\]|[^${VISIBLE}]`, 'gu');

/** One line, then something that ends in a visible character, then any number of line ends. */
const HAS_BLOCK_END = /[^\s]\n*$/;

const SHORT_ESCAPES: { readonly [character: string]: string } = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
};

/** Text on one line: plain where that is safe, in single quotes where double quotes would need escapes. */
export function inlineScalar(text: string): string {
  if (isPlain(text)) return text;
  const single = (text.includes('"') || text.includes('\\')) && isLine(text);
  return single ? `'${text.replaceAll("'", "''")}'` : doubleQuoted(text);
}

/** Whether text in several lines can be written as a literal block and read back as it was. */
export function fitsBlock(text: string): boolean {
  return LINES.test(text) && HAS_BLOCK_END.test(text);
}

/**
 * Text in several lines as a literal block, from its header on.
 *
 * @param indent a line end and the spaces in front of the lines, two more than those of the parent
 */
export function blockScalar(text: string, indent: string): string {
  // A reader takes the first line's indentation for everybody's, and some trip over a tab there.
  const indicator = /^\s/.test(text) ? '2' : '';
  const body = text.endsWith('\n') ? text.slice(0, -1) : text;
  return `|${indicator}${chomping(text)}${`\n${body}`.replaceAll(/\n(?=[^\n])/g, indent)}`;
}

function chomping(text: string): string {
  if (!text.endsWith('\n')) return '-';
  return text.endsWith('\n\n') ? '+' : '';
}

function isPlain(text: string): boolean {
  if (WORD.test(text)) return !RESERVED.test(text);
  if (MEASURE.test(text) || VERSION.test(text)) return true;
  return PLAIN_START.test(text) && !BREAKS_PLAIN.test(text) && isLine(text) && !RESERVED.test(text);
}

function isLine(text: string): boolean {
  return ASCII_LINE.test(text) || LINE.test(text);
}

function doubleQuoted(text: string): string {
  return `"${text.replaceAll(TO_ESCAPE, escape)}"`;
}

function escape(character: string): string {
  const code = character.charCodeAt(0);
  return SHORT_ESCAPES[character] ?? `\\u${code.toString(16).padStart(4, '0')}`;
}

/** One token of an expression. */
export interface Token {
  readonly type: 'identifier' | 'integer' | 'double' | 'text' | 'bytes' | 'symbol' | 'end';
  /** As written; for texts, what they stand for. */
  readonly text: string;
  readonly position: number;
}

const blank = /(?:\s+|\/\/[^\n]*)+/y;
const word = /[A-Za-z_]\w*|`[A-Za-z0-9_.\-/ ]+`/y;
const number =
  /0[xX][0-9A-Fa-f]+[uU]?|\d+\.\d+(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\d+[uU]?/y;
const text =
  /([bB]?[rR]?|[rR][bB])(?:"""([\s\S]*?(?<!\\)(?:\\\\)*)"""|'''([\s\S]*?(?<!\\)(?:\\\\)*)'''|"((?:[^"\\\n]|\\[\s\S])*)"|'((?:[^'\\\n]|\\[\s\S])*)')/y;
const rawText = /([bB]?[rR]|[rR][bB])(?:"""([\s\S]*?)"""|'''([\s\S]*?)'''|"([^"\n]*)"|'([^'\n]*)')/y;
const symbol = /&&|\|\||==|!=|<=|>=|\.\?|\[\?|[-+*/%!<>()[\]{},.:?]/y;

/**
 * The tokens of an expression, with one that marks the end.
 *
 * @throws SyntaxError where something is no token.
 */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = position;
    return pattern.exec(source);
  };
  while (position < source.length) {
    const space = match(blank);
    if (space) {
      position += space[0].length;
      continue;
    }
    const found = match(rawText) ?? match(text);
    const token = found ? textToken(found, position) : plainToken(match, position);
    if (!token) throw new SyntaxError(`cannot read ${source.slice(position, position + 10)} at ${position}`);
    tokens.push(token.token);
    position += token.length;
  }
  return [...tokens, { type: 'end', text: '', position }];
}

type Found = { readonly token: Token; readonly length: number };

function plainToken(match: (pattern: RegExp) => RegExpExecArray | null, position: number): Found | undefined {
  const kinds = [
    ['identifier', word],
    ['integer', number],
    ['symbol', symbol],
  ] as const;
  for (const [kind, pattern] of kinds) {
    const written = match(pattern)?.[0];
    if (written === undefined) continue;
    const type = kind === 'integer' && !/^0x/i.test(written) && /[.eE]/.test(written) ? 'double' : kind;
    const plain = written.startsWith('`') ? written.slice(1, -1) : written;
    return { token: { type, text: plain, position }, length: written.length };
  }
  return undefined;
}

function textToken(match: RegExpExecArray, position: number): Found {
  const prefix = match[1]!.toLowerCase();
  const body = match[2] ?? match[3] ?? match[4] ?? match[5] ?? '';
  const value = prefix.includes('r') ? body : unescape(body);
  return {
    token: { type: prefix.includes('b') ? 'bytes' : 'text', text: value, position },
    length: match[0].length,
  };
}

const controls: { readonly [letter: string]: string } = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

function unescape(body: string): string {
  return body.replace(
    /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|[xX]([0-9A-Fa-f]{2})|([0-3][0-7]{2})|([\s\S]))/g,
    (all, u, U, x, octal, letter) => {
      const hexadecimal: string | undefined = u ?? U ?? x;
      if (hexadecimal !== undefined) return String.fromCodePoint(parseInt(hexadecimal, 16));
      if (octal !== undefined) return String.fromCodePoint(parseInt(octal as string, 8));
      const control = controls[letter as string];
      if (control === undefined && !/[\\?"'`]/.test(letter as string))
        throw new SyntaxError(`there is no escape ${all}`);
      return control ?? (letter as string);
    },
  );
}

/** Character classes in POSIX notation, as the inside of a JavaScript character class. */
const posixClasses: { readonly [name: string]: string } = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7F',
  blank: '\\t ',
  cntrl: '\\x00-\\x1F\\x7F',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

/** What RE2 means by the escapes that JavaScript reads otherwise; the second form is for inside a class. */
const escapes: { readonly [letter: string]: readonly [string, string | undefined] } = {
  A: ['(?<![\\s\\S])', undefined],
  z: ['(?![\\s\\S])', undefined],
  a: ['\\x07', '\\x07'],
  s: ['[\\t\\n\\f\\r ]', '\\t\\n\\f\\r '],
  S: ['[^\\t\\n\\f\\r ]', undefined],
  C: ['[\\s\\S]', undefined],
};

interface Flags {
  readonly insensitive: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
}

const cache = new Map<string, RegExp>();

/**
 * A regular expression in RE2's syntax, as Go reads it, as a JavaScript one with the same meaning.
 *
 * @throws SyntaxError where RE2 has no such expression (lookaround, backreferences) or where this translation knows
 * no equivalent. A caller that cannot tell must not call the pattern broken.
 */
export function re2(pattern: string): RegExp {
  let compiled = cache.get(pattern);
  if (!compiled) {
    compiled = new RegExp(new Translation(pattern).whole(), 'u');
    cache.set(pattern, compiled);
  }
  return compiled;
}

class Translation {
  private position = 0;

  constructor(private readonly source: string) {}

  whole(): string {
    const text = this.alternatives({ insensitive: false, multiline: false, dotAll: false });
    if (this.position < this.source.length) throw new SyntaxError(`unexpected ) in ${this.source}`);
    return text;
  }

  /** Up to the closing parenthesis or the end. Flags set half-way hold to there, so they travel along. */
  private alternatives(initial: Flags): string {
    let flags = initial;
    let text = '';
    while (this.position < this.source.length && this.source[this.position] !== ')') {
      const changed = this.inlineFlags(flags);
      if (changed) flags = changed;
      else text += this.atom(flags) + this.quantifier();
    }
    return text;
  }

  /** `(?i)` alone: flags for the rest of the group. */
  private inlineFlags(flags: Flags): Flags | undefined {
    const match = /^\(\?([imsU]*)(?:-([imsU]+))?\)/.exec(this.source.slice(this.position));
    if (!match) return undefined;
    this.position += match[0].length;
    return this.withFlags(flags, match[1]!, match[2] ?? '');
  }

  private withFlags(flags: Flags, on: string, off: string): Flags {
    if (on.includes('U')) throw new SyntaxError('the flag U has no equivalent');
    return {
      insensitive: (flags.insensitive || on.includes('i')) && !off.includes('i'),
      multiline: (flags.multiline || on.includes('m')) && !off.includes('m'),
      dotAll: (flags.dotAll || on.includes('s')) && !off.includes('s'),
    };
  }

  private atom(flags: Flags): string {
    const letter = String.fromCodePoint(this.source.codePointAt(this.position)!);
    if (letter === '(') return this.group(flags);
    if (letter === '[') return this.characterClass(flags);
    if (letter === '\\') return this.escape(flags);
    this.position += letter.length;
    if (letter === '|') return '|';
    if (letter === '.') return flags.dotAll ? '[\\s\\S]' : '[^\\n]';
    if (letter === '^') return flags.multiline ? '(?<=\\n|(?<![\\s\\S]))' : '(?<![\\s\\S])';
    if (letter === '$') return flags.multiline ? '(?=\\n|(?![\\s\\S]))' : '(?![\\s\\S])';
    if ('*+?'.includes(letter)) throw new SyntaxError(`nothing to repeat in ${this.source}`);
    return literal(letter, flags);
  }

  private group(flags: Flags): string {
    const rest = this.source.slice(this.position);
    const opening = /^\((?:\?P?<(?<name>\w+)>|\?(?<on>[imsU]*)(?:-(?<off>[imsU]+))?:|(?!\?))/.exec(rest);
    if (!opening) throw new SyntaxError(`RE2 has no group like ${rest.slice(0, 4)}`);
    this.position += opening[0].length;
    const inside = this.withFlags(flags, opening.groups?.['on'] ?? '', opening.groups?.['off'] ?? '');
    const text = this.alternatives(inside);
    if (this.source[this.position] !== ')') throw new SyntaxError(`missing ) in ${this.source}`);
    this.position++;
    const name = opening.groups?.['name'];
    if (name) return `(?<${name}>${text})`;
    return opening[0] === '(' ? `(${text})` : `(?:${text})`;
  }

  private escape(flags: Flags): string {
    const letter = this.source[this.position + 1];
    if (letter === undefined) throw new SyntaxError(`${this.source} ends in a backslash`);
    if (letter === 'Q') return this.quoted(flags);
    const special = escapes[letter];
    if (special) {
      this.position += 2;
      return special[0];
    }
    const { text, code } = this.escapedCharacter();
    return code === undefined ? text : literal(String.fromCodePoint(code), flags);
  }

  /** One escape that means the same inside and outside of a class. */
  private escapedCharacter(): { text: string; code?: number } {
    const rest = this.source.slice(this.position);
    const property = /^\\([pP])(?:\{(\^?)(\w+)\}|(\w))/.exec(rest);
    if (property) {
      this.position += property[0].length;
      const negated = (property[1] === 'P') !== (property[2] === '^');
      return { text: `\\${negated ? 'P' : 'p'}{${unicodeProperty(property[3] ?? property[4]!)}}` };
    }
    const numeric = /^\\(?:x\{([0-9A-Fa-f]+)\}|x([0-9A-Fa-f]{2})|([0-7]{3}|0[0-7]{0,2}))/.exec(rest);
    if (numeric) {
      this.position += numeric[0].length;
      const code =
        numeric[3] === undefined ? parseInt(numeric[1] ?? numeric[2]!, 16) : parseInt(numeric[3], 8);
      return { text: `\\u{${code.toString(16)}}`, code };
    }
    const letter = rest[1]!;
    this.position += 2;
    if ('dDwWbB'.includes(letter)) return { text: `\\${letter}` };
    const control = { f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }[letter];
    if (control) return { text: `\\${letter}`, code: control.codePointAt(0)! };
    if (/[0-9A-Za-z]/.test(letter)) throw new SyntaxError(`RE2 has no escape \\${letter}`);
    return { text: quote(letter), code: letter.codePointAt(0)! };
  }

  private quoted(flags: Flags): string {
    const end = this.source.indexOf('\\E', this.position);
    const text = this.source.slice(this.position + 2, end < 0 ? undefined : end);
    this.position = end < 0 ? this.source.length : end + 2;
    return Array.from(text)
      .map((letter) => literal(letter, flags))
      .join('');
  }

  private characterClass(flags: Flags): string {
    let text = '[';
    this.position++;
    if (this.source[this.position] === '^') text += this.source[this.position++]!;
    const start = this.position;
    while (this.position === start || this.source[this.position] !== ']') text += this.classMember(flags);
    this.position++;
    return `${text}]`;
  }

  private classMember(flags: Flags): string {
    const rest = this.source.slice(this.position);
    if (rest === '') throw new SyntaxError(`missing ] in ${this.source}`);
    const posix = /^\[:(\^?)(\w+):\]/.exec(rest);
    if (posix) return this.posixClass(posix);
    const from = this.classCharacter();
    if (from.code === undefined) return from.text;
    const isRange = /^-[^\]]/.test(this.source.slice(this.position));
    if (!isRange) return from.text + bothCases(from.code, from.code, flags);
    this.position++;
    const to = this.classCharacter();
    if (to.code === undefined) throw new SyntaxError(`bad range in ${this.source}`);
    return `${from.text}-${to.text}${bothCases(from.code, to.code, flags)}`;
  }

  private posixClass(match: RegExpExecArray): string {
    const members = posixClasses[match[2]!];
    if (members === undefined || match[1] === '^') throw new SyntaxError(`no equivalent for ${match[0]}`);
    this.position += match[0].length;
    return members;
  }

  private classCharacter(): { text: string; code?: number } {
    const letter = String.fromCodePoint(this.source.codePointAt(this.position)!);
    if (letter !== '\\') {
      this.position += letter.length;
      return { text: quote(letter), code: letter.codePointAt(0)! };
    }
    const special = escapes[this.source[this.position + 1] ?? ''];
    if (!special) return this.escapedCharacter();
    if (special[1] === undefined) throw new SyntaxError(`no equivalent inside a class in ${this.source}`);
    this.position += 2;
    return { text: special[1] };
  }

  /** RE2 allows up to 1000 repetitions and reads a brace that is no repetition as itself. */
  private quantifier(): string {
    const match = /^(?:[*+?]|\{(\d+)(?:,(\d*))?\})\??/.exec(this.source.slice(this.position));
    if (!match) return '';
    if (Number(match[1] ?? 0) > 1000 || Number(match[2] ?? 0) > 1000)
      throw new SyntaxError('RE2 repeats at most 1000 times');
    this.position += match[0].length;
    if (/^[*+?]/.test(this.source.slice(this.position)))
      throw new SyntaxError('RE2 has no repetition of a repetition');
    return match[0];
  }
}

function quote(letter: string): string {
  return /[\^$\\.*+?()[\]{}|/-]/.test(letter) ? `\\${letter}`.replace('\\-', '\\x2d') : letter;
}

/** A character by itself. The `i` flag of JavaScript holds for a whole expression, RE2's for a part of it. */
function literal(letter: string, flags: Flags): string {
  const other = otherCase(letter);
  return flags.insensitive && other !== letter ? `[${quote(letter)}${quote(other)}]` : quote(letter);
}

function otherCase(letter: string): string {
  const upper = letter.toUpperCase();
  const other = upper === letter ? letter.toLowerCase() : upper;
  return Array.from(other).length === 1 ? other : letter;
}

/** What a range lacks to hold the other case of each of its letters. */
function bothCases(from: number, to: number, flags: Flags): string {
  if (!flags.insensitive) return '';
  const letters: string[] = [];
  for (let code = Math.max(from, 65); code <= Math.min(to, 122); code++) {
    const letter = String.fromCharCode(code);
    if (/[A-Za-z]/.test(letter)) letters.push(otherCase(letter));
  }
  return letters.join('');
}

/** RE2 names scripts and categories alike; JavaScript wants `Script=` before a script. */
function unicodeProperty(name: string): string {
  return name.length <= 2 ? name : `Script=${name}`;
}

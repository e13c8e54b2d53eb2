import type { Expression, ListItem, MapEntry } from './ast';
import { tokenize, type Token } from './lexer';

/** Operators from the loosest to the tightest; those of one row bind alike, from left to right. */
const precedence: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['<', '<=', '>', '>=', '==', '!=', 'in'],
  ['+', '-'],
  ['*', '/', '%'],
];

/**
 * Reads an expression of the Common Expression Language.
 *
 * @throws SyntaxError where it is none.
 */
export function parse(source: string): Expression {
  return new Parser(tokenize(source)).whole();
}

class Parser {
  private position = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Expression {
    const expression = this.expression();
    if (this.next.type !== 'end') throw this.unexpected();
    return expression;
  }

  private get next(): Token {
    return this.tokens[this.position]!;
  }

  private unexpected(): SyntaxError {
    return new SyntaxError(`unexpected ${this.next.text || 'end'} at ${this.next.position}`);
  }

  private accept(text: string): boolean {
    const { type, text: found } = this.next;
    const matches = found === text && (type === 'symbol' || (type === 'identifier' && text === 'in'));
    if (matches) this.position++;
    return matches;
  }

  private expect(text: string): void {
    if (!this.accept(text)) throw this.unexpected();
  }

  private identifier(): string {
    if (this.next.type !== 'identifier') throw this.unexpected();
    return this.tokens[this.position++]!.text;
  }

  private expression(): Expression {
    const test = this.binary(0);
    if (!this.accept('?')) return test;
    const yes = this.binary(0);
    this.expect(':');
    return { type: 'conditional', test, yes, no: this.expression() };
  }

  private binary(level: number): Expression {
    const operators = precedence[level];
    if (!operators) return this.unary();
    let left = this.binary(level + 1);
    for (;;) {
      const operator = operators.find((candidate) => this.accept(candidate));
      if (operator === undefined) return left;
      left = { type: 'binary', operator, left, right: this.binary(level + 1) };
    }
  }

  private unary(): Expression {
    if (this.accept('!')) return { type: 'unary', operator: '!', operand: this.unary() };
    if (this.accept('-')) return { type: 'unary', operator: '-', operand: this.unary() };
    return this.member(this.primary());
  }

  private member(start: Expression): Expression {
    let operand = start;
    for (;;) {
      if (this.accept('.')) operand = this.selection(operand);
      else if (this.accept('.?'))
        operand = { type: 'select', operand, field: this.identifier(), optional: true };
      else if (this.accept('[')) operand = this.indexing(operand, this.accept('?'));
      else if (this.accept('[?')) operand = this.indexing(operand, true);
      else return operand;
    }
  }

  private selection(operand: Expression): Expression {
    const field = this.identifier();
    if (this.accept('('))
      return { type: 'call', target: operand, name: field, args: this.list(')', () => this.expression()) };
    return { type: 'select', operand, field, optional: false };
  }

  private indexing(operand: Expression, optional: boolean): Expression {
    const index = this.expression();
    this.expect(']');
    return { type: 'index', operand, index, optional };
  }

  private primary(): Expression {
    const token = this.next;
    if (token.type === 'identifier') return this.named();
    if (token.type === 'symbol') return this.bracketed();
    if (token.type === 'end') throw this.unexpected();
    this.position++;
    if (token.type === 'text') return { type: 'literal', value: token.text };
    if (token.type === 'bytes') return { type: 'literal', value: Buffer.from(token.text) };
    if (token.type === 'double') return { type: 'literal', value: Number(token.text), isDouble: true };
    return { type: 'literal', value: Number(token.text.replace(/[uU]$/, '')) };
  }

  private named(): Expression {
    const name = this.identifier();
    if (name === 'true' || name === 'false') return { type: 'literal', value: name === 'true' };
    if (name === 'null') return { type: 'literal', value: null };
    if (this.accept('(')) return { type: 'call', name, args: this.list(')', () => this.expression()) };
    return { type: 'identifier', name };
  }

  private bracketed(): Expression {
    if (this.accept('(')) {
      const inner = this.expression();
      this.expect(')');
      return inner;
    }
    if (this.accept('[')) return { type: 'list', items: this.list(']', () => this.item()) };
    if (this.accept('[?')) return { type: 'list', items: this.list(']', (first) => this.item(first)) };
    if (this.accept('{')) return { type: 'map', entries: this.list('}', () => this.entry()) };
    if (this.accept('.')) return this.named();
    throw this.unexpected();
  }

  private item(isOptional = false): ListItem {
    const optional = isOptional || this.accept('?');
    return { value: this.expression(), optional };
  }

  private entry(): MapEntry {
    const optional = this.accept('?');
    const key = this.expression();
    this.expect(':');
    return { key, value: this.expression(), optional };
  }

  /** Items up to a closing bracket; a comma before it is allowed. */
  private list<T>(closing: string, read: (isFirst: boolean) => T): T[] {
    const items: T[] = [];
    while (!this.accept(closing)) {
      items.push(read(items.length === 0));
      if (!this.accept(',')) {
        this.expect(closing);
        break;
      }
    }
    return items;
  }
}

/** Something that Flux' substitution would replace. */
export interface Expression {
  readonly text: string;
  /** Absent where it cannot be read. */
  readonly name?: string;
  /** Whether it has a value even where the variable has none. */
  readonly hasDefault: boolean;
}

/** The expressions in a text; `$${` stands for `${` itself. */
export function expressionsIn(text: string): Expression[] {
  if (!text.includes('${')) return [];
  const found: Expression[] = [];
  for (let at = text.indexOf('${'); at >= 0; at = text.indexOf('${', at + 2)) {
    if (!isEscaped(text, at)) found.push(expressionAt(text, at));
  }
  return found;
}

/** Dollars in front stand for themselves in pairs. */
function isEscaped(text: string, at: number): boolean {
  let dollars = 0;
  while (text[at - 1 - dollars] === '$') dollars++;
  return dollars % 2 === 1;
}

/** A variable alone, its length, with a default, cut, in another case, or with a part replaced or removed. */
const form =
  /^\$\{(?:#(\w+)|(\w+)(?:(:?=|:[-+?])[^}]*|:[^}:]+(?::[^}]+)?|,{1,2}|\^{1,2}|\/{1,2}[#%]?[^}/]*\/[^}]*|#{1,2}[^}]*|%{1,2}[^}]*)?)\}/;

function expressionAt(text: string, at: number): Expression {
  const end = text.indexOf('}', at);
  const whole = end < 0 ? text.slice(at, at + 20) : text.slice(at, end + 1);
  const match = form.exec(text.slice(at, at + longest));
  if (!match) return { text: whole, hasDefault: false };
  const [, measured, name = measured, operator = ''] = match;
  return {
    text: whole,
    hasDefault: operator !== '' && operator !== ':?' && operator !== ':+',
    ...(name !== undefined && { name }),
  };
}

const longest = 2000;

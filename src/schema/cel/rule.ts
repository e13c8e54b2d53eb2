import type { CelRule } from '../types';
import type { Run } from '../validate/violation';
import { compile } from './compile';
import { Variables, type Compiled } from './variables';
import { convert } from './convert';
import { parse } from './parser';
import type { StaticType } from './types';
import { CelError, Optional, type Value } from './values';

/** Tells that a rule could not be evaluated, and why. */
export type Skip = (rule: CelRule, reason: string) => void;

/** Judges a value by one rule; the value before is undefined where there was none. */
export type RuleCheck = (self: Value, oldSelf: Value, run: Run) => void;

/** A rule of values of a type, compiled when it is first used. */
export function ruleCheck(rule: CelRule, type: StaticType, skip: Skip): RuleCheck {
  let compiled: RuleCheck | undefined;
  return (self, oldSelf, run) => (compiled ??= compileRule(rule, type, skip))(self, oldSelf, run);
}

function compileRule(rule: CelRule, type: StaticType, skip: Skip): RuleCheck {
  const program = attempt(rule, skip, () => compileText(rule.rule, type));
  if (!program) return () => {};
  const message = rule.messageExpression
    ? attempt(rule, skip, () => compileText(rule.messageExpression!, type))
    : undefined;
  const isTransition = /\boldSelf\b/.test(rule.rule);
  const read = convert(type);
  return (self, oldSelf, run) => {
    if (isTransition && oldSelf === undefined && !rule.optionalOldSelf) return;
    const before = rule.optionalOldSelf ? optionalOf(oldSelf, read) : read(oldSelf);
    const slots = [read(self), before];
    attempt(rule, skip, () => {
      const failure = failureOf(program, slots);
      if (failure !== undefined)
        run.report('cel', failure || messageOf(rule, message, slots), fixOf(rule), ...fieldOf(rule));
    });
  };
}

function optionalOf(value: Value, read: (value: Value) => Value): Optional {
  return value === undefined ? Optional.none : new Optional(read(value));
}

function compileText(text: string, type: StaticType): Compiled {
  return compile(parse(text), Variables.none.with('self', type).with('oldSelf', type));
}

/** A rule that cannot be evaluated must not refuse anything: what it misses is listed instead. */
function attempt<T>(rule: CelRule, skip: Skip, action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    skip(rule, (error as Error).message);
    return undefined;
  }
}

/** Undefined where the rule holds, its own message where it does not, and the error where it ends in one. */
function failureOf(program: Compiled, slots: Value[]): string | undefined {
  try {
    return program.evaluate(slots) === true ? undefined : '';
  } catch (error) {
    if (!(error instanceof CelError)) throw error;
    return `the rule ends in an error: ${error.message}`;
  }
}

function messageOf(rule: CelRule, expression: Compiled | undefined, slots: Value[]): string {
  const computed = expression && computedMessage(expression, slots);
  return computed ?? rule.message?.trim() ?? `failed rule: ${rule.rule.trim()}`;
}

/** The server falls back to the fixed message where computing one fails or gives something unfit. */
function computedMessage(expression: Compiled, slots: Value[]): string | undefined {
  try {
    const text = expression.evaluate(slots);
    return typeof text === 'string' && text.trim() !== '' && !text.includes('\n') ? text : undefined;
  } catch (error) {
    if (error instanceof CelError) return undefined;
    throw error;
  }
}

function fixOf(rule: CelRule): string {
  return `make this true: ${rule.rule.trim().replace(/\s+/g, ' ')}`;
}

/** `.spec.name` or `['name']`, relative to the value that the rule is about. */
function fieldOf(rule: CelRule): string[] {
  const segments = rule.fieldPath?.matchAll(/\.([A-Za-z_][\w-]*)|\['([^']+)'\]/g) ?? [];
  return [...segments].map((match) => match[1] ?? match[2]!);
}

/**
 * Expressions of the workflow definition language, read and evaluated: calls, literals and `[…]`, with or without `?`.
 * What is not understood is refused, as is what the platform refuses: a member of a text, of nothing, or that is not
 * there. Source: Azure Logic Apps documentation, "Workflow definition language", "Operators" and "Expressions".
 */
import { callFunction, type Moment } from './functions.ts';

/** JSON, as actions have it. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [name: string]: Value };

type Node =
  | { readonly kind: 'literal'; readonly value: Value }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[] }
  | { readonly kind: 'member'; readonly of: Node; readonly key: Node; readonly maybe: boolean };

const TOKEN = /\s*(?:(?<text>'(?:[^']|'')*')|(?<number>-?\d+(?:\.\d+)?)|(?<name>[A-Za-z]\w*)|(?<mark>\?\[|[()[\],]))/y;
const CONSTANTS = new Map<string, Value>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/**
 * A text of a definition: `@…` is one expression and keeps its type, `@{…}` stands inside a text, `@@` is an `@`.
 * @throws Error with the text, where it cannot be read or evaluated
 */
export function evaluateText(text: string, moment: Moment): Value {
  if (text.startsWith('@@')) return text.slice(1);
  if (text.startsWith('@') && !text.startsWith('@{')) return evaluate(text, text.slice(1), moment);
  return text.replaceAll(/@\{((?:'(?:[^']|'')*'|[^'}])*)\}/g, (_all, inner: string) =>
    asText(evaluate(text, inner, moment)),
  );
}

/** Every text in a piece of a definition, at any depth. */
export function evaluateAll(template: Value, moment: Moment): Value {
  if (typeof template === 'string') return evaluateText(template, moment);
  if (Array.isArray(template)) return template.map((each: Value) => evaluateAll(each, moment));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([name, value]) => [name, evaluateAll(value, moment)]));
}

/** As the platform writes a value into a text. */
export const asText = (value: Value): string =>
  value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);

function evaluate(whole: string, expression: string, moment: Moment): Value {
  try {
    return valueOf(parse(expression), moment);
  } catch (error) {
    throw new Error(`${whole}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function valueOf(node: Node, moment: Moment): Value {
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'call':
      // Every argument, also where the function then needs but one of them.
      return callFunction(
        node.name,
        node.args.map((each) => valueOf(each, moment)),
        moment,
      );
    case 'member':
      return memberOf(valueOf(node.of, moment), valueOf(node.key, moment), node.maybe);
  }
}

function memberOf(of: Value, key: Value, maybe: boolean): Value {
  if (of === null && maybe) return null;
  if (Array.isArray(of) && typeof key === 'number') {
    const element: Value | undefined = of[key];
    if (element !== undefined) return element;
    throw new Error(`there is no element ${key} among ${of.length}`);
  }
  if (typeof of !== 'object' || of === null || Array.isArray(of) || typeof key !== 'string')
    throw new Error(`${JSON.stringify(key)} cannot be taken of ${JSON.stringify(of)}`);
  const value = Object.hasOwn(of, key) ? (of as { readonly [name: string]: Value })[key] : undefined;
  if (value !== undefined) return value;
  if (maybe) return null;
  throw new Error(`there is no ${key} in ${Object.keys(of).join(', ')}`);
}

function parse(expression: string): Node {
  const tokens = tokensOf(expression);
  const node = readNode(tokens);
  if (tokens.length > 0) throw new Error(`${tokens[0]} was not expected`);
  return node;
}

function tokensOf(expression: string): string[] {
  const tokens: string[] = [];
  const pattern = new RegExp(TOKEN);
  const end = expression.trimEnd().length;
  while (pattern.lastIndex < end) {
    const at = pattern.lastIndex;
    const found = pattern.exec(expression);
    if (found === null) throw new Error(`not understood from here on: ${expression.slice(at)}`);
    tokens.push(found[0].trimStart());
  }
  return tokens;
}

function readNode(tokens: string[]): Node {
  let node = readPrimary(tokens);
  while (tokens[0] === '[' || tokens[0] === '?[') {
    const maybe = tokens.shift() === '?[';
    node = { kind: 'member', of: node, key: readNode(tokens), maybe };
    expectNext(tokens, ']');
  }
  return node;
}

function readPrimary(tokens: string[]): Node {
  const token = tokens.shift() ?? 'the end';
  if (token.startsWith("'")) return { kind: 'literal', value: token.slice(1, -1).replaceAll("''", "'") };
  if (/^-?\d/.test(token)) return { kind: 'literal', value: Number(token) };
  const constant = CONSTANTS.get(token);
  if (constant !== undefined) return { kind: 'literal', value: constant };
  if (!/^[A-Za-z]/.test(token)) throw new Error(`${token} was not expected`);
  expectNext(tokens, '(');
  const args: Node[] = [];
  while (tokens[0] !== ')') {
    if (args.length > 0) expectNext(tokens, ',');
    args.push(readNode(tokens));
  }
  tokens.shift();
  return { kind: 'call', name: token, args };
}

function expectNext(tokens: string[], mark: string): void {
  const token = tokens.shift();
  if (token !== mark) throw new Error(`${mark} was expected, not ${token ?? 'the end'}`);
}

/**
 * What the compiler leaves open when it evaluates a template, because only the deployment knows it: the few functions
 * that ours uses. Source: ARM template documentation, "template functions".
 */
import { createHash } from 'node:crypto';

/** What stands in `reference(…)` and `environment()`. */
export interface Surroundings {
  /** `properties` of a resource. */
  readonly reference: (id: string) => unknown;
  readonly environment: unknown;
}

type Call = (args: readonly unknown[], surroundings: Surroundings) => unknown;

const FUNCTIONS: Readonly<Record<string, Call>> = {
  format: ([pattern, ...values]) =>
    String(pattern).replaceAll(/\{(\d+)\}/g, (_, index) => String(values[Number(index)])),
  split: ([text, separator]) => String(text).split(String(separator)),
  reference: ([id], { reference }) => reference(String(id)),
  environment: (_, { environment }) => environment,
  createObject: (pairs) =>
    Object.fromEntries(pairs.flatMap((name, index) => (index % 2 === 0 ? [[String(name), pairs[index + 1]]] : []))),
  extensionResourceId: ([scope, type, name]) => `${String(scope)}/providers/${String(type)}/${String(name)}`,
  guid: (parts) =>
    createHash('sha256')
      .update(parts.join('-'))
      .digest('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5'),
};

/** Every expression in a value, however deep it stands, evaluated. Throws where one uses what is not known here. */
export function evaluateAll(value: unknown, surroundings: Surroundings): unknown {
  if (typeof value === 'string')
    return /^\[[^[].*\]$/s.test(value) ? evaluate(value.slice(1, -1), surroundings) : value;
  if (Array.isArray(value)) return value.map((item) => evaluateAll(item, surroundings));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, evaluateAll(inner, surroundings)]));
}

const TOKEN = /\s*(?:'((?:[^']|'')*)'|([A-Za-z_]\w*)|(\d+)|([()[\].,]))/y;

function evaluate(text: string, surroundings: Surroundings): unknown {
  const tokens: string[] = [];
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.length;) {
    const match = TOKEN.exec(text);
    if (match === null) throw new Error(`This expression cannot be read: ${text}`);
    tokens.push(match[0].trim());
  }
  let next = 0;
  const isNext = (token: string): boolean => tokens[next] === token;
  const take = (): string => tokens[next++] ?? '';

  const argumentsOf = (): unknown[] => {
    const args: unknown[] = [];
    while (!isNext(')')) {
      args.push(expression());
      if (isNext(',')) take();
    }
    take();
    return args;
  };
  const first = (): unknown => {
    const token = take();
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (/^\d/.test(token)) return Number(token);
    const call = FUNCTIONS[token];
    if (call === undefined || take() !== '(') throw new Error(`${token} is not known here: ${text}`);
    return call(argumentsOf(), surroundings);
  };
  const expression = (): unknown => {
    let value = first();
    while (isNext('.') || isNext('[')) {
      const name = take() === '.' ? take() : expression();
      if (isNext(']')) take();
      value = (value as Record<string, unknown> | undefined)?.[String(name)];
    }
    return value;
  };
  return expression();
}

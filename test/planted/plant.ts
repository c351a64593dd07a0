import { parseSync } from 'vite';
import type { PlantedBug } from './bugs.ts';

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The text of the bug's file with the bug in it. The place is found by syntax, so that no change of layout hides it.
 * Throws where the list is behind the code.
 */
export function plant(text: string, { name, file, find, put }: PlantedBug): string {
  const wanted = shapeOf(snippet(find));
  const places = nodesOf(parse(text)).filter((node) => shapeOf(node) === wanted);
  const [place, second] = places;
  if (place === undefined || second !== undefined) {
    throw new Error(`"${name}": the code to replace is not in ${file} exactly once. Bring the list up to date.`);
  }
  return `${text.slice(0, place.start)}${put}${text.slice(place.end)}`;
}

function parse(text: string): Node {
  const { program, errors } = parseSync('file.ts', text);
  if (errors.length > 0) throw new Error(`${errors[0]?.message}: ${text.slice(0, 200)}`);
  return program;
}

/** One expression, statement, or case of a switch. */
function snippet(code: string): Node {
  const isStatement = /[;}]$/.test(code) && !code.startsWith('{');
  const place = code.startsWith('case ') ? `switch (0) { ${code} }` : isStatement ? code : `wrapped(${code})`;
  const wrapped = `async () => { ${place} };`;
  const found = nodesOf(parse(wrapped)).find((node) => wrapped.slice(node.start, node.end) === code);
  if (found === undefined) throw new Error(`neither an expression nor a statement: ${code}`);
  return found;
}

/** A node and all below it, from the outside in. */
function nodesOf(value: unknown): Node[] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.values(value).flatMap(nodesOf);
  return 'type' in value && typeof value.type === 'string' ? [value as Node, ...below] : below;
}

const LAYOUT = new Set(['start', 'end', 'range', 'loc', 'raw']);

/** What a node says, whatever its layout, quotes and parentheses. */
const shapeOf = (node: Node): string =>
  JSON.stringify(node, (key, value: unknown) =>
    LAYOUT.has(key) ? undefined : typeof value === 'bigint' ? `${value}` : value,
  );

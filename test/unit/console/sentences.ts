/** The sentences that the service can say, taken from its code: each string or template of three words and more. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';

/** What stands where a template has a value. */
const VALUE = '7';
const THREE_WORDS = /\S+ \S+ \S+/;
/** A sentence with many choices has one for each of these that differ. */
const MOST_WAYS = 16;

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node)['type'] === 'string';

const nodesIn = (value: unknown): Node[] => (Array.isArray(value) ? value : [value]).filter(isNode);

/** Each way in which an expression can read. */
function waysOf(node: Node): readonly string[] {
  switch (node['type']) {
    case 'Literal':
      return [String(node['value'])];
    case 'TemplateLiteral': {
      const expressions = nodesIn(node['expressions']);
      const quasis = nodesIn(node['quasis']).map((quasi) => (quasi['value'] as { cooked: string }).cooked);
      return quasis.reduce<readonly string[]>(
        (ways, quasi, index) => joined(index === 0 ? ways : joined(ways, partOf(expressions[index - 1])), [quasi]),
        [''],
      );
    }
    case 'BinaryExpression':
      return joined(partOf(node['left']), partOf(node['right']));
    case 'ConditionalExpression':
      return [...partOf(node['consequent']), ...partOf(node['alternate'])];
    default:
      return [VALUE];
  }
}

const partOf = (value: unknown): readonly string[] => nodesIn(value).flatMap(waysOf);

const joined = (starts: readonly string[], ends: readonly string[]): readonly string[] =>
  starts.flatMap((start) => ends.map((end) => `${start}${end}`)).slice(0, MOST_WAYS);

const TEXTS = new Set(['Literal', 'TemplateLiteral', 'BinaryExpression']);

function sentencesIn(node: Node): readonly string[] {
  const { type, callee, regex } = node;
  if (regex !== undefined) return [];
  // What is thrown or logged is for whoever runs the service.
  if (type === 'NewExpression' && isNode(callee) && String(callee['name']).endsWith('Error')) return [];
  if (TEXTS.has(String(type)) && waysOf(node).some((way) => THREE_WORDS.test(way))) return waysOf(node);
  return Object.values(node).flatMap((child) => nodesIn(child).flatMap(sentencesIn));
}

/** @param folder its files, and those of the folders in it */
export function sentencesOf(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return files.flatMap((name) => {
    const { program } = parseSync(name, readFileSync(join(folder, name), 'utf8'));
    return sentencesIn(program as unknown as Node);
  });
}

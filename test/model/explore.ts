/** Explores every state that can be reached, breadth first, so that the first violation found is the shortest story. */
import { firstWorld, moves, violation, type Setting, type World } from './protocol.ts';

export interface Exploration {
  readonly states: number;
  /** How it came to what must never be, step by step; its last line says what that is. */
  readonly story?: readonly string[];
}

interface Reached {
  readonly world: World;
  readonly name: string;
  readonly from: Reached | undefined;
}

/** @throws when there are more states than that: the setting is too large to be explored */
export function explore(setting: Setting, maxStates: number): Exploration {
  const keyOf = numbering();
  const first: Reached = { world: firstWorld(setting), name: 'the job is submitted', from: undefined };
  const seen = new Set([keyOf(first.world)]);
  let frontier: Reached[] = [first];
  while (frontier.length > 0) {
    const following: Reached[] = [];
    for (const reached of frontier) {
      const wrong = violation(reached.world, setting);
      if (wrong !== undefined) return { states: seen.size, story: [...storyOf(reached), wrong] };
      for (const { name, world } of moves(reached.world, setting)) {
        const key = keyOf(world);
        if (seen.has(key)) continue;
        seen.add(key);
        if (seen.size > maxStates) throw new Error(`more than ${maxStates} states`);
        following.push({ world, name, from: reached });
      }
    }
    frontier = following;
  }
  return { states: seen.size };
}

/**
 * Gives worlds that say the same one number. A move leaves most parts of a world as they are, the very objects: each is
 * read once, and known by its number from then on. Workers are alike, and so are messages: their order says nothing.
 */
function numbering(): (world: World) => number {
  const numbers = new Map<string, number>();
  const known = new WeakMap<object, number>();
  const numberOf = (text: string): number => {
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  };
  const partOf = (value: unknown): string => {
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    let number = known.get(value);
    if (number === undefined) known.set(value, (number = numberOf(textOf(value))));
    return `#${number}`;
  };
  const textOf = (value: object): string =>
    Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .map(([name, part]) => `${name}:${partOf(part)}`)
      .join();
  return ({ workers, messages, ...rest }) =>
    numberOf([textOf(rest), ...[workers, messages].map((alike) => alike.map(partOf).toSorted().join(' '))].join(';'));
}

function storyOf(reached: Reached): string[] {
  const lines: string[] = [];
  for (let each: Reached | undefined = reached; each !== undefined; each = each.from) lines.unshift(each.name);
  return lines;
}

/**
 * The functions of the workflow definition language that the samples use; any other is refused.
 * Source: Azure Logic Apps documentation, "Reference guide to workflow expression functions".
 */
import { asText, type Value } from './expression.ts';

/** What an action has left behind. */
export interface Ended {
  readonly status: 'Succeeded' | 'Failed' | 'Skipped' | 'TimedOut';
  /** Of an HTTP action `{ statusCode, headers, body }`; null where nothing came. */
  readonly outputs: Value;
}

/** What expressions may ask of a run. */
export interface Moment {
  readonly trigger: { readonly body: Value };
  readonly parameters: ReadonlyMap<string, Value>;
  readonly workflowName: string;
  readonly runName: string;
  readonly ended: ReadonlyMap<string, Ended>;
}

/** What is no JSON: the action that reads it fails, and the run goes on as its `runAfter` says. */
export class NoJson extends Error {}

type Function = (moment: Moment, ...args: readonly Value[]) => Value;

const text = (value: Value | undefined): string => {
  if (typeof value !== 'string') throw new Error(`a text was expected, not ${JSON.stringify(value)}`);
  return value;
};
const truth = (value: Value): boolean => {
  if (typeof value !== 'boolean') throw new Error(`true or false was expected, not ${JSON.stringify(value)}`);
  return value;
};

/** Of the action by that name, which must have ended: the platform refuses a definition that asks earlier. */
function ended(moment: Moment, name: Value): Ended {
  const found = moment.ended.get(text(name));
  if (found === undefined) throw new Error(`no action ${text(name)} has ended before this one`);
  return found;
}

function bodyOf({ outputs }: Ended): Value {
  if (outputs === null) return null;
  if (typeof outputs !== 'object' || Array.isArray(outputs) || !('body' in outputs))
    throw new Error('this action has no body');
  return outputs.body;
}

function parsed(json: string): Value {
  try {
    return JSON.parse(json) as Value;
  } catch {
    throw new NoJson(`this is no JSON: ${json}`);
  }
}

/** Each with how many arguments it takes: the least, and the most. */
const FUNCTIONS: Readonly<Record<string, readonly [least: number, most: number, run: Function]>> = {
  triggerBody: [0, 0, ({ trigger }) => trigger.body],
  body: [1, 1, (moment, name = null) => bodyOf(ended(moment, name))],
  outputs: [1, 1, (moment, name = null) => ended(moment, name).outputs],
  actions: [1, 1, (moment, name = null) => ({ ...ended(moment, name) })],
  workflow: [0, 0, ({ workflowName, runName }) => ({ name: workflowName, run: { name: runName } })],
  parameters: [
    1,
    1,
    ({ parameters }, name) => {
      const value = parameters.get(text(name));
      if (value === undefined) throw new Error(`there is no parameter ${text(name)}`);
      return value;
    },
  ],
  concat: [1, 99, (_moment, ...all) => all.map(text).join('')],
  // As .NET's `Uri.EscapeDataString`, which leaves only letters, digits and `-._~`.
  encodeUriComponent: [
    1,
    1,
    (_moment, value) =>
      encodeURIComponent(text(value)).replaceAll(
        /[!'()*]/g,
        (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
  ],
  equals: [2, 2, (_moment, one = null, other = null) => JSON.stringify(one) === JSON.stringify(other)],
  or: [2, 99, (_moment, ...all) => all.map(truth).includes(true)],
  and: [2, 99, (_moment, ...all) => !all.map(truth).includes(false)],
  if: [3, 3, (_moment, condition = null, one = null, other = null) => (truth(condition) ? one : other)],
  coalesce: [1, 99, (_moment, ...all) => all.find((each) => each !== null) ?? null],
  string: [
    1,
    1,
    (_moment, value = null) => {
      if (value === null) throw new Error('what a text of nothing is, is not documented');
      return asText(value);
    },
  ],
  json: [1, 1, (_moment, value) => parsed(text(value))],
  base64: [1, 1, (_moment, value) => Buffer.from(text(value)).toString('base64')],
  base64ToString: [1, 1, (_moment, value) => Buffer.from(text(value), 'base64').toString()],
  startsWith: [2, 2, (_moment, value, start) => text(value).toLowerCase().startsWith(text(start).toLowerCase())],
};

/** @throws Error where there is no such function, or it is called otherwise than it may be */
export function callFunction(name: string, args: readonly Value[], moment: Moment): Value {
  const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (known === undefined) throw new Error(`the function ${name} is not known here`);
  const [least, most, run] = known;
  if (args.length < least || args.length > most) throw new Error(`${name} does not take ${args.length} arguments`);
  return run(moment, ...args);
}

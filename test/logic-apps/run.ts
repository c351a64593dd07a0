/** A run of a workflow: the trigger, then each action once those before it have ended as its `runAfter` says. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { fileSchema, type Action, type Actions, type WorkflowFile } from './definition.ts';
import { asText, evaluateAll, evaluateText, type Value } from './expression.ts';
import { NoJson, type Ended, type Moment } from './functions.ts';
import { runHttpAction, type HttpInputs, type Platform } from './http-action.ts';

export interface Started {
  readonly body: Value;
  /** Those of the file are placeholders. */
  readonly parameters: Readonly<Record<string, Value>>;
  readonly workflowName: string;
  /** The id of the run. */
  readonly runName: string;
}

/** As the run history shows it. */
export interface Run {
  readonly status: 'Succeeded' | 'Failed';
  /** Of a run that an action ended by `Terminate`. */
  readonly error?: { readonly code: string; readonly message: string };
  readonly actions: ReadonlyMap<string, Ended>;
}

/** Thrown by `Terminate`, through whatever it stands in. */
class Terminated extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** @throws Error where the file has anything that is not known here */
export const readWorkflow = (text: string): WorkflowFile => fileSchema.parse(JSON.parse(text));

/** @returns 400 where the trigger refuses the body, as its caller sees it; otherwise the run, when it has ended */
export async function startRun(file: WorkflowFile, started: Started, platform: Platform): Promise<Run | 400> {
  const { triggers, actions } = file.definition;
  const { schema } = triggers.manual.inputs;
  if (triggers.manual.operationOptions === 'EnableSchemaValidation' && !new Ajv2020().validate(schema, started.body))
    return 400;
  const ended = new Map<string, Ended>();
  const moment: Moment = {
    trigger: { body: started.body },
    parameters: parametersOf(file, started.parameters),
    workflowName: started.workflowName,
    runName: started.runName,
    ended,
  };
  try {
    await runActions(actions, moment, ended, platform);
    return { status: hasFailed(actions, ended) ? 'Failed' : 'Succeeded', actions: ended };
  } catch (error) {
    if (!(error instanceof Terminated)) throw error;
    return { status: 'Failed', error: { code: error.code, message: error.message }, actions: ended };
  }
}

function parametersOf({ definition, parameters }: WorkflowFile, given: Started['parameters']): Map<string, Value> {
  const names = Object.keys(definition.parameters);
  const unknown = [...Object.keys(given), ...Object.keys(parameters)].filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`There is no parameter ${unknown.join(', ')}.`);
  return new Map(
    Object.entries(definition.parameters).map(([name, { type, defaultValue }]) => {
      const value = given[name] ?? parameters[name]?.value ?? defaultValue;
      if (typeof value !== (type === 'Bool' ? 'boolean' : 'string'))
        throw new Error(`The parameter ${name} is missing.`);
      return [name, value as Value];
    }),
  );
}

async function runActions(
  actions: Actions,
  moment: Moment,
  ended: Map<string, Ended>,
  platform: Platform,
): Promise<void> {
  const left = new Map(Object.entries(actions));
  while (left.size > 0) {
    const next = left.entries().find(([, { runAfter }]) => Object.keys(runAfter).every((name) => ended.has(name)));
    if (next === undefined) throw new Error(`Nothing leads to ${[...left.keys()].join(', ')}.`);
    const [name, action] = next;
    left.delete(name);
    const isWanted = Object.entries(action.runAfter).every(([before, wanted]) =>
      wanted.some((status) => status === ended.get(before)?.status),
    );
    if (ended.has(name)) throw new Error(`There are two actions ${name}.`);
    ended.set(name, isWanted ? await runAction(action, moment, ended, platform) : { status: 'Skipped', outputs: null });
  }
}

async function runAction(
  action: Action,
  moment: Moment,
  ended: Map<string, Ended>,
  platform: Platform,
): Promise<Ended> {
  switch (action.type) {
    case 'Http':
      return runHttpAction(
        evaluateAll(action.inputs as Value, moment) as unknown as HttpInputs,
        action.limit?.timeout,
        platform,
      );
    case 'Compose':
      return compose(action.inputs, moment);
    case 'Terminate': {
      const { code, message } = action.inputs.runError;
      throw new Terminated(asText(evaluateText(code, moment)), asText(evaluateText(message, moment)));
    }
    case 'Switch': {
      const value = evaluateText(action.expression, moment);
      const fits = Object.values(action.cases).find((each) => each.case === value) ?? action.default;
      await runActions(fits.actions, moment, ended, platform);
      return { status: hasFailed(fits.actions, ended) ? 'Failed' : 'Succeeded', outputs: null };
    }
  }
}

/** Fails where what came is no JSON. Any other fault is a mistake of the file, and thrown. */
function compose(inputs: Value, moment: Moment): Ended {
  try {
    return { status: 'Succeeded', outputs: evaluateAll(inputs, moment) };
  } catch (error) {
    if (error instanceof Error && error.cause instanceof NoJson) return { status: 'Failed', outputs: null };
    throw error;
  }
}

/** Whether a branch ended badly: its last action, or, of a skipped one, whatever made it be skipped. */
function hasFailed(actions: Actions, ended: ReadonlyMap<string, Ended>): boolean {
  const followed = new Set(Object.values(actions).flatMap(({ runAfter }) => Object.keys(runAfter)));
  const isBad = (name: string): boolean => {
    const status = ended.get(name)?.status;
    if (status === 'Skipped') return Object.keys(actions[name]?.runAfter ?? {}).some(isBad);
    return status === 'Failed' || status === 'TimedOut';
  };
  return Object.keys(actions)
    .filter((name) => !followed.has(name))
    .some(isBad);
}

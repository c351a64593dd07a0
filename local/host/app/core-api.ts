import Module from 'node:module';
import type { Log, LogLevel } from '../log.ts';
import type { InvocationRequest, TypedData } from './rpc.ts';

/** One binding of a function, as the library registers it. */
export type Binding = { readonly type: string; readonly direction: string } & Record<string, unknown>;

export interface FunctionMetadata {
  readonly name: string;
  readonly bindings: Record<string, Binding>;
}

export type FunctionCallback = (...args: unknown[]) => unknown;

/** A function the app registered, with the one binding that starts it. */
export interface RegisteredFunction {
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
  readonly triggerName: string;
  readonly trigger: Binding;
}

const HOOK_NAMES = ['appStart', 'appTerminate', 'preInvocation', 'postInvocation'] as const;
export type HookName = (typeof HOOK_NAMES)[number];
export type HookCallback = (context: Record<string, unknown>) => unknown;

/** How the library runs one invocation. It hands out one model for each. */
export interface InvocationModel {
  getArguments(): Promise<{ context: unknown; inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], callback: FunctionCallback): Promise<unknown>;
  getResponse(context: unknown, result: unknown): Promise<{ returnValue?: TypedData | null }>;
}

export interface CoreInvocationContext {
  readonly invocationId: string;
  readonly metadata: FunctionMetadata;
  readonly request: InvocationRequest;
  state: 'preInvocationHooks' | 'invocation' | 'postInvocationHooks' | undefined;
  log(level: LogLevel, category: string, message: string): void;
}

export interface ProgrammingModel {
  getInvocationModel(context: CoreInvocationContext): InvocationModel;
  getCapabilities(workerCapabilities: Record<string, string>): Promise<Record<string, string>>;
}

/** What the app told the core API while it was loaded. */
export interface Registrations {
  readonly functions: Map<string, RegisteredFunction>;
  readonly hooks: Record<HookName, HookCallback[]>;
  model: ProgrammingModel | undefined;
  /** True once the app has started: from then on nothing can be registered. */
  closed: boolean;
}

/** Undoes a registration, as `@azure/functions-core` hands it out. */
class Disposable {
  readonly #undo: () => void;
  constructor(undo: () => void) {
    this.#undo = undo;
  }
  dispose(): void {
    this.#undo();
  }
}

/**
 * Provides `@azure/functions-core`, the module that only the real worker has, and returns what is registered through
 * it.
 * Must run before the app is loaded: without the module the library registers nothing and only warns.
 * The seam is the real worker's own: `Module.prototype.require`. One app per process, because modules are cached.
 */
export function provideCoreApi(log: Log): Registrations {
  const registrations: Registrations = {
    functions: new Map(),
    hooks: { appStart: [], appTerminate: [], preInvocation: [], postInvocation: [] },
    model: undefined,
    closed: false,
  };
  const coreApi = {
    version: '3.10.1-local',
    hostVersion: '4.1040.0-local',
    Disposable,
    log: (level: LogLevel, _category: string, message: string) => log(level, 'library', message),
    setProgrammingModel: (model: ProgrammingModel) => {
      registrations.model = model;
    },
    getProgrammingModel: () => registrations.model,
    registerHook: (name: string, callback: HookCallback) => registerHook(registrations, name, callback),
    registerFunction: (metadata: FunctionMetadata, callback: FunctionCallback) =>
      registerFunction(registrations, metadata, callback),
  };

  // Reflect.get instead of a plain read: the method is called with its own `this` below.
  const original: unknown = Reflect.get(Module.prototype, 'require');
  if (typeof original !== 'function')
    throw new Error('This version of Node has no Module.prototype.require to provide @azure/functions-core with.');
  Module.prototype.require = function requireWithCore(this: Module, id: string): unknown {
    return id === '@azure/functions-core' ? coreApi : Reflect.apply(original, this, [id]);
  };
  return registrations;
}

function registerHook(registrations: Registrations, name: string, callback: HookCallback): Disposable {
  const known = HOOK_NAMES.find((hook) => hook === name);
  if (known === undefined)
    throw new RangeError(`The local host has no hook "${name}". It has: ${HOOK_NAMES.join(', ')}.`);
  const callbacks = registrations.hooks[known];
  callbacks.push(callback);
  return new Disposable(() => {
    const index = callbacks.indexOf(callback);
    if (index !== -1) callbacks.splice(index, 1);
  });
}

function registerFunction(
  registrations: Registrations,
  metadata: FunctionMetadata,
  callback: FunctionCallback,
): Disposable {
  const { name } = metadata;
  if (registrations.closed)
    throw new Error(`The function "${name}" came too late: functions can only be registered while the app starts.`);
  if (registrations.functions.has(name))
    throw new Error(`There are two functions with the name "${name}". Rename one.`);
  const trigger = Object.entries(metadata.bindings).find(([, binding]) => /trigger$/i.test(binding.type));
  if (trigger === undefined) throw new Error(`The function "${name}" has no trigger.`);
  registrations.functions.set(name, { metadata, callback, triggerName: trigger[0], trigger: trigger[1] });
  return new Disposable(() => undefined);
}

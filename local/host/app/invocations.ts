import { EventEmitter, once } from 'node:events';
import type { Log } from '../log.ts';
import type { CoreInvocationContext, HookCallback, RegisteredFunction } from './core-api.ts';
import type { LoadedApp } from './load-app.ts';
import type { InvocationRequest, TypedData } from './rpc.ts';

export interface InvocationResult {
  /** What the function returned, before the library turned it into a message. */
  readonly result: unknown;
  readonly returnValue: TypedData | null | undefined;
}

export interface Invocations {
  /** Runs a function once, as the Node worker does. Rejects with what the function threw. */
  invoke(registered: RegisteredFunction, request: InvocationRequest): Promise<InvocationResult>;
  /** Resolves when no invocation runs. */
  idle(): Promise<void>;
  readonly running: number;
}

/** Runs invocations of one app and knows how many are on their way. */
export function createInvocations(app: LoadedApp, log: Log): Invocations {
  let running = 0;
  const events = new EventEmitter();
  return {
    get running() {
      return running;
    },
    async invoke(registered, request) {
      running++;
      const startedAt = performance.now();
      try {
        return await run(app, registered, request, log);
      } finally {
        running--;
        log('debug', registered.metadata.name, `Executed in ${Math.round(performance.now() - startedAt)} ms`);
        if (running === 0) events.emit('idle');
      }
    },
    async idle() {
      if (running > 0) await once(events, 'idle');
    },
  };
}

async function run(
  app: LoadedApp,
  registered: RegisteredFunction,
  request: InvocationRequest,
  log: Log,
): Promise<InvocationResult> {
  const { metadata, callback } = registered;
  const core: CoreInvocationContext = {
    invocationId: request.invocationId,
    metadata,
    request,
    state: undefined,
    log: (level, _category, message) => log(level, metadata.name, message),
  };
  const model = app.model.getInvocationModel(core);
  const { context, inputs } = await model.getArguments();

  const shared = { hookData: {}, invocationContext: context };
  const before = { ...shared, inputs, functionCallback: callback };
  core.state = 'preInvocationHooks';
  await callHooks(app.hooks.preInvocation, before);

  const after: { result: unknown; error: unknown } = { result: null, error: null };
  core.state = 'invocation';
  try {
    after.result = await model.invokeFunction(context, before.inputs, before.functionCallback);
  } catch (error) {
    after.error = error;
  }
  core.state = 'postInvocationHooks';
  const afterHooks = { ...shared, inputs: before.inputs, ...after };
  await callHooks(app.hooks.postInvocation, afterHooks);
  core.state = undefined;

  // As the real worker does: `throw undefined` counts as success.
  if (afterHooks.error !== null && afterHooks.error !== undefined) throw asError(afterHooks.error);
  const { returnValue } = await model.getResponse(context, afterHooks.result);
  return { result: afterHooks.result, returnValue };
}

async function callHooks(callbacks: readonly HookCallback[], context: Record<string, unknown>): Promise<void> {
  for (const callback of callbacks) await callback(context);
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error
    ? thrown
    : new Error(`The function threw ${String(thrown)}, which is no Error.`, { cause: thrown });
}

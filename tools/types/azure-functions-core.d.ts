// What this app uses of `@azure/functions-core`, the module that only the Functions worker provides.
// Source: azure-functions-nodejs-worker, types-core.

export interface TypedData {
  readonly string?: string | null;
  readonly json?: string | null;
}

export interface CoreInvocationContext {
  readonly invocationId: string;
  readonly request: { readonly triggerMetadata?: Record<string, TypedData> | null };
  readonly metadata: {
    readonly name?: string | null;
    readonly bindings?: Record<string, { readonly type?: string | null }> | null;
  };
  readonly state?: string | undefined;
  log(level: string, logCategory: string, message: string): void;
}

export interface InvocationModel {
  getArguments(): Promise<{ context: unknown; inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], handler: unknown): Promise<unknown>;
  getResponse(context: unknown, result: unknown): Promise<unknown>;
}

export interface ProgrammingModel {
  getInvocationModel(context: CoreInvocationContext): InvocationModel;
  getCapabilities(workerCapabilities: Record<string, string>): Promise<Record<string, string>>;
}

/** Into the log of the host, of no invocation. */
export function log(level: string, logCategory: string, message: string): void;

/** The model of the library that was loaded last. */
export function getProgrammingModel(): ProgrammingModel;

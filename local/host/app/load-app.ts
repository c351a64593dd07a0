import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { resolveSettings } from '../settings.ts';
import type { Log } from '../log.ts';
import { onLoopback } from '../http/on-loopback.ts';
import { provideCoreApi } from './core-api.ts';
import type { Binding, ProgrammingModel, RegisteredFunction, Registrations } from './core-api.ts';

const packageFile = z.object({ main: z.string() });

export interface LoadedApp {
  readonly functions: ReadonlyMap<string, RegisteredFunction>;
  readonly hooks: Registrations['hooks'];
  readonly model: ProgrammingModel;
  /** Where the library listens when the app asked for HTTP streams; undefined: requests travel as messages. */
  readonly streamUrl: string | undefined;
}

/** The app cannot run. The message says why and what to do; there is nothing more to know from its stack. */
export class AppNotLoadedError extends Error {
  override readonly name = 'AppNotLoadedError';
}

/**
 * Loads the built app (`main` of its package.json, CommonJS) the way the Node worker does, and resolves `%SETTING%` in
 * its bindings. Settings must be in the environment already. Throws AppNotLoadedError.
 */
export async function loadApp(appDir: string, log: Log): Promise<LoadedApp> {
  const directory = resolve(appDir);
  const bundle = findBundle(directory);
  const registrations = provideCoreApi(log);
  try {
    createRequire(join(directory, 'package.json'))(bundle);
  } catch (error) {
    throw new AppNotLoadedError(
      `${bundle} failed while it was loaded: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
  const { functions, hooks, model } = registrations;
  if (model === undefined || functions.size === 0) {
    throw new AppNotLoadedError(`${bundle} registered no function. Run "npm run build" and start again.`);
  }
  for (const callback of hooks.appStart) await callback({ functionAppDirectory: directory, hookData: {} });
  registrations.closed = true;
  const capabilities = await onLoopback(() => model.getCapabilities({}));
  return {
    functions: new Map([...functions].map(([name, registered]) => [name, withSettings(name, registered)])),
    hooks,
    model,
    streamUrl: capabilities['HttpUri'],
  };
}

function findBundle(directory: string): string {
  const manifest = join(directory, 'package.json');
  const parsed = packageFile.safeParse(existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : undefined);
  if (!parsed.success)
    throw new AppNotLoadedError(`${manifest} does not exist or names no "main", so there is no app to run.`);
  const bundle = join(directory, parsed.data.main);
  if (!existsSync(bundle))
    throw new AppNotLoadedError(`${bundle} does not exist. Run "npm run build" and start again.`);
  return bundle;
}

function withSettings(name: string, registered: RegisteredFunction): RegisteredFunction {
  try {
    // Resolving changes texts only, so the binding keeps its shape.
    const trigger = resolveSettings(registered.trigger, process.env) as Binding;
    return { ...registered, trigger };
  } catch (error) {
    throw new AppNotLoadedError(
      `The function ${name} cannot start: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}

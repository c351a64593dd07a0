import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** The first of these that exists is read, as Core Tools reads the first one. */
const SETTINGS_FILES = ['local.settings.json', 'local.settings.sample.json'];

const settingsFile = z.object({
  Values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).default({}),
});

/**
 * The `Values` of the app's `local.settings.json`, or of the sample while nobody made one. None of both: no settings.
 * Throws with the file's name when the file cannot be read as settings.
 */
export function readLocalSettings(appDir: string): Record<string, string> {
  const file = SETTINGS_FILES.map((name) => join(appDir, name)).find((path) => existsSync(path));
  if (file === undefined) return {};
  try {
    return settingsFile.parse(JSON.parse(readFileSync(file, 'utf8'))).Values;
  } catch (error) {
    throw new Error(`${file} is not a settings file: it needs an object "Values" of texts.`, { cause: error });
  }
}

/** Adds settings to an environment. What the environment already says wins, as in the real host. */
export function applySettings(settings: Record<string, string>, environment: NodeJS.ProcessEnv): void {
  for (const [name, value] of Object.entries(settings)) environment[name] ??= value;
}

/**
 * Replaces every `%SETTING%` in a binding, however deep it stands.
 * Throws when a setting is missing: a queue called `%BULK_QUEUE%` helps nobody.
 */
export function resolveSettings(value: unknown, environment: NodeJS.ProcessEnv): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(/%([^%\s]+)%/g, (_whole, name: string) => {
      const setting = environment[name];
      if (setting === undefined)
        throw new Error(`the setting ${name} is missing. Add it to local.settings.json or to the environment.`);
      return setting;
    });
  }
  if (Array.isArray(value)) return value.map((item) => resolveSettings(item, environment));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolveSettings(inner, environment)]));
  }
  return value;
}

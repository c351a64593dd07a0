/** What azd knows of a deployment, for who runs the program by hand in the same folder. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Environment } from '../shared/settings.ts';

/** A name that can be a folder's, and leads nowhere else. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9_.()-]{0,63}$/;

/**
 * The environment, and below it the variables of azd's: of the one that `AZURE_ENV_NAME` names, or else of azd's
 * default. Where azd has none the environment is as it was.
 * @param folder of the project; azd keeps `.azure/config.json` and `.azure/NAME/.env` in it
 */
export function withAzdEnvironment(env: Environment, folder: string): Environment {
  const name = env['AZURE_ENV_NAME']?.trim() || defaultName(folder);
  const stored = name !== undefined && NAME.test(name) ? read(join(folder, '.azure', name, '.env')) : undefined;
  const known = stored === undefined ? {} : { AZURE_ENV_NAME: name, ...parseEnv(stored) };
  const both: Environment = { ...known, ...env };
  // The template's parameter has a name of its own, so that nobody sets it by accident.
  return { ...both, GRAPH_CLOUD: both['GRAPH_CLOUD'] ?? both['GUEST_RESET_GRAPH_CLOUD'] };
}

function defaultName(folder: string): string | undefined {
  const text = read(join(folder, '.azure', 'config.json'));
  if (text === undefined) return undefined;
  try {
    const { defaultEnvironment } = JSON.parse(text) as { readonly defaultEnvironment?: unknown };
    return typeof defaultEnvironment === 'string' ? defaultEnvironment : undefined;
  } catch {
    return undefined; // A file of somebody else: azd will say what is wrong with it.
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

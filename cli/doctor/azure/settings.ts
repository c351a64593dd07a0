/** Compares the app's settings with those that it needs, may have, and must not have. */
import { z } from 'zod';
import { OPTIONAL_SETTINGS, WANTED_SETTINGS, whyForbidden } from '../../azure/wanted/settings.ts';
import type { World } from '../../azure/wanted/world.ts';
import { ConfigError, readConfig } from '../../../shared/config.ts';
import { findingsOf, type Finding } from '../finding.ts';
import { isSame } from './members.ts';

const { right, wrong, note } = findingsOf('azure');

/** As ARM shows them. */
export const settingsList = z.object({ properties: z.record(z.string(), z.string()) });

export function compareSettings(settings: Readonly<Record<string, string>>, world: World): Finding[] {
  const at = `--resource-group ${world.place.resourceGroup} --name ${world.app ?? 'APP'}`;
  const set = (name: string, value: string): string =>
    `az functionapp config appsettings set ${at} --settings "${name}=${value}"`;
  const remove = (name: string): string => `az functionapp config appsettings delete ${at} --setting-names ${name}`;
  const needed = Object.entries(WANTED_SETTINGS).map(([name, { value, why }]): Finding => {
    const about = `setting ${name}`;
    const actual = settings[name];
    const wanted = value(world);
    if (actual === undefined || actual.trim() === '')
      return wrong('settingMissing', about, `It is not set: ${why}.`, wanted ? set(name, wanted) : 'azd provision');
    return wanted === undefined || isSame(actual, wanted)
      ? right('settingRight', about, 'It is set.')
      : wrong('settingWrong', about, `${toldValue(name, actual)} "${wanted}": ${why}.`, set(name, wanted));
  });
  const others = Object.keys(settings)
    .filter((name) => !Object.hasOwn(WANTED_SETTINGS, name) && !OPTIONAL_SETTINGS.includes(name))
    .map((name): Finding => {
      const reason = whyForbidden(name);
      return reason === undefined
        ? note('settingUnknown', `setting ${name}`, 'Nobody reads it.', remove(name))
        : wrong('settingForbidden', `setting ${name}`, `It must not be set: ${reason}.`, remove(name));
    });
  return [...needed, ...others, ...contradictions(settings, world)];
}

/** A connection string may hold a key that is nobody's business. */
const toldValue = (name: string, actual: string): string =>
  name.endsWith('_STRING') ? 'It is another than' : `It is "${actual}"; it must be`;

/**
 * What the app itself would say of the values that have a default. Those that it needs are told above, so here they
 * are as they must be.
 */
function contradictions(settings: Readonly<Record<string, string>>, world: World): Finding[] {
  const needed = Object.entries(WANTED_SETTINGS).map(([name, { value }]) => [
    name,
    value(world) ?? (settings[name]?.trim() || PLACEHOLDERS[name]),
  ]);
  try {
    const asNeeded = Object.fromEntries(needed) as Readonly<Record<string, string | undefined>>;
    // Whether sign-in is on is looked at elsewhere; the platform tells the app so.
    const signIn = { WEBSITE_AUTH_ENABLED: 'true', WEBSITE_AUTH_CLIENT_ID: asNeeded['API_CLIENT_ID'] };
    readConfig({ ...settings, TableStorage: '', ServiceBusConnection: '', ...asNeeded, ...signIn });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map((problem) =>
      wrong('settingContradicts', settingIn(problem), problem, 'Correct it in the parameters; then: azd provision'),
    );
  }
}

/** For what is missing and not known here: what the app takes without a word. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  API_CLIENT_ID: '00000000-0000-4000-8000-000000000000',
  AZURE_TENANT_ID: '00000000-0000-4000-8000-000000000000',
  GRAPH_CLOUD: 'Global',
  TableStorage__tableServiceUri: 'https://storage.example',
  ServiceBusConnection__fullyQualifiedNamespace: 'servicebus.example',
};

/** The first name of a setting in a problem, else `settings`. */
function settingIn(problem: string): string {
  const name = [...OPTIONAL_SETTINGS, ...Object.keys(WANTED_SETTINGS)].find((known) => problem.includes(known));
  return name === undefined ? 'settings' : `setting ${name}`;
}

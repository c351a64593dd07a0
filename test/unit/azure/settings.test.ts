/** The settings of the template are those that the code reads: found by letting it read. */
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FORBIDDEN_SETTINGS } from '../../../cli/azure/wanted/settings.ts';
import { authenticationOf } from '../../../shared/authentication.ts';
import { readConfig } from '../../../shared/config.ts';
import { SETS, appSettings, textOf } from '../../azure/evaluated.ts';

/** Read by the host, the platform or an SDK, and not by our code. */
const READ_BY_OTHERS = [
  'AzureWebJobsStorage__accountName',
  'AzureWebJobsStorage__clientId',
  'AzureWebJobsStorage__credential',
  'OTEL_TRACES_SAMPLER',
  'OTEL_TRACES_SAMPLER_ARG',
  'ServiceBusConnection__clientId',
  'ServiceBusConnection__credential',
  'WEBSITE_AUTH_AAD_ALLOWED_TENANTS',
  'languageWorkers__node__arguments',
];
/** Set by the platform itself; an app setting of such a name would override it. */
const SET_BY_THE_PLATFORM = [
  'AZURE_FUNCTIONS_ENVIRONMENT',
  'WEBSITE_AUTH_CLIENT_ID',
  'WEBSITE_AUTH_ENABLED',
  'WEBSITE_INSTANCE_ID',
  'WEBSITE_POD_NAME',
  'WEBSITE_SITE_NAME',
];
/**
 * On a developer's machine only: connection strings, who may ask, where tokens for Graph would go, where people would
 * sign in, and how often a test hears of metrics.
 */
const LOCAL_ONLY = [
  'ALLOWED_HOSTS',
  'GRAPH_ENDPOINT',
  'LOGIN_ENDPOINT',
  'OTEL_METRIC_EXPORT_INTERVAL',
  'ServiceBusConnection',
  'TableStorage',
];
/** What the doctor warns of: the plan ignores it or breaks by it, or it opens the app, or brings a key. */
const FORBIDDEN = [...new Set([...Object.keys(FORBIDDEN_SETTINGS), ...SET_BY_THE_PLATFORM, ...LOCAL_ONLY])];

const sources = (pattern: string): string =>
  globSync(pattern)
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, name = '']) => name);

/** Every name that is asked for while the environment is read, and what triggers and other modules name. */
function namesRead(): string[] {
  const asked = new Set<string>();
  const env = (set: Readonly<Record<string, string>>): Record<string, string> =>
    new Proxy(set, {
      get(given, name) {
        asked.add(String(name));
        return given[String(name)];
      },
    });
  try {
    readConfig(env({}));
  } catch {
    // Nothing is set, so it names what is missing.
  }
  for (const set of [{ WEBSITE_AUTH_ENABLED: 'true' }, { AZURE_FUNCTIONS_ENVIRONMENT: 'Development' }])
    authenticationOf(env(set));
  const code = sources('{shared,functions}/**/*.ts');
  return [...asked, ...all(code, /\benv\.([A-Z]\w+)/g), ...all(code, /'%(\w+)%'/g), ...all(code, /\benv\['(\w+)'\]/g)];
}

const offered = all(readFileSync('infra/optional-settings.bicep', 'utf8'), /^ {2}(\w+): /gm);
const sorted = (names: Iterable<string>): string[] => [...new Set(names)].toSorted();

test('every setting that the code reads is set, offered, or has a reason to be neither', () => {
  const known = [...Object.keys(appSettings('plain')), ...offered, ...SET_BY_THE_PLATFORM, ...LOCAL_ONLY];
  expect(namesRead().filter((name) => !known.includes(name))).toEqual([]);
});

test('nothing is set or offered that nobody reads', () => {
  const read = [...namesRead(), ...READ_BY_OTHERS];
  expect([...Object.keys(appSettings('all-options')), ...offered].filter((name) => !read.includes(name))).toEqual([]);
});

test('what is offered reaches the app, and stands in the table of settings', () => {
  const set = appSettings('all-options');
  expect(sorted(Object.keys(set))).toEqual(sorted([...Object.keys(appSettings('plain')), ...offered]));
  const documented = all(readFileSync('docs/settings.md', 'utf8'), /`(\w+)`/g);
  expect(offered.filter((name) => !documented.includes(name))).toEqual([]);
});

test.each(SETS)('what %s sets is enough to start with', (set) => {
  const given = Object.entries(appSettings(set)).map(([name, value]) => [name, made(value)]);
  const settings = Object.fromEntries(given) as Record<string, string>;
  const signIn = { WEBSITE_AUTH_ENABLED: 'true', WEBSITE_AUTH_CLIENT_ID: settings['API_CLIENT_ID'] };
  const { tables, serviceBus, queues, ...config } = readConfig({ ...settings, ...signIn });
  expect([tables, serviceBus].map((service) => Object.keys(service))).toEqual([['address'], ['address']]);
  expect(new Set(Object.values(queues)).size).toBe(3);
  expect(config).toMatchObject({ clientId: expect.any(String), apiClientId: '33333333-3333-4333-8333-333333333333' });
});

/** Something in place of what only Azure knows. */
const made = (value: string): string =>
  value.startsWith('[createObject') ? 'Global' : value.startsWith('[') ? 'made-by-azure.example' : value;

test('the cloud of the app is that of the subscription, unless it is named', () => {
  expect(appSettings('plain')['GRAPH_CLOUD']).toContain('[environment().name]');
  expect(appSettings('government')['GRAPH_CLOUD']).toBe('USGovDoD');
});

test.each(SETS)('%s sets nothing that is forbidden', (set) => {
  const text = textOf(set);
  expect(FORBIDDEN.filter((name) => text.includes(`"${name}"`))).toEqual([]);
  expect(FORBIDDEN.filter((name) => offered.includes(name))).toEqual([]);
});

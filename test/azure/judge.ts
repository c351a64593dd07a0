/**
 * What the real compiler says of the templates: they build, its linter finds nothing, they are formatted, and the
 * evaluated resources are those that are committed, which the tests read. `--update` writes them anew. What must not be
 * deployed is refused. The templates of the samples deploy the very workflow that a test has run.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { BICEP_VERSION, hasDotnet, restoreBicep, type Bicep, type Said } from './bicep.ts';

/** Where the templates are evaluated for. */
const PLACE = {
  'subscription-id': '11111111-1111-4111-8111-111111111111',
  'tenant-id': '22222222-2222-4222-8222-222222222222',
  'resource-group': 'rg-guest-reset',
  location: 'westeurope',
};

/** Parameters that are refused, and what the compiler then names. */
const REFUSED = {
  'forbidden-setting': 'WEBSITE_AUTH_ENABLED',
  'own-setting': 'AZURE_TENANT_ID',
  'no-registration': 'Set API_CLIENT_ID',
};

if (!hasDotnet()) {
  console.log('Skipped: the Bicep compiler comes through dotnet, and there is none.');
} else {
  const found = judge(restoreBicep(), process.argv.includes('--update') ? 'overwrite' : 'validate');
  for (const line of found) console.error(line);
  if (process.argv.includes('--update')) globSync('infra/test/*.snapshot.json').forEach(sortOutputs);
  const judged = `${templates().length} templates, ${sets().length} sets of parameters`;
  console.log(`Bicep ${BICEP_VERSION}: ${judged}, ${found.length} findings.`);
  process.exitCode = found.length === 0 ? 0 : 1;
}

function templates(): string[] {
  return [...globSync('infra/**/*.bicep'), ...samples()].toSorted();
}

function samples(): string[] {
  return globSync('samples/*/main.bicep').toSorted();
}

function sets(): string[] {
  return globSync('infra/test/*.bicepparam').toSorted();
}

function judge(bicep: Bicep, mode: 'overwrite' | 'validate'): string[] {
  return [
    ...unlessQuiet('build', bicep('build', 'infra/main.bicep', '--stdout')),
    ...unlessQuiet('lint', bicep('lint', '--pattern', 'infra/**/*.bicep')),
    ...samples().flatMap((file) => judgeSample(bicep, file)),
    ...[...templates(), ...sets()].flatMap((file) => unlessFormatted(file, bicep('format', file, '--stdout').stdout)),
    ...sets().flatMap((file) => unlessQuiet(`snapshot ${file}`, bicep('snapshot', file, '--mode', mode, ...place()))),
    ...Object.entries(REFUSED).flatMap(([name, named]) => unlessRefused(bicep, name, named)),
  ];
}

/** What `loadJsonContent` read stands in a variable of the template. */
function judgeSample(bicep: Bicep, file: string): string[] {
  const built = bicep('build', file, '--stdout');
  const found = [...unlessQuiet(`build ${file}`, built), ...unlessQuiet(`lint ${file}`, bicep('lint', file))];
  if (found.length > 0) return found;
  const { variables, resources } = JSON.parse(built.stdout) as {
    readonly variables: Readonly<Record<string, unknown>>;
    readonly resources: readonly { readonly properties: { readonly definition?: string } }[];
  };
  const name = /^\[variables\('(.+)'\)\]$/.exec(resources[0]?.properties.definition ?? '')?.[1] ?? '';
  const workflow = `${dirname(file)}/reset-guest.json`;
  const { definition } = JSON.parse(readFileSync(workflow, 'utf8')) as { readonly definition: unknown };
  return isDeepStrictEqual(variables[name], definition) ? [] : [`${file}: it does not deploy what ${workflow} says`];
}

function unlessRefused(bicep: Bicep, name: string, named: string): string[] {
  const file = `infra/test/refused/${name}.bicepparam`;
  const { status, stdout, stderr } = bicep('snapshot', file, '--mode', 'validate', ...place());
  const said = `${stderr}${stdout}`;
  return status !== 0 && said.includes(named) ? [] : [`${file}: it should be refused and name ${named}: ${said}`];
}

function place(): string[] {
  return Object.entries(PLACE).flatMap(([name, value]) => [`--${name}`, value]);
}

/** A warning leaves the exit code at 0; a difference is told on stdout. */
function unlessQuiet(what: string, { status, stdout, stderr }: Said): string[] {
  const said = `${stderr}${status === 0 ? '' : stdout}`.trim();
  return status === 0 && said === '' ? [] : [`${what}: ${said}`];
}

/** The compiler writes them in another order each time. */
function sortOutputs(file: string): void {
  const { outputs, ...rest } = JSON.parse(readFileSync(file, 'utf8')) as { outputs: Record<string, string> };
  const sorted = Object.fromEntries(Object.entries(outputs).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify({ ...rest, outputs: sorted }, null, 2)}\n`);
}

function unlessFormatted(file: string, formatted: string): string[] {
  return formatted.trimEnd() === readFileSync(file, 'utf8').trimEnd() ? [] : [`format ${file}: run "bicep format"`];
}

// What others think of both descriptions of the API: two linters. And of the newer one: a generator of types, which
// must compile beside a client.
import { readFileSync } from 'node:fs';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import spectral from '@stoplight/spectral-core';
import rulesets from '@stoplight/spectral-rulesets';
import openapiTypes, { astToString } from 'openapi-typescript';
import typescript from 'typescript';
import { openApiDocument } from '../../shared/entry/http/openapi/document.ts';
import { swaggerDocument } from '../../shared/entry/http/openapi-v2/document.ts';

const SIGN_IN = { loginUrl: 'https://login.example', tenantId: '00000000-0000-0000-0000-000000000000' };
const CLIENT = new URL('client.ts', import.meta.url);
const document = openApiDocument('https://resets.example/api', SIGN_IN);
const swagger = swaggerDocument('https://resets.example/api', { ...SIGN_IN, apiClientId: SIGN_IN.tenantId });

/** They ask for a person to write to and for a licence: whoever deploys the service is the one, and decides. */
const NOT_ASKED = new Set(['info-license', 'info-contact']);

/** Of Swagger 2.0 `default` says it: connectors take no schema of a refusal. */
const isDefault = ({ ruleId }, { swagger: version }) => version !== undefined && ruleId === 'operation-4xx-response';

/** An answer of 2xx is asked of every operation. This one only says where to go. */
const isRedirect = ({ ruleId, location }) =>
  ruleId === 'operation-2xx-response' && location[0]?.pointer?.includes('~1health~1details/');

const found = [
  ...(await redocly(document)),
  ...(await spectralFindings(document)),
  ...(await typesOf()),
  ...(await redocly(swagger)),
  ...(await spectralFindings(swagger)),
];
for (const line of found) console.error(line);
if (found.length > 0) console.error(`The descriptions of the API: ${found.length} findings.`);
process.exitCode = found.length === 0 ? 0 : 1;

async function redocly(judged) {
  const config = await createConfig({ extends: ['recommended'] });
  const problems = await lintFromString({ source: JSON.stringify(judged), config, absoluteRef: 'openapi.json' });
  return problems
    .filter((problem) => !NOT_ASKED.has(problem.ruleId) && !isRedirect(problem) && !isDefault(problem, judged))
    .map(({ ruleId, message, location }) => `redocly ${ruleId}: ${message} ${location[0]?.pointer ?? ''}`);
}

async function spectralFindings(judged) {
  const linter = new spectral.Spectral();
  linter.setRuleset({ extends: [[rulesets.oas, 'recommended']] });
  return (await linter.run(judged))
    .filter(({ code }) => !NOT_ASKED.has(code))
    .map(({ code, message, path }) => `spectral ${code}: ${message} ${path.join('.')}`);
}

/** The types of a client. Where the document says too little of something, its type is empty. */
async function typesOf() {
  const text = astToString(await openapiTypes(document));
  const empty = text
    .split('\n')
    .flatMap((line, at) =>
      /^\s.*(?<!\[(?:name|key): string\]): unknown;|^\s.*Record<string, (?:never|unknown)>/.test(line)
        ? [`types line ${at + 1}: nothing is said of it: ${line.trim()}`]
        : [],
    );
  return [...empty, ...compileErrors({ 'openapi.ts': text, 'client.ts': readFileSync(CLIENT, 'utf8') })];
}

/** @param files by name; each sees the others */
function compileErrors(files) {
  const options = {
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    moduleResolution: typescript.ModuleResolutionKind.Bundler,
    target: typescript.ScriptTarget.ES2022,
    types: [],
  };
  const host = typescript.createCompilerHost(options);
  const nameOf = (file) => file.replace(/^.*\//, '');
  const readFile = host.readFile.bind(host);
  const fileExists = host.fileExists.bind(host);
  host.fileExists = (file) => Object.hasOwn(files, nameOf(file)) || fileExists(file);
  host.readFile = (file) => files[nameOf(file)] ?? readFile(file);
  const program = typescript.createProgram(Object.keys(files), options, host);
  return typescript.getPreEmitDiagnostics(program).map(({ messageText, file, start = 0 }) => {
    const line = file === undefined ? '' : ` ${file.fileName}:${file.getLineAndCharacterOfPosition(start).line + 1}`;
    return `types${line}: ${typescript.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

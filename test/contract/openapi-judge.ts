/** Compares what the app answers over HTTP with what its OpenAPI document says that it answers. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { isPassedOver } from '../../shared/domain/passed-over.ts';
import { openApiDocument } from '../../shared/adapters/http/openapi/document.ts';

interface Header {
  readonly required?: boolean;
}
interface Response {
  readonly headers?: Readonly<Record<string, Header | Reference>>;
  readonly content?: Readonly<Record<string, object>>;
}
interface Reference {
  readonly $ref: string;
}
interface Parameter {
  readonly name: string;
  readonly in: string;
}
interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly responses: Readonly<Record<string, Response | Reference>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** Absolute links of examples name this one; the paths and schemas are those of every deployment. */
export const DOCUMENT = openApiDocument('https://resets.example/api', {
  loginUrl: 'https://login.example',
  tenantId: '11111111-1111-4111-8111-111111111111',
}) as unknown as Document;

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema(DOCUMENT, 'openapi');

/** What a test sent, and got. `text` only of JSON: other bodies may be long, and are streams. */
export interface Exchange {
  readonly method: string;
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** `operation status`, such as `submitJob 202`: of every answer that the document describes, or does not. */
export const seen = new Set<string>();

/** What the document does not say of an answer; empty where they agree. Nothing is said of paths that it does not have. */
export function faultsOf(exchange: Exchange): string[] {
  const { method, url, status } = exchange;
  // The platform's own refusal of a body that is over its limit: no function was asked.
  if (status === 413 && !exchange.headers.has('content-type')) return [];
  const found = operationOf(method, url.pathname);
  if (found === undefined) return [];
  const [pointer, operation] = found;
  seen.add(`${operation.operationId} ${status}`);
  const at = `${pointer}/responses/${status}`;
  const said = operation.responses[status];
  if (said === undefined) return [`${operation.operationId} answered ${status}, which is not described`];
  const faults = [
    ...faultsOfHeaders(resolve(said), exchange.headers),
    ...faultsOfBody('$ref' in said ? said.$ref : at, resolve(said), exchange),
    ...(status < 400 ? faultsOfQuery(operation, url.searchParams) : []),
  ];
  return faults.map((fault) => `${operation.operationId} answered ${status}: ${fault}`);
}

function operationOf(method: string, path: string): readonly [string, Operation] | undefined {
  const below = path.replace(/^\/api/i, '').replace(/\/$/, '');
  for (const [template, operations] of Object.entries(DOCUMENT.paths)) {
    const operation = operations[method.toLowerCase()];
    const pattern = template.replaceAll('.', String.raw`\.`).replaceAll(/\{\w+\}/g, '[^/]+');
    if (operation !== undefined && new RegExp(`^${pattern}$`, 'i').test(below))
      return [`#/paths/${template.replaceAll('/', '~1')}/${method.toLowerCase()}`, operation];
  }
  return undefined;
}

/** Of the connection, the host and every answer, not of what the app says. */
const OF_TRANSPORT = new Set(
  'connection content-length content-type date keep-alive server transfer-encoding vary x-ms-invocation-id'.split(' '),
);

function faultsOfHeaders({ headers: said = {} }: Response, headers: Headers): string[] {
  const names = Object.entries(said).map(([name, header]) => [name.toLowerCase(), resolve(header)] as const);
  const missing = names.filter(([name, { required }]) => required === true && !headers.has(name));
  const unsaid = [...headers.keys()].filter(
    (name) => !OF_TRANSPORT.has(name) && !names.some(([described]) => described === name),
  );
  return [
    ...missing.map(([name]) => `the header ${name} is missing`),
    ...unsaid.map((name) => `the header ${name} is not described`),
  ];
}

/** Of whole bodies: NDJSON is a stream. */
const IS_JSON = /^application\/(?:problem\+)?json(?:;|$)/;

function faultsOfBody(at: string, { content = {} }: Response, { headers, text }: Exchange): string[] {
  const type = headers.get('content-type')?.split(';')[0]?.trim();
  if (type === undefined) return Object.keys(content).length === 0 ? [] : ['it has no content type'];
  if (!Object.hasOwn(content, type)) return [`the content type ${type} is not described`];
  const schema = `${at}/content/${type.replaceAll('/', '~1')}/schema`;
  if (IS_JSON.test(type)) return faultsOfJson(schema, text);
  return [];
}

const validators = new Map<string, ValidateFunction>();

function faultsOfJson(pointer: string, text: string): string[] {
  const $ref = `openapi${pointer.replaceAll('{', '%7B').replaceAll('}', '%7D')}`;
  const validate = validators.get($ref) ?? ajv.compile({ $ref });
  validators.set($ref, validate);
  if (validate(JSON.parse(text))) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath || 'the body'} ${message} ${JSON.stringify(params)}`,
  );
}

/** Whatever a request may say without being refused is in the document. */
function faultsOfQuery({ parameters = [] }: Operation, query: URLSearchParams): string[] {
  const names = parameters.filter(({ in: place }) => place === 'query').map(({ name }) => name);
  return [...new Set(query.keys())]
    .filter((name) => !names.includes(name) && !isPassedOver(name))
    .map((name) => `the query parameter ${name} is not described`);
}

function resolve<T extends object>(part: T | Reference): T {
  if (!('$ref' in part)) return part;
  const names = part.$ref.slice(2).split('/');
  return names.reduce<unknown>((whole, name) => (whole as Record<string, unknown>)[name], DOCUMENT) as T;
}

const judged = new Set<string>();
let isWatching = false;

/**
 * From now on whatever `fetch` gets from this API is compared with the document; what is not described is an error.
 * @param api `http://localhost:PORT/api`
 */
export function judgeAnswers(api: string): void {
  judged.add(new URL(api).origin);
  if (isWatching) return;
  isWatching = true;
  const send = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const response = await send(input, init);
    const url = new URL(input instanceof Request ? input.url : input);
    if (!judged.has(url.origin)) return response;
    const method = (input instanceof Request ? input.method : init?.method) ?? 'GET';
    const isJson = IS_JSON.test(response.headers.get('content-type') ?? '');
    const text = isJson ? await response.clone().text() : '';
    const faults = faultsOf({ method, url, status: response.status, headers: response.headers, text });
    if (faults.length > 0)
      throw new Error(`The OpenAPI document and ${method} ${url.href} disagree.\n${faults.join('\n')}`);
    return response;
  };
}

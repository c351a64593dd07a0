/** Compares what the app takes and answers over HTTP with what its OpenAPI document says of both. */
import type { IncomingMessage } from 'node:http';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { isPassedOver } from '../../shared/domain/api/passed-over.ts';
import { openApiDocument } from '../../shared/entry/http/openapi/document.ts';
import { inOwnSpelling, spellingsOf } from './spellings.ts';
import { swaggerFaultsOf } from './swagger-judge.ts';

interface Header {
  readonly required?: boolean;
}
export interface Response {
  readonly headers?: Readonly<Record<string, Header | Reference>>;
  readonly content?: Readonly<Record<string, object>>;
}
interface Reference {
  readonly $ref: string;
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: Readonly<Record<string, unknown>>;
}
export interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, object>> };
  readonly responses: Readonly<Record<string, Response>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
  readonly 'x-other-requests': Readonly<Record<string, Response>>;
}

/** Absolute links of examples name this one; the paths and schemas are those of every deployment. */
export const DOCUMENT = openApiDocument('https://resets.example/api', {
  loginUrl: 'https://login.example',
  tenantId: '11111111-1111-4111-8111-111111111111',
}) as unknown as Document;

const ofAnswers = new Ajv2020({ strict: false, allErrors: true });
formats.default(ofAnswers);
ofAnswers.addSchema(DOCUMENT, 'openapi');
/** Where a format only tells what is meant, as the dialect has it: times are taken without seconds, too. */
const ofRequests = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
ofRequests.addSchema(DOCUMENT, 'openapi');

/** What a test sent, and got. */
export interface Exchange {
  readonly method: string;
  readonly url: URL;
  /** What was sent; undefined of what is no text. */
  readonly body?: string | undefined;
  /** The content type of `body`. */
  readonly type?: string | undefined;
  readonly status: number;
  readonly headers: Headers;
  /** Only of JSON: other bodies may be long, and are streams. */
  readonly text: string;
}

/** What stands for an operation where there is none. */
export const OTHERS = 'x-other-requests';

/**
 * `submitJob 202 application/json` and `submitJob notSignedIn`: of every answer, described or not. Of each code the
 * `type` that a problem had last.
 */
export const seen = { answers: new Set<string>(), codes: new Set<string>(), types: new Map<string, string>() };

/** An operation, or what is said of all requests that none is for. */
interface Described extends Operation {
  readonly pointer: string;
  readonly isOther: boolean;
}

/** What the document does not say of an exchange; empty where they agree. */
export function faultsOf(exchange: Exchange): string[] {
  const { method, url, status, headers } = exchange;
  // The platform's own refusal of a body that is over its limit, and what is not of this app: no function was asked.
  if ((status === 413 && !headers.has('content-type')) || !/^\/api(?:\/|$)/i.test(url.pathname)) return [];
  const described = operationOf(method, url.pathname);
  const { operationId, responses } = described;
  const type = headers.get('content-type')?.split(';')[0]?.trim();
  seen.answers.add([operationId, status, type].filter((part) => part !== undefined).join(' '));
  const said = responses[status];
  if (said === undefined) return [`${operationId} answered ${status}, which is not described`];
  const isProblem = type === 'application/problem+json' && method !== 'HEAD';
  if (isProblem) noteCodes(operationId, exchange.text);
  const faults = [
    ...(isProblem ? faultsOfType(exchange) : []),
    ...faultsOfHeaders(said, headers),
    ...(method === 'HEAD' ? [] : faultsOfBody(`${described.pointer}/${status}`, said, type, exchange)),
    ...(status < 400 ? faultsOfRequest(described, exchange) : []),
    ...(type === 'application/json' ? swaggerFaultsOf(operationId, status, exchange.text, exchange.body ?? '') : []),
  ];
  return faults.map((fault) => `${operationId} answered ${status}: ${fault}`);
}

function noteCodes(operationId: string, text: string): void {
  const { code, errors = [] } = JSON.parse(text) as { code: string; errors?: readonly { code: string }[] };
  for (const each of [code, ...errors.map((error) => error.code)]) seen.codes.add(`${operationId} ${each}`);
}

/** Where a problem is explained: at the address that was asked, or below it, where nobody vouches for that. */
function faultsOfType({ url, text }: Exchange): string[] {
  const { code, type } = JSON.parse(text) as { code: string; type: string };
  seen.types.set(code, type);
  const known = [`/api/problems/${code}`, `${url.origin}/api/problems/${code}`];
  return known.includes(type) ? [] : [`the type ${type} is not the address of ${code}`];
}

function operationOf(method: string, path: string): Described {
  const below = path.replace(/^\/api/i, '').replace(/\/$/, '');
  for (const [template, operations] of Object.entries(DOCUMENT.paths)) {
    const operation = operations[method.toLowerCase()];
    const pattern = template
      .replace(/\/$/, '')
      .replaceAll('.', String.raw`\.`)
      .replaceAll(/\{\w+\}/g, '[^/]+');
    if (operation !== undefined && new RegExp(`^${pattern}$`, 'i').test(below))
      return { ...operation, pointer: pointerTo('paths', template, method.toLowerCase(), 'responses'), isOther: false };
  }
  return { operationId: OTHERS, responses: DOCUMENT[OTHERS], pointer: pointerTo(OTHERS), isOther: true };
}

const pointerTo = (...names: readonly string[]): string =>
  `#${names.map((name) => `/${name.replaceAll('/', '~1')}`).join('')}`;

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

function faultsOfBody(at: string, { content = {} }: Response, type: string | undefined, { text }: Exchange): string[] {
  if (type === undefined) return Object.keys(content).length === 0 ? [] : ['it has no content type'];
  if (!Object.hasOwn(content, type)) return [`the content type ${type} is not described`];
  return IS_JSON.test(type) ? faultsOfJson(`${at}/content/${type.replaceAll('/', '~1')}/schema`, JSON.parse(text)) : [];
}

function faultsOfJson(pointer: string, value: unknown, ajv = ofAnswers): string[] {
  const $ref = `openapi${pointer.replaceAll('{', '%7B').replaceAll('}', '%7D')}`;
  const validate = ajv.getSchema($ref) ?? ajv.compile({ $ref });
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath || 'the body'} ${message} ${JSON.stringify(params)}`,
  );
}

/** Whatever a request said without being refused is in the document, and so is that it may say so. */
function faultsOfRequest({ requestBody, pointer, isOther }: Described, exchange: Exchange): string[] {
  if (isOther) return [];
  const { method, url, body = '', type = '' } = exchange;
  // Where only JSON is read the content type is not looked at.
  const types = Object.keys(requestBody?.content ?? {});
  const isJson = requestBody !== undefined && (types.length === 1 || IS_JSON.test(type));
  const schema = `${pointer.replace(/responses$/, 'requestBody')}/content/application~1json/schema`;
  const ofBody = isJson && body.trim() !== '' ? faultsOfSaid(schema, JSON.parse(body)) : [];
  return [
    ...faultsOfQuery(method, url.pathname, url.searchParams),
    ...ofBody.map((fault) => `of the request ${fault}`),
  ];
}

/** What the document does not allow the query of a request to say. */
export function faultsOfQuery(method: string, path: string, query: URLSearchParams): string[] {
  const { parameters = [], pointer } = operationOf(method, path);
  return [...query].flatMap(([name, value]) => {
    const at = parameters.findIndex((parameter) => parameter.in === 'query' && parameter.name === name);
    const parameter = parameters[at];
    if (parameter === undefined) return isPassedOver(name) ? [] : [`the query parameter ${name} is not described`];
    const schema = `${pointer.replace(/responses$/, 'parameters')}/${at}/schema`;
    const isAllowed = spellingsOf(value, parameter.schema).some(
      (each) => faultsOfJson(schema, each, ofRequests).length === 0,
    );
    return isAllowed ? [] : [`the query may not say ${name}=${value}`];
  });
}

/** Every word of an `enum`, at any depth. */
const wordsOf = (part: unknown): unknown[] =>
  typeof part === 'object' && part !== null
    ? [
        ...('enum' in part && Array.isArray(part.enum) ? (part.enum as unknown[]) : []),
        ...Object.values(part).flatMap((each) => wordsOf(each)),
      ]
    : [];
const { Submission, Entry, Defaults, ResetBody, RetryBody } = DOCUMENT.components.schemas;
const WORDS = wordsOf([Submission, Entry, Defaults, ResetBody, RetryBody]).filter((word) => typeof word === 'string');

const faultsOfSaid = (pointer: string, value: unknown): string[] =>
  faultsOfJson(pointer, inOwnSpelling(value, WORDS), ofRequests);

/** What the document does not allow a JSON body of this schema of its components to say. */
export const faultsOfRequestBody = (name: string, value: unknown): string[] =>
  faultsOfSaid(pointerTo('components', 'schemas', name), value);

function resolve<T extends object>(part: T | Reference): T {
  if (!('$ref' in part)) return part;
  const names = part.$ref.slice(2).split('/');
  return names.reduce<unknown>((whole, name) => (whole as Record<string, unknown>)[name], DOCUMENT) as T;
}

/** @throws Error that names what the document does not say of the exchange */
export function judge(exchange: Exchange): void {
  const faults = faultsOf(exchange);
  if (faults.length > 0)
    throw new Error(`The OpenAPI document and ${exchange.method} ${exchange.url.href} disagree.\n${faults.join('\n')}`);
}

/** Of an answer to `node:http`. */
export const headersOf = ({ headersDistinct }: IncomingMessage): Headers =>
  new Headers(Object.entries(headersDistinct).map(([name, values = []]) => [name, values.join(', ')]));

const judged = new Set<string>();
let isWatching = false;

/**
 * From now on whatever `fetch` sends to this API, and gets from it, is compared with the document; what is not
 * described is an error.
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
    const { status, headers } = response;
    const isJson = IS_JSON.test(headers.get('content-type') ?? '');
    judge({
      method,
      url,
      body: textOf(init?.body),
      type: new Headers(init?.headers).get('content-type') ?? undefined,
      status,
      headers,
      text: isJson ? await response.clone().text() : '',
    });
    return response;
  };
}

/** Streams and the like are read once, by whoever sends them. */
const textOf = (body: BodyInit | null | undefined): string | undefined =>
  typeof body === 'string' ? body : body instanceof Uint8Array ? Buffer.from(body).toString() : undefined;

/** Compares what the app takes and answers with what the description for connectors says of both (Swagger 2.0). */
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { swaggerDocument } from '../../shared/entry/http/openapi-v2/document.ts';
import { inOwnSpelling } from './spellings.ts';

interface Schema {
  readonly [keyword: string]: unknown;
}

export interface SwaggerParameter extends Schema {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'body';
  readonly required: boolean;
  readonly default?: string | number | boolean;
  readonly schema?: Schema;
}
export interface SwaggerOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly SwaggerParameter[];
  readonly responses: Readonly<Record<string, { readonly description: string; readonly schema?: Schema }>>;
}
export interface Swagger {
  readonly host: string;
  readonly basePath: string;
  readonly schemes: readonly string[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, SwaggerOperation>>>>;
  readonly definitions: Readonly<Record<string, Schema>>;
}

/** With a sign-in, which a developer's machine has not. Paths and schemas are those of every deployment. */
export const SWAGGER = swaggerDocument('https://resets.example/api', {
  loginUrl: 'https://login.example',
  tenantId: '11111111-1111-4111-8111-111111111111',
  apiClientId: '22222222-2222-4222-8222-222222222222',
}) as unknown as Swagger;

/** The words of this dialect in those that a validator knows. */
function readable(part: unknown): unknown {
  if (Array.isArray(part)) return part.map((each) => readable(each));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([name, each]) => [name === 'x-nullable' ? 'nullable' : name, readable(each)]),
  );
}

const ofAnswers = new Ajv({ strict: false, allErrors: true });
formats.default(ofAnswers);
const ofRequests = new Ajv({ strict: false, allErrors: true, validateFormats: false });
for (const ajv of [ofAnswers, ofRequests]) ajv.addSchema(readable(SWAGGER) as object, 'swagger');

function faultsOfValue(schema: Schema | undefined, value: unknown, ajv: Ajv): string[] {
  const $ref = `swagger${String(schema?.['$ref'])}`;
  const validate = ajv.getSchema($ref) ?? ajv.compile({ $ref });
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || 'the body'} ${message}`);
}

/** Words of the body, for those that are said in another case. */
const WORDS = [...JSON.stringify(SWAGGER.definitions['ResetBody']).matchAll(/"enum":(\[[^\]]*\])/g)].flatMap(
  ([, list = '[]']) => JSON.parse(list) as string[],
);

/**
 * What the description does not say of an answer, and of the JSON body that was taken before it; nothing where it has
 * no such operation. Another success than the first has the same body.
 */
export function swaggerFaultsOf(operationId: string, status: number, answer: string, body: string): string[] {
  const operations = Object.values(SWAGGER.paths).flatMap((each) => Object.values(each));
  const operation = operations.find((each) => each.operationId === operationId);
  if (operation === undefined || status >= 300) return [];
  const { parameters, responses } = operation;
  if (responses[status] === undefined) return [`${status} is not described for connectors`];
  const { schema } = Object.values(responses).find((each) => each.schema !== undefined) ?? {};
  const { schema: ofBody } = parameters.find((each) => each.in === 'body') ?? {};
  return [
    ...faultsOfValue(schema, JSON.parse(answer), ofAnswers),
    ...(ofBody === undefined || body.trim() === ''
      ? []
      : faultsOfValue(ofBody, inOwnSpelling(JSON.parse(body), WORDS), ofRequests)),
  ].map((fault) => `for connectors: ${fault}`);
}

/**
 * The description for custom connectors, against what these take. Sources: Microsoft's pages "Create a custom connector
 * from an OpenAPI definition", "Create a custom connector with an OpenAPI extension", "Learn best practices for string
 * fields", "Fix Swagger Validator errors" and "Custom connector FAQ".
 */
import { expect, test } from 'vitest';
import { SCOPE } from '../../../cli/setup/wanted.ts';
import { openApiDocument } from '../../../shared/entry/http/openapi/document.ts';
import { CONNECTOR_OPERATIONS, FIXED, shownOf, titleOf } from '../../../shared/entry/http/openapi-v2/connector.ts';
import type { ConnectorOperation } from '../../../shared/entry/http/openapi-v2/connector.ts';
import { swaggerDocument } from '../../../shared/entry/http/openapi-v2/document.ts';
import { swaggerSchema } from '../../../shared/entry/http/openapi-v2/schema.ts';
import { HTTP_ROUTES, type HttpRoute } from '../../../shared/entry/http/routes.ts';
import { SWAGGER, type SwaggerOperation, type SwaggerParameter } from '../../parts/swagger-judge.ts';

const TENANT = '11111111-1111-4111-8111-111111111111';
const CLIENT = '22222222-2222-4222-8222-222222222222';

const operations = Object.entries(SWAGGER.paths).flatMap(([path, byMethod]) =>
  Object.entries(byMethod).map(([method, operation]) => ({ path, method, ...operation })),
);

type Part = Readonly<Record<string, unknown>>;
interface Member extends Part {
  readonly properties?: Readonly<Record<string, Member>>;
  readonly items?: Member;
  readonly $ref?: string;
}

const definitions = SWAGGER.definitions as Readonly<Record<string, Member>>;

/** A schema and all within it; what a reference leads to counts each time. */
const schemasIn = (schema: Member): Member[] => {
  const { $ref, properties = {}, items } = schema;
  const inside = [
    ...Object.values(properties),
    ...(items === undefined ? [] : [items]),
    ...($ref === undefined ? [] : [definitions[$ref.replace('#/definitions/', '')] ?? {}]),
  ];
  return [schema, ...inside.flatMap((each) => schemasIn(each))];
};
const schemas = Object.values(definitions).flatMap((each) => schemasIn(each));
const members = schemas.flatMap(({ properties = {} }) => Object.entries(properties));
const parameters = operations.flatMap((operation): readonly SwaggerParameter[] => operation.parameters);
const plain = parameters.filter((each) => each.in !== 'body');

test('it has four operations, at the paths and methods of the routes', () => {
  const routes = Object.keys(CONNECTOR_OPERATIONS).map((name) => {
    const { method, route }: HttpRoute = HTTP_ROUTES[name as ConnectorOperation];
    return `${name} ${method} /${route}`;
  });
  expect(routes).toHaveLength(4);
  const described = operations.map(({ operationId, method, path }) => `${operationId} ${method.toUpperCase()} ${path}`);
  expect(described.toSorted()).toEqual(routes.toSorted());
});

test('it is far below 1 MB, the most that a connector takes, and in each count of schemas', () => {
  expect(JSON.stringify(SWAGGER).length).toBeLessThan(40_000);
  for (const definition of Object.values(definitions)) expect(schemasIn(definition).length).toBeLessThan(512);
});

test('a schema has one type, known formats, nothing beside a reference, and no word that Swagger 2.0 has not', () => {
  const words =
    'type format description default enum minimum maximum minLength maxLength minItems maxItems pattern properties ' +
    'required items additionalProperties x-nullable x-ms-summary x-ms-visibility';
  for (const schema of schemas.filter(({ $ref }) => $ref !== undefined)) expect(Object.keys(schema)).toEqual(['$ref']);
  for (const schema of schemas.filter(({ $ref }) => $ref === undefined)) {
    const { type, format = 'uri', enum: list = [''] } = schema;
    expect(['string', 'number', 'integer', 'boolean', 'object', 'array']).toContain(type);
    expect(Object.keys(schema).filter((word) => !words.split(' ').includes(word))).toEqual([]);
    expect(['date-time', 'uri', 'uuid']).toContain(format);
    expect((list as unknown[]).every((word) => typeof word === 'string')).toBe(true);
  }
  const found = [...JSON.stringify(SWAGGER).matchAll(/"\$ref":"([^"]*)"/g)].map(([, ref = '']) => ref);
  expect(found.filter((ref) => definitions[ref.replace(/^#\/definitions\//, '')] === undefined)).toEqual([]);
});

test('each action has a name of its own that ends with a letter, and says more in its description', () => {
  for (const { operationId, summary, description } of operations) {
    expect(summary).toMatch(/^[A-Z][^/]{1,78}[a-z0-9]$/);
    expect(description).not.toBe(summary);
    expect(operationId).toMatch(/^[A-Za-z]+$/);
  }
  expect(new Set(operations.map(({ summary }) => summary)).size).toBe(operations.length);
  const { title, description } = (SWAGGER as unknown as { info: Readonly<Record<string, string>> }).info;
  expect(title).toMatch(/^.{1,29}[A-Za-z0-9]$/);
  expect(`${title} ${description}`).not.toMatch(/\bAPIs?\b/i);
});

test('whatever a maker sees has a title: each parameter, and each member of a body', () => {
  for (const [name, part] of [...parameters.map((each) => [each.name, each] as const), ...members]) {
    const title = part['x-ms-summary'];
    expect([name, typeof title === 'string' && /^[A-Z].{0,78}[A-Za-z]$/.test(title)]).toEqual([name, true]);
    expect([undefined, 'important', 'advanced', 'internal']).toContain(part['x-ms-visibility']);
  }
});

test.each([
  ['guestId', 'Guest ID'],
  ['Idempotency-Key', 'Idempotency Key'],
  ['inviteRedeemUrl', 'Invite Redeem URL'],
  ['notBefore', 'Not Before'],
])('%s is shown as %s', (name, title) => {
  expect(titleOf(name)).toBe(title);
});

test('a parameter that is hidden is required and has a value, or it would not be sent', () => {
  const hidden = plain.filter((each) => each['x-ms-visibility'] === 'internal');
  expect(hidden.map(({ name }) => name).toSorted()).toEqual(Object.keys(FIXED).toSorted());
  for (const { name, required, default: value } of hidden) expect([required, value]).toEqual([true, FIXED[name]]);
});

test('what a path names is encoded once', () => {
  const inPath = plain.filter((each) => each.in === 'path');
  expect(inPath).toHaveLength(4);
  expect(inPath.filter((each) => !each.required || each['x-ms-url-encoding'] !== 'single')).toEqual([]);
});

test('nothing is asked for twice, in the query and in the body', () => {
  const inBody = schemasIn(definitions['ResetBody'] ?? {}).flatMap(({ properties = {} }) => Object.keys(properties));
  expect(inBody).toContain('sendInvitationMessage');
  const names = operations.find(({ operationId }) => operationId === 'resetGuest')?.parameters ?? [];
  expect(names.filter(({ name }) => inBody.includes(name))).toEqual([]);
});

test('designers get one schema of each operation, that of a success, and none of a refusal', () => {
  const withSchema = ({ responses }: SwaggerOperation) =>
    Object.entries(responses).flatMap(([status, { schema }]) => (schema === undefined ? [] : [status]));
  expect(Object.fromEntries(operations.map((each) => [each.operationId, withSchema(each)]))).toEqual({
    resetGuest: ['200'],
    getJob: ['200'],
    listResets: ['200'],
    // The only success that it has.
    checkJob: ['202'],
  });
  for (const { responses } of operations) expect(Object.keys(responses['default'] ?? {})).toEqual(['description']);
});

test('what the connector leaves out is something that the operation has', () => {
  for (const name of Object.keys(CONNECTOR_OPERATIONS) as ConnectorOperation[]) {
    const { query, options }: HttpRoute = HTTP_ROUTES[name];
    const known = [...Object.keys(query), ...options];
    expect(shownOf(name).leavesOut.filter((each) => !known.includes(each as never))).toEqual([]);
  }
});

test.each([
  ['https://resets.example/api', { host: 'resets.example', basePath: '/api', schemes: ['https'] }],
  ['http://localhost:7071/api', { host: 'localhost:7071', basePath: '/api', schemes: ['http'] }],
])('asked for at %s it says how to get there', (serverUrl, expected) => {
  expect(swaggerDocument(serverUrl, { loginUrl: 'https://login.example', tenantId: TENANT })).toMatchObject(expected);
});

test.each(['https://login.microsoftonline.com', 'https://login.microsoftonline.us'])(
  'people sign in at %s, for the scope that setup makes, and stay signed in',
  (loginUrl) => {
    const { securityDefinitions, paths } = swaggerDocument('https://resets.example/api', {
      loginUrl,
      tenantId: TENANT,
      apiClientId: CLIENT,
    }) as unknown as { securityDefinitions: unknown; paths: Record<string, Record<string, { security: unknown }>> };
    const scopes = [`api://${CLIENT}/${SCOPE.value}`, 'offline_access'];
    expect(securityDefinitions).toEqual({
      entra: {
        type: 'oauth2',
        flow: 'accessCode',
        authorizationUrl: `${loginUrl}/${TENANT}/oauth2/v2.0/authorize`,
        tokenUrl: `${loginUrl}/${TENANT}/oauth2/v2.0/token`,
        scopes: Object.fromEntries(scopes.map((scope) => [scope, expect.any(String) as string])),
      },
    });
    expect(paths['/jobs/{id}']?.['get']?.security).toEqual([{ entra: scopes }]);
  },
);

test('where nobody signs in, as on a developer’s machine, it asks for no sign-in', () => {
  const local = swaggerDocument('http://localhost:7071/api', { loginUrl: 'https://login.example', tenantId: TENANT });
  expect(JSON.stringify(local)).not.toContain('"security');
});

test('both descriptions have one version', () => {
  const { info } = openApiDocument('https://resets.example/api', { loginUrl: '', tenantId: '' });
  expect((SWAGGER as unknown as { info: unknown }).info).toEqual(info);
});

const translate = (schema: Part): unknown => {
  const of = (): Part => ({ type: 'string', description: 'Named.' });
  return swaggerSchema(schema, { of, kept: ['Kept'], shown: () => ({}) });
};

test.each<[Part, Part]>([
  [{ $ref: '#/components/schemas/Kept' }, { $ref: '#/definitions/Kept' }],
  [
    { $ref: '#/components/schemas/Kept', description: 'Here.' },
    { type: 'string', description: 'Here.' },
  ],
  [{ $ref: '#/components/schemas/Other' }, { type: 'string', description: 'Named.' }],
  [
    { type: ['string', 'null'], enum: ['a', null] },
    { type: 'string', enum: ['a'], 'x-nullable': true },
  ],
  [
    { anyOf: [{ type: 'integer' }, { type: 'null' }], description: 'One.', examples: [1] },
    { type: 'integer', description: 'One.', 'x-nullable': true },
  ],
  [{ const: 400 }, { enum: [400] }],
  [
    {
      oneOf: [
        { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } }, required: ['a', 'b'] },
        { type: 'object', properties: { b: { type: 'string' } }, required: ['b'] },
      ],
    },
    {
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'string' } },
      required: ['b'],
      additionalProperties: false,
    },
  ],
])('%j becomes %j', (schema, expected) => {
  expect(translate(schema)).toEqual(expected);
});

test.each<Part>([
  { type: ['string', 'integer'] },
  { anyOf: [{ type: 'string' }, { type: 'integer' }] },
  { oneOf: [{ type: 'string' }, { type: 'array' }] },
  { allOf: [{ type: 'object' }] },
  { type: 'object', patternProperties: {} },
  { $ref: '#/components/schemas/Other', minLength: 1 },
])('%j is refused: Swagger 2.0 cannot say it', (schema) => {
  expect(() => translate(schema)).toThrow(/Swagger 2\.0/);
});

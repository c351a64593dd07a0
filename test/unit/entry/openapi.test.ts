/** The OpenAPI document against what reads the query, the tables of codes and the clouds. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { openApiDocument } from '../../../shared/entry/http/openapi/document.ts';
import { OF_THE_REQUEST } from '../../../shared/domain/api/passed-over.ts';
import { API_CODES } from '../../../shared/domain/api/codes.ts';
import { SUBMISSION_CODES } from '../../../shared/domain/submission/codes.ts';
import { entrySchema } from '../../../shared/domain/submission/entry-schema.ts';
import { OPTION_NAMES, OptionsReader } from '../../../shared/domain/submission/options.ts';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: Record<string, unknown>;
}

const TENANT = '11111111-1111-4111-8111-111111111111';
const CLIENT = '22222222-2222-4222-8222-222222222222';
const SIGN_IN = { loginUrl: 'https://login.example', tenantId: TENANT, apiClientId: CLIENT };
const document = openApiDocument('https://resets.example/api', SIGN_IN);
const { paths } = document as unknown as { paths: Record<string, Record<string, { parameters: Parameter[] }>> };
const parametersOf = (path: string): Parameter[] =>
  (paths[path]?.['post']?.parameters ?? []).filter(({ in: place }) => place === 'query');

/** A query as a client makes it from a value that the parameter's schema allows: text and numbers as they are. */
const GOOD: Readonly<Record<string, string | number | boolean>> = {
  reason: 'moved',
  notBefore: '2030-01-31T08:00:00Z',
  notAfter: '2030-02-28T08:00:00Z',
  pauseAfter: 5,
  dryRun: true,
  verify: false,
  maxPerMinute: 60,
  skipIfResetWithinHours: 0,
  onlyIf: 'pending',
  sendInvitationMessage: false,
  addEmailTo: 'none',
  messageLanguage: 'de-DE',
  customizedMessageBody: 'Hello',
  inviteRedirectUrl: 'https://apps.example',
  changeEmailDomain: 'old.example:new.example',
};

const problemsOf = (name: string, text: string): string[] => {
  const reader = new OptionsReader();
  reader.readQuery(new URLSearchParams({ [name]: text }));
  return reader.problems.map(({ code }) => code);
};

test.each(['/jobs', '/guests/{guestId}/resets'])(
  'every option is a query parameter of POST %s, and what its schema allows is what is read',
  (path) => {
    const parameters = parametersOf(path).filter(({ name }) => OF_THE_REQUEST.every((other) => other !== name));
    expect(parameters.map(({ name }) => name)).toEqual(OPTION_NAMES);
    for (const { name, schema } of parameters) {
      const value = GOOD[name];
      expect(z.fromJSONSchema(schema).safeParse(value).success, name).toBe(true);
      expect(problemsOf(name, String(value)), name).toEqual([]);
    }
  },
);

test(
  'a query parameter is never an object, which a query cannot say; what the schema of changeEmailDomain refuses is ' +
    'refused',
  () => {
    const parameters = parametersOf('/jobs');
    expect(parameters.filter(({ schema }) => schema['type'] === 'object')).toEqual([]);
    const schema = z.fromJSONSchema(parameters.find(({ name }) => name === 'changeEmailDomain')?.schema ?? {});
    for (const text of ['old.example', 'a.example:b.example:c.example', ':new.example']) {
      expect([schema.safeParse(text).success, problemsOf('changeEmailDomain', text)], text).toEqual([
        false,
        ['invalidOption'],
      ]);
    }
  },
);

test('the recipients in copy are described, and may be left out', () => {
  const { properties, required } = z.toJSONSchema(entrySchema, { io: 'input' });
  expect(required).toBeUndefined();
  const info = JSON.stringify(properties?.['invitedUserMessageInfo']);
  expect(info).toContain('"emailAddress"');
  expect(info).not.toContain('"required"');
});

test('the document is small, and the same at every request', () => {
  const text = JSON.stringify(document);
  expect(text.length).toBeLessThan(500_000);
  expect(JSON.stringify(openApiDocument('https://resets.example/api', SIGN_IN))).toBe(text);
});

/** Every object of the document. */
const partsOf = (part: unknown): Record<string, unknown>[] =>
  typeof part === 'object' && part !== null
    ? [part as Record<string, unknown>, ...Object.values(part).flatMap((each) => partsOf(each))]
    : [];

test('whatever has an enum has a type', () => {
  const enums = partsOf(document).filter((part) => Array.isArray(part['enum']));
  expect(enums.length).toBeGreaterThan(50);
  expect(enums.filter(({ type }) => type === undefined)).toEqual([]);
});

test('no limit is one that no number can be over, and no word one that nobody is shown', () => {
  const limits = partsOf(document).flatMap(({ maximum }) => (typeof maximum === 'number' ? [maximum] : []));
  expect(limits.length).toBeGreaterThan(5);
  expect(Math.max(...limits)).toBeLessThan(Number.MAX_SAFE_INTEGER);
  expect(JSON.stringify(document)).not.toContain('"receiving"');
});

test('every code of the tables is an answer of some operation, or to what no operation is for', () => {
  const text = JSON.stringify([paths, document['x-other-requests']]);
  const codes = [...Object.keys(API_CODES), ...Object.keys(SUBMISSION_CODES)];
  expect(codes.filter((code) => !text.includes(`- \`${code}\`: `))).toEqual([]);
});

test.each([
  ['https://login.microsoftonline.com', CLIENT, CLIENT],
  ['https://login.microsoftonline.us', CLIENT, CLIENT],
  ['https://login.chinacloudapi.cn', undefined, '00000000-0000-0000-0000-000000000000'],
])('callers sign in at %s, for the app registration %s', (loginUrl, apiClientId, shown) => {
  const { components, paths: all } = openApiDocument('https://resets.example/api', {
    loginUrl,
    tenantId: TENANT,
    ...(apiClientId !== undefined && { apiClientId }),
  }) as unknown as {
    components: { securitySchemes: { entra: { flows: Record<string, Record<string, unknown>> } } };
    paths: Record<string, Record<string, { security: unknown }>>;
  };
  const { authorizationCode, clientCredentials } = components.securitySchemes.entra.flows;
  expect(authorizationCode?.['authorizationUrl']).toBe(`${loginUrl}/${TENANT}/oauth2/v2.0/authorize`);
  expect(clientCredentials?.['tokenUrl']).toBe(`${loginUrl}/${TENANT}/oauth2/v2.0/token`);
  expect(all['/jobs']?.['post']?.security).toEqual([{ entra: [`api://${shown}/.default`] }]);
  expect(all['/health']?.['get']?.security).toEqual([{}, { entra: [`api://${shown}/.default`] }]);
});

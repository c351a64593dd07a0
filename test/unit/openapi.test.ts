/** The query parameters of the OpenAPI document against what reads the query. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { openApiDocument } from '../../shared/adapters/http/openapi/document.ts';
import { HOW_TO_ANSWER } from '../../shared/domain/passed-over.ts';
import { entrySchema } from '../../shared/domain/submission/entry-schema.ts';
import { OPTION_NAMES, OptionsReader } from '../../shared/domain/submission/options.ts';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: Record<string, unknown>;
}

const { paths } = openApiDocument('https://resets.example/api') as {
  paths: Record<string, Record<string, { parameters: Parameter[] }>>;
};
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
  onUnknown: 'resend',
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
    const parameters = parametersOf(path).filter(({ name }) => HOW_TO_ANSWER.every((other) => other !== name));
    expect(parameters.map(({ name }) => name)).toEqual(OPTION_NAMES);
    for (const { name, schema } of parameters) {
      const value = GOOD[name];
      expect(z.fromJSONSchema(schema).safeParse(value).success, name).toBe(true);
      expect(problemsOf(name, String(value)), name).toEqual([]);
    }
  },
);

test('a query parameter is never an object, which a query cannot say; what the schema of changeEmailDomain refuses is refused', () => {
  const parameters = parametersOf('/jobs');
  expect(parameters.filter(({ schema }) => schema['type'] === 'object')).toEqual([]);
  const schema = z.fromJSONSchema(parameters.find(({ name }) => name === 'changeEmailDomain')?.schema ?? {});
  for (const text of ['old.example', 'a.example:b.example:c.example', ':new.example']) {
    expect([schema.safeParse(text).success, problemsOf('changeEmailDomain', text)], text).toEqual([
      false,
      ['invalidOption'],
    ]);
  }
});

test('the recipients in copy are described, and may be left out', () => {
  const { properties, required } = z.toJSONSchema(entrySchema, { io: 'input' });
  expect(required).toBeUndefined();
  const info = JSON.stringify(properties?.['invitedUserMessageInfo']);
  expect(info).toContain('"emailAddress"');
  expect(info).not.toContain('"required"');
});

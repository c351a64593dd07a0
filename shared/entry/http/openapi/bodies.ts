/** What the requests carry. */
import { isDeepStrictEqual } from 'node:util';
// Not `{ z }`, which brings every part of the package along.
import * as z from 'zod';
import { RETRIED_STATUSES } from '../../../domain/reset/reset.ts';
import {
  defaultsSchema,
  entrySchema,
  invitedUserSchema,
  messageInfoSchema,
  optionMembers,
  submissionSchema,
} from '../../../domain/submission/entry-schema.ts';
import { HTTP_ROUTES, type HttpRoute } from '../routes.ts';
import { RESET_BODY_EXAMPLE, RETRY_BODY_EXAMPLE, SUBMISSION_EXAMPLES } from './examples.ts';
import { among, file, json, listOf, object, ref, text, type Schema } from './schema.ts';
import { withWords } from './words.ts';

/** As OpenAPI has it, without the dialect, which the whole document says, and without limits that say nothing. */
export function jsonSchema(schema: z.ZodType): Schema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override({ jsonSchema: part }) {
      if (part.maximum === Number.MAX_SAFE_INTEGER) delete part.maximum;
    },
  });
  return rest;
}

/** Parts of the bodies, by the names that they have in the document. */
const PARTS = { InvitedUser: invitedUserSchema, MessageInfo: messageInfoSchema, Defaults: defaultsSchema } as const;

export function bodySchemas(): Readonly<Record<string, unknown>> {
  const parts = Object.entries(PARTS).map(([name, schema]) => [name, withWords(jsonSchema(schema))] as const);
  const withParts = (schema: Schema) => named(withWords(schema), parts);
  const entry = withParts(jsonSchema(entrySchema));
  return {
    Submission: named(withParts(jsonSchema(submissionSchema)), [['Entry', entry]]),
    Entry: { description: 'One guest of a submission.', allOf: [entry, WHO] },
    // The path names the guest.
    ResetBody: withParts(jsonSchema(entrySchema.omit({ user: true, invitedUser: true }))),
    RetryBody: withParts(retryBodySchema()),
    ...Object.fromEntries(parts.map(([name, part]) => [name, inside(part, parts)])),
  };
}

/** A part with references to the others in it. */
const inside = (part: unknown, parts: readonly (readonly [string, unknown])[]): unknown =>
  named(
    part,
    parts.filter(([, other]) => other !== part),
  );

/** Whoever says nobody is refused. `invitedUserEmailAddress` names the guest where nothing else does. */
const WHO = {
  anyOf: [
    { type: 'object', properties: { user: text }, required: ['user'] },
    { type: 'object', properties: { invitedUser: ref('InvitedUser') }, required: ['invitedUser'] },
    { type: 'object', properties: { invitedUserEmailAddress: text }, required: ['invitedUserEmailAddress'] },
  ],
};

/** The schema with a reference wherever one of the parts stands in full. */
function named(schema: unknown, parts: readonly (readonly [name: string, part: unknown])[]): unknown {
  const found = parts.find(([, part]) => isDeepStrictEqual(schema, part));
  if (found !== undefined) return ref(found[0]);
  if (Array.isArray(schema)) return schema.map((each) => named(each, parts));
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(Object.entries(schema).map(([name, each]) => [name, named(each, parts)]));
}

/** The options that a retry takes, and which resets. */
function retryBodySchema(): Schema {
  const { status, code } = HTTP_ROUTES.retryJob.query;
  const statuses = { ...listOf(among(RETRIED_STATUSES)), examples: [['failed', 'unknown']] };
  const codes = { ...listOf(ref('ResetCode')), examples: [['directoryRole', 'throttled']] };
  return object(
    {},
    {
      status: { oneOf: [{ ...status.schema, examples: ['failed,unknown'] }, statuses], description: status.says },
      code: {
        oneOf: [{ ...code.schema, examples: ['directoryRole,throttled'] }, codes],
        description: code.says,
      },
      ...Object.fromEntries(HTTP_ROUTES.retryJob.options.map((name) => [name, jsonSchema(optionMembers[name])])),
    },
  );
}

const SUBMISSION = {
  required: true,
  content: {
    'application/json': json('Submission', SUBMISSION_EXAMPLES.json),
    'application/x-ndjson': file(SUBMISSION_EXAMPLES.ndjson),
    'text/csv': file(SUBMISSION_EXAMPLES.csv),
  },
};

/** `requestBody` of an operation, or nothing. */
export function requestBodyOf({ body }: HttpRoute): Schema {
  switch (body) {
    case 'none':
      return {};
    case 'submission':
      return { requestBody: SUBMISSION };
    case 'reset':
      return {
        requestBody: { required: false, content: { 'application/json': json('ResetBody', RESET_BODY_EXAMPLE) } },
      };
    case 'retryOptions':
      return {
        requestBody: { required: false, content: { 'application/json': json('RetryBody', RETRY_BODY_EXAMPLE) } },
      };
  }
}

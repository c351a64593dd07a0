/** What the requests carry. */
// Not `{ z }`, which brings every part of the package along.
import * as z from 'zod';
import { RETRIED_STATUSES } from '../../../domain/reset/reset.ts';
import { entrySchema, optionMembers, submissionSchema } from '../../../domain/submission/entry-schema.ts';
import { HTTP_ROUTES, type HttpRoute } from '../routes.ts';
import { RESET_BODY_EXAMPLE, RETRY_BODY_EXAMPLE, SUBMISSION_EXAMPLES } from './examples.ts';
import { among, file, json, listOf, object, type Schema } from './schema.ts';
import { withWords } from './words.ts';

/** As OpenAPI has it, without the dialect, which the whole document says. */
export function jsonSchema(schema: z.ZodType): Schema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}

export const bodySchemas = (): Readonly<Record<string, unknown>> => ({
  Submission: withWords(jsonSchema(submissionSchema)),
  // The path names the guest.
  ResetBody: withWords(jsonSchema(entrySchema.omit({ user: true, invitedUser: true }))),
  RetryBody: withWords(retryBodySchema()),
});

/** The options that a retry takes, and which resets. */
function retryBodySchema(): Schema {
  const { status } = HTTP_ROUTES.retryJob.query;
  const statuses = { ...listOf(among(RETRIED_STATUSES)), examples: [['failed', 'unknown']] };
  return object(
    {},
    {
      status: { oneOf: [{ ...status.schema, examples: ['failed,unknown'] }, statuses], description: status.says },
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

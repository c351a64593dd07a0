/** The API's description: OpenAPI 3.1, with the schemas that validate the requests. */
// Not `{ z }`, which brings every part of the package along.
import * as z from 'zod';
import { OPTION_SCHEMAS, submissionSchema, type OptionName } from '../../../domain/submission/entry-schema.ts';
import { PATHS } from './paths.ts';
import { ANSWER_SCHEMAS } from './answers.ts';

/** Made once: schemas do not change while the process lives. */
let parts: Record<string, unknown> | undefined;

/** @param serverUrl absolute URL of the API as the caller reached it */
export function openApiDocument(serverUrl: string): Record<string, unknown> {
  parts ??= {
    paths: PATHS(optionParameters()),
    components: {
      schemas: { Submission: jsonSchema(submissionSchema), ...ANSWER_SCHEMAS },
      securitySchemes: {
        entra: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'A token of Microsoft Entra ID for this app, with the app roles Submit, Read or Manage.',
        },
      },
    },
  };
  return {
    openapi: '3.1.0',
    info: {
      title: 'guest-reset',
      version: '1',
      description:
        'Resets the invitation redemption status of Microsoft Entra B2B guests and says truthfully what became of each.',
    },
    servers: [{ url: serverUrl }],
    security: [{ entra: [] }],
    ...parts,
  };
}

function jsonSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}

/** A query has no objects: it says these in a text of their own. */
const IN_QUERY = {
  changeEmailDomain: { type: 'string', pattern: '^[^:]+:[^:]+$', examples: ['old.example:new.example'] },
} as const satisfies Partial<Record<OptionName, unknown>>;

/** Job options as query parameters, for bodies that have no place for them. */
function optionParameters(): Record<string, unknown>[] {
  return Object.entries(OPTION_SCHEMAS).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema: name in IN_QUERY ? IN_QUERY[name as keyof typeof IN_QUERY] : jsonSchema(schema),
  }));
}

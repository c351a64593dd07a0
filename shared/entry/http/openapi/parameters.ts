/** What path, query and headers of the requests may say. */
import { OPTION_SCHEMAS, type OptionName } from '../../../domain/submission/entry-schema.ts';
import type { HttpRoute } from '../routes.ts';
import { jsonSchema } from './bodies.ts';
import { jobId, text, type Schema } from './schema.ts';
import { OPTION_WORDS, optionWithWords } from './words.ts';

const query = (name: string, schema: Schema, description: string): Schema => ({
  name,
  in: 'query',
  required: false,
  schema,
  description,
});

const PATH: Readonly<Record<string, Schema>> = {
  id: { schema: jobId, description: 'Id of the job.', example: '7ybr1z9vj7e0mzpqmbtznnz118' },
  code: { schema: text, description: 'Of a problem, in any case of letters.', example: 'missingRole' },
  guestId: {
    schema: text,
    description: 'The guest: object id, UPN or mail, percent-encoded.',
    example: '6f3cba15-0d1e-4b4f-93a0-7d0d36e6f0a1',
  },
};

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { ...text, minLength: 1, maxLength: 255 },
  description: 'The same key and body give the same job.',
  example: 'leaver-4711',
};
const PREFER = {
  name: 'Prefer',
  in: 'header',
  required: false,
  schema: text,
  description: '`wait=30` waits so many seconds for the end, at most 100.',
  example: 'wait=30',
};

/** A query has no objects: it says these in a text of their own. */
const IN_QUERY: Partial<Record<OptionName, Schema>> = {
  changeEmailDomain: { ...text, pattern: '^[^:]+:[^:]+$', examples: ['old.example:new.example'] },
};

/** A job option as a query parameter, for bodies that have no place for it. */
function option(name: OptionName): Schema {
  const inQuery = IN_QUERY[name];
  if (inQuery !== undefined) return query(name, inQuery, OPTION_WORDS[name].description);
  const { description, ...schema } = optionWithWords(name, jsonSchema(OPTION_SCHEMAS[name]));
  return query(name, schema, String(description));
}

/** Of the path, then of headers and query. */
export function parametersOf({ route, query: names, options, body }: HttpRoute): Schema[] {
  const ofPath = [...route.matchAll(/\{(\w+)\}/g)].map(([, parameter = '']) => ({
    name: parameter,
    in: 'path',
    required: true,
    ...PATH[parameter],
  }));
  return [
    ...ofPath,
    // Whatever takes a body makes a job.
    ...(body === 'none' ? [] : [IDEMPOTENCY_KEY]),
    // An erasure may take long, too.
    ...(body === 'none' && !route.endsWith('/history') ? [] : [PREFER]),
    ...Object.entries(names).map(([parameter, { schema, says }]) => query(parameter, schema, says)),
    ...options.map(option),
  ];
}

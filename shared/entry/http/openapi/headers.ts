/** Headers of answers. */
import { among, text, type Schema } from './schema.ts';

const header = (description: string, schema: Schema, example: string | number, required = true): Schema => ({
  description,
  required,
  schema,
  example,
});

export const HEADERS = {
  Location: header(
    'Where to ask for the end.',
    { ...text, format: 'uri' },
    'https://resets.example/api/jobs/7ybr1z9vj7e0mzpqmbtznnz118/completion',
  ),
  MovedTo: header('Where it is.', { ...text, format: 'uri-reference' }, '/api/diagnostics'),
  RetryAfter: header('Seconds after which asking again makes sense.', { type: 'integer', minimum: 1 }, 5),
  RetryAfterWhileOpen: header(
    'Seconds after which to look again, while the job has not ended.',
    { type: 'integer', minimum: 1 },
    5,
    false,
  ),
  RetryAfterIfOfUse: header(
    'Seconds after which asking again makes sense; absent where the answer would be the same.',
    { type: 'integer', minimum: 1 },
    5,
    false,
  ),
  IdempotencyReplayed: header(
    '`true` where the job is that of an earlier request with the same Idempotency-Key.',
    among(['true']),
    'true',
    false,
  ),
  CacheControl: header('Answers may hold addresses and secrets: nothing on the way keeps them.', text, 'no-store'),
  KeptAWhile: header('Of a page that is the same for everybody.', text, 'public, max-age=3600'),
  ContentSecurityPolicy: header('The page loads and runs nothing.', text, "default-src 'none'"),
  NoSniff: header('The page is what its content type says.', among(['nosniff']), 'nosniff'),
  ReferrerPolicy: header('Its links tell nobody where they come from.', among(['no-referrer']), 'no-referrer'),
  PreferenceApplied: header('How long the service was ready to wait.', text, 'wait=30'),
  ContentDisposition: header(
    'A name for the file; only of CSV and NDJSON.',
    text,
    'attachment; filename="resets-7ybr1z9vj7e0mzpqmbtznnz118.csv"',
    false,
  ),
} as const satisfies Record<string, Schema>;

/** Of 405, which no operation has: so it is no component. */
export const ALLOW = header('The methods that the path takes.', text, 'POST, GET');

export type HeaderName = keyof typeof HEADERS;

/** By the name that is on the wire. */
const WIRE_NAMES: Readonly<Record<HeaderName, string>> = {
  Location: 'Location',
  MovedTo: 'Location',
  RetryAfter: 'Retry-After',
  RetryAfterWhileOpen: 'Retry-After',
  RetryAfterIfOfUse: 'Retry-After',
  IdempotencyReplayed: 'Idempotency-Replayed',
  CacheControl: 'Cache-Control',
  KeptAWhile: 'Cache-Control',
  ContentSecurityPolicy: 'Content-Security-Policy',
  NoSniff: 'X-Content-Type-Options',
  ReferrerPolicy: 'Referrer-Policy',
  PreferenceApplied: 'Preference-Applied',
  ContentDisposition: 'Content-Disposition',
};

/** The `headers` of an answer. */
export const headersOf = (names: readonly HeaderName[]): Schema =>
  Object.fromEntries(names.map((name) => [WIRE_NAMES[name], { $ref: `#/components/headers/${name}` }]));

/** The headers of an answer that is one of these: required is what all of them have. */
export function headersOfSome(all: readonly Schema[]): Schema {
  const names = new Set(all.flatMap((each) => Object.keys(each)));
  return Object.fromEntries([...names].map((name) => [name, shared(all.map((each) => each[name]))]));
}

/** @param each a reference to a header, or nothing */
function shared(each: readonly unknown[]): unknown {
  const found = each.find((reference) => reference !== undefined) as { readonly $ref: string };
  if (!each.includes(undefined)) return found;
  const name = found.$ref.slice(found.$ref.lastIndexOf('/') + 1) as HeaderName;
  return { ...HEADERS[name], required: false };
}

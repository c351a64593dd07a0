/** Answers that refuse a request: made from the tables of codes. */
import { API_CODES, askAgainAfterSeconds, type ApiCode } from '../../../domain/api/codes.ts';
import { SUBMISSION_CODES, type SubmissionCode } from '../../../domain/submission/codes.ts';
import type { HttpRoute } from '../routes.ts';
import { ALLOW, headersOf, type HeaderName } from './headers.ts';
import { among, ref, type Schema } from './schema.ts';

export type RefusalCode = ApiCode | SubmissionCode;

/** Whatever is asked for. */
const OF_ALL = ['malformedRequest', 'foreignHost', 'foreignOrigin', 'internalError', 'requestNotMatched'] as const;
/** Of other paths, and of other methods at known ones. */
export const OF_OTHERS: readonly RefusalCode[] = [...OF_ALL, 'pathNotFound', 'methodNotAllowed'];
/** Wherever the caller must be known. */
const OF_KNOWN = ['notSignedIn', 'authenticationNotConfigured'] as const;
/** Wherever work is done, for which settings and tables are needed. */
const OF_WORK = ['notConfigured', 'temporarilyUnavailable'] as const;
/** Wherever a body is read, if only to see that it says nothing. */
const OF_BODY = ['bodyTooLarge', 'incompleteBody', 'submissionTooSlow'] as const;

const OF_SUBMISSION = Object.keys(SUBMISSION_CODES) as SubmissionCode[];

/** By what is read. A submission tells of unknown names with all else that is wrong. */
const OF_BODIES: Readonly<Record<HttpRoute['body'], readonly RefusalCode[]>> = {
  none: ['unknownParameter'],
  submission: OF_SUBMISSION,
  reset: OF_SUBMISSION.filter((code) => SUBMISSION_CODES[code].of === 'any'),
  retryOptions: [
    'unknownParameter',
    'invalidSubmission',
    'unsupportedContentEncoding',
    'invalidJson',
    'invalidEncoding',
    'duplicateMember',
    'unknownOption',
    'invalidOption',
    'conflictingOption',
    'fieldTooLong',
  ],
};

/** What a route may refuse with because of what it takes, and of whom. */
export function codesOfRoute({ access, withoutSettings, ...takes }: HttpRoute): RefusalCode[] {
  const { method, route, query, options, body } = takes;
  const isKnown = access !== 'everybody';
  return [
    ...OF_ALL,
    ...(isKnown ? OF_KNOWN : []),
    ...(isKnown && access !== 'identified' ? ['missingRole' as const] : []),
    ...(isKnown && withoutSettings !== true ? OF_WORK : []),
    ...(route.includes('{id}') ? ['jobNotFound' as const] : []),
    ...(Object.keys(query).length + options.length > 0 ? ['repeatedParameter' as const] : []),
    ...(Object.keys(query).length > 0 ? ['invalidParameter' as const] : []),
    ...('continuationToken' in query ? ['invalidContinuationToken' as const] : []),
    ...OF_BODIES[body],
    ...(method === 'GET' ? [] : OF_BODY),
    ...(method !== 'GET' && body === 'none' ? ['unexpectedBody' as const] : []),
  ];
}

const entryOf = (code: RefusalCode) =>
  code in API_CODES ? API_CODES[code as ApiCode] : SUBMISSION_CODES[code as SubmissionCode];

/** The answers of an operation that may refuse with these codes, by status. */
export function refusalsFor(codes: readonly RefusalCode[]): Readonly<Record<string, Schema>> {
  const statuses = Map.groupBy(new Set(codes), (code) => entryOf(code).status);
  return Object.fromEntries([...statuses].map(([status, ofStatus]) => [status, refusal(status, ofStatus, codes)]));
}

/** @param all that the operation may refuse with, for `errors` names what is wrong beside the worst */
function refusal(status: number, codes: readonly RefusalCode[], all: readonly RefusalCode[]): Schema {
  return {
    description: codes.map((code) => `- \`${code}\`: ${entryOf(code).meaning}`).join('\n'),
    headers: {
      ...headersOf(retryAfterOf(status, codes)),
      ...(codes.includes('methodNotAllowed') && { Allow: ALLOW }),
    },
    content: {
      'application/problem+json': {
        schema: {
          allOf: [
            ref('Problem'),
            narrowed({ status: { const: status }, code: among(codes) }),
            ...(isListed(status) ? [errorsAmong(all)] : []),
          ],
        },
        examples: Object.fromEntries(codes.slice(0, 1).map((code) => [code, { value: exampleOf(code) }])),
      },
    },
  };
}

function retryAfterOf(status: number, codes: readonly RefusalCode[]): HeaderName[] {
  const ofTime = codes.filter((code) => askAgainAfterSeconds(code, status) !== undefined);
  if (ofTime.length === 0) return [];
  return [ofTime.length === codes.length ? 'RetryAfter' : 'RetryAfterIfOfUse'];
}

/** What is said of members that another schema describes; it may not shut out the others. */
const narrowed = (members: Readonly<Record<string, Schema>>): Schema => ({
  type: 'object',
  properties: members,
  required: Object.keys(members),
});

/** What is wrong with what was sent is listed in `errors`; other refusals have none. */
const isListed = (status: number): boolean => [400, 413, 415].includes(status);

const errorsAmong = (codes: readonly RefusalCode[]): Schema => {
  const said = [...new Set(codes)].filter((code) => isListed(entryOf(code).status));
  return { type: 'object', properties: { errors: { type: 'array', items: narrowed({ code: among(said) }) } } };
};

function exampleOf(code: RefusalCode): Schema {
  const { status, title, fix } = entryOf(code);
  return {
    type: `https://resets.example/api/problems/${code}`,
    title,
    status,
    detail: fix.replaceAll('`', ''),
    code,
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  };
}

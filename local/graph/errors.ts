/**
 * The errors of Graph, word for word where the words are known, typographic apostrophes included.
 * Words marked "ours" are not: `docs/simulator-differences.md` lists them.
 */
import { STATUS_CODES } from 'node:http';
import type { Answer } from './answer.ts';

function error(status: number, code: string, message: string): Answer {
  return { status, error: { code, message } };
}

const CONFLICT = 'Another object with the same value for property proxyAddresses already exists.';

export const errors = {
  tokenEmpty: error(401, 'InvalidAuthenticationToken', 'Access token is empty.'),
  tokenInvalid: error(401, 'InvalidAuthenticationToken', 'Access token validation failure.'),
  tokenExpired: error(401, 'InvalidAuthenticationToken', 'Lifetime validation failed, the token is expired.'),
  tokenAudience: error(401, 'InvalidAuthenticationToken', 'Access token validation failure. Invalid audience.'),

  userNotFound: (key: string) =>
    error(
      404,
      'Request_ResourceNotFound',
      `Resource '${key}' does not exist or one of its queried reference-property objects are not present.`,
    ),
  unknownSegment: (segment: string) => error(400, 'BadRequest', `Resource not found for the segment '${segment}'.`),
  wrongMethod: error(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.'),
  unknownSelect: (property: string, type: string) =>
    error(
      400,
      'BadRequest',
      `Parsing OData Select and Expand failed: Could not find a property named '${property}' on type ` +
        `'microsoft.graph.${type}'.`,
    ),
  /** Ours. */
  pageSize: (limit: number) => error(400, 'Request_BadRequest', `Invalid page size specified: 1 to ${limit}.`),
  unsupportedFilter: (property: string) =>
    error(
      400,
      'Request_UnsupportedQuery',
      `Unsupported or invalid query filter clause specified for property '${property}' of resource 'User'.`,
    ),

  /** Quotes the filter. Source of the words: the OData library that Graph reads filters with. */
  unterminatedLiteral: (filter: string) =>
    error(
      400,
      'BadRequest',
      `Invalid filter clause: There is an unterminated string literal at position ${filter.length} in '${filter}'.`,
    ),

  emailNotOnUser: error(
    400,
    'BadRequest',
    'The email you’re using to invite this user doesn’t match any emails on the user object. Please add this ' +
      'email to the user object and try again.',
  ),
  /** Words, code and target as reported in 2023; a second element of `details` is left out. */
  proxyAddressConflict: {
    status: 400,
    error: {
      code: 'Request_BadRequest',
      message: CONFLICT,
      details: [{ code: 'ObjectConflict', message: CONFLICT, target: 'proxyAddresses' }],
    },
  } satisfies Answer,
  /** Ours, but for the name of such a unit, which is the documentation's. */
  restrictedUnit: error(
    403,
    'Authorization_RequestDenied',
    'Insufficient privileges: the target object is a member of a restricted management administrative unit.',
  ),
  /** As seen of an address with a plus. */
  invalidAddress: error(400, 'BadRequest', 'The Primary SMTP Address is an invalid value.'),
  roleHolder: error(403, 'Forbidden', 'Generic authorization exception.'),
  invalidValue: (property: string, resource: 'Invitation' | 'User') =>
    error(
      400,
      resource === 'User' ? 'Request_BadRequest' : 'BadRequest',
      `Invalid value specified for property '${property}' of resource '${resource}'.`,
    ),
  tenantBlocked: error(
    403,
    'Forbidden',
    'Invitations are blocked for this directory due to suspicious activity. Please contact Microsoft support for help.',
  ),
  invitationsNotAllowed: error(
    403,
    'Forbidden',
    'Guest invitations not allowed for your company. Contact your company administrator for more details.',
  ),
  insufficientPrivileges: error(
    403,
    'Authorization_RequestDenied',
    'Insufficient privileges to complete the operation.',
  ),
  /** Ours. */
  taskNotInProgress: (id: string) =>
    error(400, 'BadRequest', `The taskProcessingResult '${id}' is not in progress; it can be resumed only once.`),
  /** Ours. */
  ccRecipients: error(400, 'BadRequest', 'Only one recipient is supported in ccRecipients.'),
  /** Ours. */
  invalidBody: (reason: string) => error(400, 'BadRequest', `The request body cannot be read: ${reason}`),
  unknownProperty: (property: string, type: string) =>
    error(
      400,
      'BadRequest',
      `The property '${property}' does not exist on type 'microsoft.graph.${type}'. Make sure to only use ` +
        'property names that are defined by the type.',
    ),

  batchTooLarge: (limit: number) =>
    error(400, 'MaximumValueExceeded', `Number of batch request steps exceeds the maximum value of ${limit}.`),
  batchDependencies: error(400, 'BadRequest', 'Batch should be either fully sequential or fully parallel.'),
  batchContentType: (id: string) =>
    error(400, 'BadRequest', `Write request id : ${id} does not contain Content-Type header or body.`),
  /** The end of the sentence is ours. */
  batchDependency: (id: string, other: string) =>
    error(400, 'BadRequest', `Invalid dependency for request Id ${id}: no earlier request has the id ${other}.`),
  /** Ours. */
  batchInvalid: (reason: string) => error(400, 'BadRequest', `Invalid batch payload format: ${reason}`),
  /** Ours. */
  dependencyFailed: error(424, 'FailedDependency', 'A request that this one depends on failed.'),

  /** Ours. The real service answers; this one says that it does not know how. */
  notSimulated: (what: string) =>
    error(501, 'notSimulated', `The simulator does not do this: ${what}. See docs/simulator-differences.md.`),
} as const;

/** What a status means when a fault names no code and no message of its own. */
export function errorOfStatus(status: number): { readonly code: string; readonly message: string } {
  switch (status) {
    case 400:
      return { code: 'BadRequest', message: 'Bad request.' };
    case 401:
      return { code: 'InvalidAuthenticationToken', message: 'Access token validation failure.' };
    case 403:
      return { code: 'Forbidden', message: 'Generic authorization exception.' };
    case 404:
      return {
        code: 'Request_ResourceNotFound',
        message: 'Resource does not exist or one of its queried reference-property objects are not present.',
      };
    case 429:
      return { code: 'TooManyRequests', message: 'Too many requests.' };
    case 502:
      return { code: 'BadGateway', message: 'Bad gateway.' };
    case 503:
      return { code: 'ServiceUnavailable', message: 'The service is temporarily unavailable.' };
    case 504:
      return { code: 'GatewayTimeout', message: 'The gateway timed out.' };
    default:
      return status >= 500
        ? { code: 'InternalServerError', message: 'Internal server error.' }
        : { code: (STATUS_CODES[status] ?? 'Unknown').replaceAll(' ', ''), message: STATUS_CODES[status] ?? '' };
  }
}

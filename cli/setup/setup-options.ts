/** Options of the commands that write. */
import { UsageError } from '../errors.ts';
import { isGuid } from '../../shared/domain/ids.ts';
import { readSettings, type Environment } from '../../shared/settings.ts';
import { SESSION_OPTIONS } from './session.ts';
import { TARGET_OPTIONS } from './target.ts';

const WHAT_IF = { 'what-if': { type: 'boolean' } } as const;
const IDENTITY = { identity: { type: 'string' } } as const;

export const GRANT_OPTIONS = { ...TARGET_OPTIONS, ...WHAT_IF, ...SESSION_OPTIONS } as const;
export const IDENTITY_OPTIONS = { ...IDENTITY, ...WHAT_IF, ...SESSION_OPTIONS } as const;
export const SETUP_OPTIONS = { ...GRANT_OPTIONS, url: { type: 'string' } } as const;
export const ALL_OPTIONS = { ...SETUP_OPTIONS, ...IDENTITY } as const;

export const IDENTITY_USAGE =
  "  --identity ID       object id of the app's managed identity (default: IDENTITY_PRINCIPAL_ID)";

/** @throws UsageError where it is no https address that ends in `/api` */
export function apiUrlOf(given: string | undefined, env: Environment): string | undefined {
  const url = (given ?? readSettings(env).optional('API_URL'))?.replace(/\/+$/, '');
  if (url === undefined || /^https:\/\/[^/\s?#]+\/api$|^http:\/\/localhost:\d+\/api$/.test(url)) return url;
  throw new UsageError(`The address of the API is "${url}"; it must look like https://NAME.azurewebsites.net/api.`);
}

/** @throws UsageError where it is no GUID */
export function identityOf(given: string | undefined, env: Environment): string | undefined {
  const id = given ?? readSettings(env).optional('IDENTITY_PRINCIPAL_ID');
  if (id === undefined || isGuid(id)) return id;
  throw new UsageError(`The identity "${id}" must be its object id, a GUID: "Object (principal) ID" in the portal.`);
}

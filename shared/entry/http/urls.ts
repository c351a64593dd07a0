/** URLs of the API. */
import type { Authentication } from '../../authentication.ts';
import type { Links } from '../../config.ts';
import type { ArrivedRequest } from './requests/arrived-request.ts';
import { isOwnHost } from './requests/local-callers.ts';

type Asked = Pick<ArrivedRequest, 'url'>;

/** Where links of an answer begin: `https://host/api`, or `/api`. */
interface From {
  readonly api: string;
}

/**
 * `https://host/api`: as the setting says, else as the functions host was asked. What a caller says of forwarding does
 * not count. On Azure always https: the front end ends TLS, so the host may have seen http.
 */
export function apiUrl({ url }: Asked, { publicUrl, isOnAzure }: Links): string {
  return `${publicUrl ?? (isOnAzure ? `https://${url.host}` : url.origin)}/api`;
}

/** Where nobody can say how the API is reached. */
export const RELATIVE_API = '/api';

/**
 * Where links of a refusal begin, for whoever asks and however the settings are. A host that nobody vouches for may be
 * somebody else's name that leads here: it is not named.
 */
export function refusalApi(asked: Asked, links: Links | undefined, authentication: Authentication): string {
  if (links === undefined) return RELATIVE_API;
  const isKnown = links.publicUrl !== undefined || links.isOnAzure || isVouchedFor(asked.url, authentication);
  return isKnown ? apiUrl(asked, links) : RELATIVE_API;
}

function isVouchedFor(url: URL, authentication: Authentication): boolean {
  switch (authentication.by) {
    case 'platform':
      return true;
    case 'development':
      return isOwnHost(url, authentication);
    case 'nobody':
      return false;
  }
}

export const jobUrl = ({ api }: From, id: string): string => `${api}/jobs/${id}`;

/** The page that explains a code. */
export const problemUrl = ({ api }: From, code: string): string => `${api}/problems/${code}`;

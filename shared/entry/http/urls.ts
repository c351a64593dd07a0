/** Absolute URLs of the API. */
import type { Config } from '../../config.ts';
import type { ArrivedRequest } from './requests/arrived-request.ts';

/**
 * `https://host/api`: as the setting says, else as the functions host was asked. What a caller says of forwarding does
 * not count. On Azure always https: the front end ends TLS, so the host may have seen http.
 */
export function apiUrl({ url }: Pick<ArrivedRequest, 'url'>, { publicUrl, isOnAzure }: Config['links']): string {
  return `${publicUrl ?? (isOnAzure ? `https://${url.host}` : url.origin)}/api`;
}

export const jobUrl = ({ api }: { readonly api: string }, id: string): string => `${api}/jobs/${id}`;

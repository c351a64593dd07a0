/** Absolute URLs of the API, as the caller reached it. */
import type { HttpRequest } from '@azure/functions';

/** `https://host/api`, from the forwarded headers that the platform's front end sets. */
export function apiUrl(request: HttpRequest): string {
  const url = new URL(request.url);
  const host = first(request.headers.get('x-forwarded-host')) ?? request.headers.get('host') ?? url.host;
  const protocol = first(request.headers.get('x-forwarded-proto')) ?? url.protocol.replace(':', '');
  return `${protocol}://${host}/api`;
}

export const jobUrl = (request: HttpRequest, id: string): string => `${apiUrl(request)}/jobs/${id}`;

const first = (header: string | null): string | undefined => header?.split(',')[0]?.trim() || undefined;

import type { IncomingMessage } from 'node:http';
import type { TypedData } from '../app/rpc.ts';
import { flatHeaders } from './headers.ts';

/** The real host reads any body into its binding data; this one none that is larger, to have the memory of a worker. */
export const MAX_BOUND_BODY_BYTES = 1024 * 1024;

/**
 * What the host says of a request in `triggerMetadata`: members of a JSON body, over them those of the query, over them
 * the route's parameters; then `Query` and `Headers`, only where these names are not taken. Names are compared without
 * case, and the one that was there first stays as it was written. So a caller can hide each of them.
 * Source: `HttpTriggerAttributeBindingProvider` and `Utility.ApplyBindingData` of azure-webjobs-sdk-extensions.
 */
export function bindingData(
  request: IncomingMessage,
  query: URLSearchParams,
  parameters: Record<string, string>,
  body: string,
): Record<string, TypedData> {
  const names = new Map<string, string>();
  const data = new Map<string, TypedData>();
  const put = (name: string, value: TypedData): void => {
    const key = names.get(name.toLowerCase()) ?? name;
    names.set(name.toLowerCase(), key);
    data.set(key, value);
  };
  for (const [name, value] of membersOf(body)) put(name, value);
  for (const [name, value] of query) if (name.toLowerCase() !== 'code') put(name, { string: value });
  for (const [name, value] of Object.entries(parameters)) put(name, { string: value });
  if (!names.has('query')) put('Query', { json: JSON.stringify(Object.fromEntries(query)) });
  if (!names.has('headers')) put('Headers', { json: JSON.stringify(flatHeaders(request.headers)) });
  return Object.fromEntries(data);
}

/** Of an object, whatever its Content-Type: no arrays, no null. */
function membersOf(body: string): [string, TypedData][] {
  const text = body.trim();
  if (!text.startsWith('{') || !text.endsWith('}')) return [];
  try {
    return Object.entries(JSON.parse(text) as object)
      .filter(([, value]) => value !== null && !Array.isArray(value))
      .map(([name, value]) => {
        const written = typeof value === 'string' ? value : JSON.stringify(value);
        return [name, typeof value === 'object' ? { json: written } : { string: written }];
      });
  } catch {
    return []; // Not JSON, or nested too deep: the real host binds nothing either.
  }
}

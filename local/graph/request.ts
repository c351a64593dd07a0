/** One request to Graph, alone on the wire or inside a batch. */

export interface GraphRequest {
  readonly method: string;
  readonly version: 'v1.0' | 'beta';
  /** Segments of the path after the version, decoded. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  /** Parsed JSON; undefined when there was none. */
  readonly body: unknown;
}

/** Kinds as faults, throttling and statistics name them. */
export const OPERATION_KINDS = [
  'getUser',
  'findUsers',
  'patchUser',
  'invite',
  'listRoles',
  'readApps',
  'writeApps',
  'resumeTask',
  'batch',
] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

/**
 * Splits a URL into version and path. A `#` that is not percent-encoded ends the URL, as it does everywhere:
 * a guest's user principal name cut short in this way is simply not found.
 * @param url relative, with a leading slash
 */
export function splitUrl(url: string): Pick<GraphRequest, 'version' | 'path' | 'query'> | undefined {
  let segments: string[];
  const parsed = new URL(url, 'http://graph.example');
  try {
    segments = parsed.pathname
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent);
  } catch (error) {
    if (error instanceof URIError) return undefined; // A lone `%` is nobody's path.
    throw error;
  }
  const [version, ...path] = segments;
  return version === 'v1.0' || version === 'beta' ? { version, path, query: parsed.searchParams } : undefined;
}

/** How the API says that its callers sign in. */

export interface DescribedSignIn {
  readonly tenantId: string;
  readonly clientId: string;
  /** Where tokens are issued, without a slash at the end. */
  readonly login: string;
}

/** The client id of a machine where nobody signs in. */
export const NOBODY = /^0{8}-(?:0{4}-){3}0{12}$/;

/** @param document the OpenAPI document, or what stands in its place */
export function signInOf(document: unknown): DescribedSignIn | undefined {
  for (const scheme of Object.values(objectAt(document, 'components', 'securitySchemes') ?? {})) {
    const flow = objectAt(scheme, 'flows', 'clientCredentials');
    const where = /^(https?:\/\/.+)\/([^/]+)\/oauth2\/v2\.0\/token$/.exec(String(flow?.['tokenUrl']));
    const [scope = ''] = Object.keys(objectAt(flow, 'scopes') ?? {});
    const clientId = /^api:\/\/([^/]+)\/\.default$/.exec(scope)?.[1];
    if (where !== null && clientId !== undefined) return { login: where[1] ?? '', tenantId: where[2] ?? '', clientId };
  }
  return undefined;
}

function objectAt(value: unknown, ...path: readonly string[]): Readonly<Record<string, unknown>> | undefined {
  let found = value;
  for (const name of path)
    found = typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[name] : undefined;
  return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : undefined;
}

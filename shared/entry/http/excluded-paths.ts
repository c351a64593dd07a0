/**
 * Where App Service authentication lets everybody through, token or not. Below such a path it may also leave alone what
 * a stranger has written into the principal header, which is documented nowhere: so nothing there reads who calls.
 * A star at the end stands for all below. Source: a maintainer's word (azure-docs#86514).
 */
export const EXCLUDED_PATHS = [
  '/api/health',
  '/api/openapi.json',
  '/api/openapi-v2.json',
  '/api/problems',
  '/api/problems/*',
  '/api/console',
  '/api/console/*',
] as const;

/**
 * Whether the platform may let a path through. Whether it compares whole paths or beginnings is unproven: here
 * everything counts that begins like one of the list, in any case of letters.
 */
export function mayBeExcluded(path: string): boolean {
  const asked = path.toLowerCase();
  return EXCLUDED_PATHS.some((excluded) => asked.startsWith(excluded));
}

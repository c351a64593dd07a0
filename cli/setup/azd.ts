/** Keeps the client id where azd finds it when it deploys the template. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Environment } from '../../shared/settings.ts';
import type { Report } from './report.ts';
import type { Target } from './target.ts';

/**
 * Where azd runs this as a hook, its environment gets `API_CLIENT_ID`. Elsewhere, or for another environment than
 * azd's, nothing happens.
 */
export async function storeClientId(
  env: Environment,
  { environment: asked }: Target,
  clientId: string,
  report: Report,
): Promise<void> {
  const environment = env['AZURE_ENV_NAME'];
  if (environment === undefined || environment === '' || env['API_CLIENT_ID'] === clientId) return;
  if (asked !== undefined && asked !== environment) return;
  const thing = `API_CLIENT_ID in the azd environment ${environment}`;
  try {
    await promisify(execFile)('azd', ['env', 'set', 'API_CLIENT_ID', clientId, '--environment', environment]);
    report.line('made', thing);
  } catch (error) {
    const { code, stderr } = error as { readonly code?: unknown; readonly stderr?: string };
    const isMissing = code === 'ENOENT';
    const why = isMissing ? 'azd is not on this machine' : (stderr ?? String(error)).trim().split('\n')[0];
    report.line(isMissing ? 'note' : 'failed', thing, `not stored: ${why}`);
  }
}

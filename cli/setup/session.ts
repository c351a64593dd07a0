/** What every command of setup begins with: who is signed in to which tenant, and what may be written. */
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { UsageError, type ExitCode, type Terminal } from '../command.ts';
import { createGraph, type Graph } from '../graph/graph.ts';
import { GraphRefusal } from '../graph/refusal.ts';
import { signIn } from '../graph/sign-in.ts';
import { Report } from './report.ts';

/** `do` writes; `what-if` tells what it would write; `check` tells what is not as it should be. */
export type Mode = 'do' | 'what-if' | 'check';

export interface Session {
  readonly graph: Graph;
  readonly report: Report;
  readonly mode: Mode;
}

/** Options that every command has. */
export const SESSION_OPTIONS = { tenant: { type: 'string' }, json: { type: 'boolean' } } as const;
export const SESSION_USAGE = `  --tenant ID         the tenant (default: AZURE_TENANT_ID)
  --json              tell what was found as JSON
  --help              this text

Who runs it signs in with Azure CLI, Azure PowerShell or azd. In another cloud: GRAPH_CLOUD=USGov.`;

const meSchema = z.looseObject({ displayName: z.string().nullable(), userPrincipalName: z.string().nullable() });
const tenantsSchema = z.array(z.looseObject({ id: z.string(), displayName: z.string().nullable() })).min(1);

/**
 * Signs in, tells as whom, runs the steps, and tells what came of them.
 * @throws UsageError, or Error where nobody is signed in or the tenant is another
 */
export async function inSession(
  terminal: Terminal,
  values: { readonly tenant?: string | undefined; readonly json?: boolean | undefined },
  mode: Mode,
  steps: (session: Session) => Promise<void>,
): Promise<ExitCode> {
  const { endpoint, tenantId, token } = signIn(terminal.env, values.tenant);
  const graph = createGraph({ endpoint, token, sleep, onWait: terminal.err });
  const report = new Report(terminal, values.json === true);
  const [tenant] = tenantsSchema.parse(await graph.list('/organization?$select=id,displayName'));
  if (tenant !== undefined && tenantId !== undefined && tenant.id.toLowerCase() !== tenantId.toLowerCase())
    throw new UsageError(
      `You are signed in to the tenant ${tenant.displayName} (${tenant.id}), not to ${tenantId}. ` +
        `Sign in with: az login --allow-no-subscriptions --tenant ${tenantId}`,
    );
  report.heading(`Signed in as ${await nameOf(graph)}`);
  report.fact('tenantId', 'tenant', tenant === undefined ? 'unknown' : `${tenant.id} (${tenant.displayName})`);
  if (mode === 'what-if') report.line('note', 'nothing is written', '--what-if only tells what would be');
  await steps({ graph, report, mode });
  return report.end();
}

async function nameOf(graph: Graph): Promise<string> {
  try {
    const me = meSchema.parse(await graph.get('/me?$select=displayName,userPrincipalName'));
    return `${me.displayName} (${me.userPrincipalName})`;
  } catch (error) {
    if (error instanceof GraphRefusal && error.status === 400) return 'an application';
    throw error;
  }
}

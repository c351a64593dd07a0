/** What every command of setup begins with: who is signed in to which tenant, and what may be written. */
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { ExitCode } from '../command.ts';
import { UsageError } from '../errors.ts';
import type { Terminal } from '../terminal.ts';
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
  readonly tenantId: string;
}

/** Options that every command has. */
export const SESSION_OPTIONS = { tenant: { type: 'string' }, json: { type: 'boolean' } } as const;
export const SESSION_USAGE = `  --tenant ID         the tenant (default: AZURE_TENANT_ID)
  --json              tell what was found as JSON
  --help              this text

Who runs it signs in with Azure CLI, Azure PowerShell or azd. In another cloud: GRAPH_CLOUD=USGov.`;

const meSchema = z.looseObject({ displayName: z.string().nullable(), userPrincipalName: z.string().nullable() });
const tenantsSchema = z.tuple([z.looseObject({ id: z.string(), displayName: z.string().nullable() })]);

interface Values {
  readonly tenant?: string | undefined;
  readonly json?: boolean | undefined;
  readonly 'what-if'?: boolean | undefined;
  /** Said by the command that only looks. */
  readonly check?: true;
}

const modeOf = ({ check, 'what-if': whatIf }: Values): Mode => {
  if (check === true) return 'check';
  return whatIf === true ? 'what-if' : 'do';
};

/**
 * Signs in, tells as whom, runs the steps, and tells what came of them.
 * @throws UsageError, or Error where nobody is signed in or the tenant is another
 */
export async function inSession(
  terminal: Terminal,
  values: Values,
  steps: (session: Session) => Promise<void>,
): Promise<ExitCode> {
  const mode = modeOf(values);
  const { endpoint, tenantId, token } = signIn(terminal.env, values.tenant);
  const graph = createGraph({ endpoint, token, sleep, onWait: terminal.err });
  const report = new Report(terminal, values.json === true);
  const [tenant] = tenantsSchema.parse(await graph.list('/organization?$select=id,displayName').catch(signInAgain));
  if (tenantId !== undefined && tenant.id.toLowerCase() !== tenantId.toLowerCase())
    throw new UsageError(
      `You are signed in to the tenant ${tenant.displayName} (${tenant.id}), not to ${tenantId}. ` +
        `Sign in with: az login --allow-no-subscriptions --tenant ${tenantId}`,
    );
  report.heading(`Signed in as ${await nameOf(graph)}`);
  report.fact('tenantId', 'tenant', `${tenant.id} (${tenant.displayName})`);
  if (mode === 'what-if') report.line('note', 'nothing is written', '--what-if only tells what would be');
  await steps({ graph, report, mode, tenantId: tenant.id });
  return report.end();
}

/** A token that Graph takes no more, or who may not even read. */
function signInAgain(error: unknown): never {
  if (!(error instanceof GraphRefusal) || (error.status !== 401 && error.status !== 403)) throw error;
  const what =
    error.status === 401
      ? 'Sign in again: az login --allow-no-subscriptions'
      : 'You may not read the directory. Have this done by somebody with the role Directory Readers, or a higher one.';
  throw new Error(`${error.message}\n${what}`, { cause: error });
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

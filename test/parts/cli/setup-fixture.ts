/**
 * The program as an administrator runs it: a process of its own, signed in by a stand-in for Azure CLI, against the
 * simulated tenant over HTTP. The real `AzureCliCredential` runs the stand-in.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { COMMANDS } from '../../../cli/commands.ts';
import { runProgram } from '../../../cli/program.ts';
import type { Application, AppRoleAssignment, ServicePrincipal } from '../../../local/graph/entra/entra.ts';
import type { SimulatorOptions } from '../../../local/graph/simulator.ts';
import { plainTerminal } from './plain-terminal.ts';
import { startTestGraph, type TestGraph } from '../local/graph-simulator-calls.ts';

const PROGRAM = fileURLToPath(new URL('../../../cli/main.ts', import.meta.url));
export const API_URL = 'https://resets.example/api';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Tenant {
  readonly application: Application;
  readonly applications: readonly Application[];
  readonly servicePrincipals: readonly ServicePrincipal[];
  readonly assignments: readonly AppRoleAssignment[];
}

export interface Administration {
  readonly graph: TestGraph;
  /** Whoever runs the program from now on; nobody where there is no name. */
  signIn(name?: string, ...roles: string[]): Promise<void>;
  /** Runs it in a process of its own. The environment is `dev` where the line names none. */
  runAlone(line: string | readonly string[], env?: NodeJS.ProcessEnv): Promise<Ran>;
  /** The same within this process, which takes a tenth of the time. */
  run(line: string | readonly string[], env?: NodeJS.ProcessEnv): Promise<Ran>;
  /** Runs it until that many writes have taken effect, and kills it before it hears of the last one. */
  killAfter(writes: number, line: string): Promise<void>;
  /** What is there, as the other side knows it; the app registration is the first one. */
  tenant(): Promise<Tenant>;
  /** Writes that have arrived so far, refused ones too. */
  writes(): Promise<number>;
  /** Another program of that name on the path; the folder is where it may leave something. */
  install(name: string, script: (folder: string) => string): void;
  /** What such a program left, without the last line end. */
  left(file: string): string;
  end(): Promise<void>;
}

export async function startAdministration(options: Partial<SimulatorOptions> = {}): Promise<Administration> {
  const graph = await startTestGraph({ guests: 3, ...options });
  const folder = mkdtempSync(join(tmpdir(), 'setup-'));
  const tokenFile = join(folder, 'token.json');
  const install: Administration['install'] = (name, script) => {
    writeFileSync(join(folder, name), script(folder));
    chmodSync(join(folder, name), 0o755);
  };
  install(
    'az',
    () => `#!/bin/sh
[ "$1 $2" = "account get-access-token" ] || { echo "az: unknown $*" >&2; exit 2; }
[ -f ${tokenFile} ] || { echo "ERROR: Please run 'az login' to setup account." >&2; exit 1; }
exec /bin/cat ${tokenFile}
`,
  );
  const environment = { GRAPH_ENDPOINT: graph.simulator.url, AZURE_ENV_NAME: 'dev' };
  const start = (line: string | readonly string[], env: NodeJS.ProcessEnv = {}): ReturnType<typeof spawn> =>
    spawn(process.execPath, [PROGRAM, ...(typeof line === 'string' ? line.split(' ') : line)], {
      env: { PATH: folder, HOME: folder, ...environment, ...env },
      // Not here: azd may keep an environment of that name in this folder.
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const writes = async (): Promise<number> =>
    ((await graph.sim('GET', '/stats')).body as { registrations: { writes: number } }).registrations.writes;

  const administration: Administration = {
    graph,
    install,
    writes,
    left: (file) => readFileSync(join(folder, file), 'utf8').trimEnd(),
    async signIn(name, ...roles) {
      if (name === undefined) return rmSync(tokenFile, { force: true });
      const { body } = await graph.sim('POST', '/administrators', { name, roles });
      const { access_token: accessToken, expires_on } = body as { access_token: string; expires_on: number };
      writeFileSync(tokenFile, JSON.stringify({ accessToken, expires_on }));
    },
    async runAlone(line, env) {
      const child = start(line, env);
      const told = { out: '', err: '' };
      child.stdout?.on('data', (chunk: Buffer) => (told.out += chunk.toString()));
      child.stderr?.on('data', (chunk: Buffer) => (told.err += chunk.toString()));
      const [code] = (await once(child, 'close')) as [number | null];
      return { code, ...told };
    },
    async run(line, env) {
      vi.stubEnv('PATH', folder);
      const told = { out: '', err: '' };
      const code = await runProgram(
        COMMANDS,
        typeof line === 'string' ? line.split(' ') : line,
        plainTerminal(told, { ...environment, ...env }),
      );
      vi.unstubAllEnvs();
      return { code, ...told };
    },
    async killAfter(count, line) {
      const before = await writes();
      const answered = { kind: 'writeApps', times: count - 1 };
      const neverAnswered = { kind: 'writeApps', delayMs: 600_000 };
      await graph.sim('POST', '/faults', count > 1 ? [answered, neverAnswered] : neverAnswered);
      const child = start(line);
      const closed = once(child, 'close');
      while ((await writes()) < before + count && child.exitCode === null) await sleep(5);
      child.kill('SIGKILL');
      await closed;
    },
    async tenant() {
      const { body } = await graph.sim('GET', '/applications');
      const tenant = body as Omit<Tenant, 'application'>;
      const [application] = tenant.applications;
      if (application === undefined) throw new Error('There is no app registration.');
      return { ...tenant, application };
    },
    async end() {
      rmSync(folder, { recursive: true, force: true });
      await graph.simulator.close();
    },
  };
  await administration.signIn('ada', 'Global Administrator');
  return administration;
}

/** A managed identity that was just deployed. */
export async function newIdentity({ graph }: Administration, displayName = 'resetter'): Promise<string> {
  const { body } = await graph.sim('POST', '/identities', { displayName });
  return (body as { id: string }).id;
}

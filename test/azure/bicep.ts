/** The Bicep compiler of Microsoft, as a NuGet package in a folder of its own. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Azure's `azd` brings an older one, 0.45.15, which is in no registry: the templates use nothing that is newer. Of the
 * three that are, this one has the `snapshot` and the types that were judged with.
 */
export const BICEP_VERSION = '0.49.2';

const HERE = import.meta.dirname;
const MACHINES: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'osx', win32: 'win' };

export interface Said {
  readonly status: number;
  readonly stdout: string;
  /** Warnings and errors of the compiler. */
  readonly stderr: string;
}

export type Bicep = (...args: readonly string[]) => Said;

/** @throws Error where it is there and fails: then nothing is judged, and nobody would notice */
export function hasDotnet(): boolean {
  const { error, status, stderr } = spawnSync('dotnet', ['--version'], { encoding: 'utf8' });
  if (error !== undefined && 'code' in error && error.code === 'ENOENT') return false;
  if (status !== 0) throw new Error(`dotnet is there, and fails: ${stderr ?? String(error)}`);
  return true;
}

/**
 * Fetches the compiler, once.
 * @throws Error with what `dotnet restore` said, if that fails
 */
export function restoreBicep(): Bicep {
  const machine = `${MACHINES[process.platform] ?? process.platform}-${process.arch}`;
  const name = process.platform === 'win32' ? 'bicep.exe' : 'bicep';
  const folder = `azure.bicep.commandline.${machine}/${BICEP_VERSION}/tools`;
  const program = join(HERE, '.tools/packages', folder, name);
  if (!existsSync(program)) {
    const properties = [`-p:Machine=${machine}`, `-p:BicepVersion=${BICEP_VERSION}`];
    const { status, stdout, stderr } = run('dotnet', ['restore', join(HERE, 'bicep.proj'), ...properties]);
    if (status !== 0) throw new Error(`The Bicep compiler ${BICEP_VERSION} did not come: ${stdout}${stderr}`);
    chmodSync(program, 0o755);
  }
  return (...args) => run(program, args);
}

function run(program: string, args: readonly string[]): Said {
  const env = { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' };
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', env, maxBuffer: 64 * 1024 * 1024 });
  return { status: status ?? 1, stdout: stdout ?? '', stderr: stderr ?? '' };
}

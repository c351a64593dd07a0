/** PowerShell 7 as a .NET tool, in a folder of its own. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const POWERSHELL_VERSION = '7.6.9';
const tools = join(import.meta.dirname, '../azure/.tools/powershell'); // git-ignored

/** Its environment: nobody is told that it runs. */
export const ENVIRONMENT: NodeJS.ProcessEnv = {
  ...process.env,
  DOTNET_CLI_TELEMETRY_OPTOUT: '1',
  DOTNET_NOLOGO: '1',
  POWERSHELL_TELEMETRY_OPTOUT: '1',
  POWERSHELL_UPDATECHECK: 'Off',
};

/**
 * Fetches PowerShell, once.
 * @returns the program
 * @throws Error with what dotnet said where it does not come
 */
export function restorePowerShell(): string {
  const program = join(tools, process.platform === 'win32' ? 'pwsh.exe' : 'pwsh');
  if (existsSync(program)) return program;
  const args = ['tool', 'install', 'PowerShell', '--version', POWERSHELL_VERSION, '--tool-path', tools];
  const { status, stdout, stderr } = spawnSync('dotnet', args, { env: ENVIRONMENT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`PowerShell ${POWERSHELL_VERSION} did not come: ${stdout}${stderr}`);
  return program;
}

/**
 * PowerShell's own parser on every block of PowerShell in the pages: what does not parse is no command. Where there is
 * no `dotnet`, it says so and passes.
 */
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { ENVIRONMENT, POWERSHELL_VERSION, restorePowerShell } from '../powershell/program.ts';
import { hasDotnet } from './bicep.ts';

/** Reads blocks as JSON and writes a line for each error of the parser. */
const PARSE = `
$ErrorActionPreference = 'Stop'
foreach ($block in ConvertFrom-Json ([Console]::In.ReadToEnd())) {
  $errors = $null
  [void][System.Management.Automation.Language.Parser]::ParseInput($block.text, [ref]$null, [ref]$errors)
  foreach ($found in $errors) {
    "$($block.page):$($block.line + $found.Extent.StartLineNumber): $($found.Message)"
  }
}`;

if (!hasDotnet()) {
  console.log('Skipped: PowerShell comes through dotnet, and there is none.');
} else {
  const blocks = globSync(['*.md', '{clients,docs,infra,local,samples}/**/*.md']).toSorted().flatMap(blocksOf);
  const found = judge(blocks);
  for (const line of found) console.error(line);
  console.log(`PowerShell ${POWERSHELL_VERSION}: ${blocks.length} blocks, ${found.length} findings.`);
  process.exitCode = found.length === 0 ? 0 : 1;
}

interface Block {
  readonly page: string;
  /** The one of the fence, before its first. */
  readonly line: number;
  readonly text: string;
}

function blocksOf(page: string): Block[] {
  const text = readFileSync(page, 'utf8');
  return [...text.matchAll(/^( *)```(?:powershell|pwsh)\n(.*?)^\1```/gms)].map((match) => ({
    page,
    line: text.slice(0, match.index).split('\n').length,
    text: match[2] ?? '',
  }));
}

/** What the parser finds, each with its page and line. Throws when it cannot be asked. */
function judge(blocks: readonly Block[]): string[] {
  const args = ['-NoProfile', '-NonInteractive', '-Command', PARSE];
  const options = { env: ENVIRONMENT, input: JSON.stringify(blocks), encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(restorePowerShell(), args, options);
  if (status !== 0) throw new Error(`PowerShell did not judge: ${stderr}`);
  return stdout.split('\n').filter((line) => line !== '');
}

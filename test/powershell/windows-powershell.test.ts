/**
 * The module must run in Windows PowerShell 5.1, which is not here. PowerShell's parser tells what the module uses, and
 * every command, parameter, variable and piece of syntax must be among what 5.1 has. Source: the reference of
 * Microsoft.PowerShell.Core, .Management and .Utility for 5.1, and "What's New in PowerShell" 6.0 to 7.5.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MODULE, startSession, type Session } from './session.ts';

/** Of the commands that are not the module's own: the parameters that it uses and 5.1 has. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  'Add-Type': ['AssemblyName'],
  az: [],
  'Convert-Path': ['LiteralPath', 'ErrorAction'],
  'ConvertFrom-Json': [],
  'ConvertTo-Json': ['InputObject', 'Compress', 'Depth'],
  'ForEach-Object': [],
  'Get-AzAccessToken': ['ResourceUrl', 'TenantId'],
  'Get-ChildItem': ['Path', 'Filter'],
  'Get-Command': ['Name', 'CommandType', 'ErrorAction'],
  'Get-Item': ['LiteralPath'],
  'Join-Path': [],
  'Select-Object': ['First'],
  'Set-StrictMode': ['Version', 'Off'],
  'Sort-Object': ['Property', 'Descending'],
  'Start-Sleep': ['Seconds', 'Milliseconds'],
  'Where-Object': [],
  'Write-Progress': ['Id', 'Activity', 'Status', 'SecondsRemaining', 'Completed'],
  'Write-Verbose': [],
};

/** Variables that newer versions set by themselves. */
const NEWER_VARIABLES = [
  'IsWindows',
  'IsLinux',
  'IsMacOS',
  'IsCoreCLR',
  'PSStyle',
  'PSNativeCommandUseErrorActionPreference',
];

interface Finding {
  readonly kind: 'command' | 'syntax' | 'variable' | 'error';
  readonly name: string;
  readonly parameters: readonly string[];
  readonly where: string;
}

const files = globSync(`${MODULE}/**/*.{ps1,psm1,psd1,ps1xml}`);
let session: Session;
beforeAll(async () => {
  session = await startSession();
  await session.run(`. '${join(import.meta.dirname, 'find-used.ps1')}'`);
});
afterAll(() => session?.close());

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const used = async (text: string, file = 'x'): Promise<readonly Finding[]> =>
  (await session.run<Finding>(`Find-Used ${quoted(text)} ${quoted(file)}`)).output;

test('the look finds what Windows PowerShell does not have', async () => {
  const newer = [
    '$a ? 1 : 2',
    '$a ?? 1',
    '$a ??= 1',
    '${a}?.Length',
    'a && b',
    'a || b',
    'a &',
    '1u',
    '"`u{41}"',
    'function f { clean { } }',
  ];
  for (const text of newer) {
    const kinds = (await used(text)).map(({ kind }) => kind);
    expect([text, kinds.includes('syntax') || kinds.includes('error')]).toEqual([text, true]);
  }
  expect((await used('& $a -b 1 | c { $_ }')).filter(({ kind }) => kind === 'syntax')).toEqual([]);
});

test('the module uses only commands, parameters, variables and syntax that Windows PowerShell 5.1 has', async () => {
  const findings = (
    await Promise.all(
      files.filter((file) => /\.ps[dm]?1$/.test(file)).map((file) => used(readFileSync(file, 'utf8'), file)),
    )
  ).flat();
  const own = new Set(
    files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/^function ([\w-]+)/gm)].map(([, name]) => name)),
  );
  const unknown = findings.filter(({ kind, name, parameters }) => {
    if (kind === 'variable') return NEWER_VARIABLES.includes(name);
    if (kind !== 'command' || own.has(name)) return kind !== 'command';
    return !parameters.every((parameter) => COMMANDS[name]?.includes(parameter) === true) || !(name in COMMANDS);
  });
  expect(unknown).toEqual([]);
  expect(findings.filter(({ kind }) => kind === 'command').length).toBeGreaterThan(50);
});

test.each(files.map((file) => [file.slice(MODULE.length + 1), file]))(
  '%s is ASCII, as Windows PowerShell reads a file without a mark in the code page of the machine',
  (_name, file) => {
    expect(readFileSync(file, 'latin1')).toMatch(/^[\n\x20-\x7e]*$/);
  },
);

test('the manifest is valid, and exports what the module has', async () => {
  const { output } = await session.run<string>(`
    (Test-ModuleManifest '${MODULE}/GuestReset.psd1').ExportedFunctions.Keys | Sort-Object
    '--'
    (Get-Command -Module GuestReset).Name | Sort-Object`);
  const border = output.indexOf('--');
  expect(output.slice(0, border)).toEqual(output.slice(border + 1));
  expect(border).toBe(19);
});

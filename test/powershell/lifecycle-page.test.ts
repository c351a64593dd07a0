/**
 * Every command of `samples/lifecycle-workflows/README.md`, from the first to the last, in one PowerShell in a clone.
 * What lives in Azure and Entra only tells how it was asked; `test/cloud/samples` sends the same bodies to a simulator.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ENVIRONMENT, restorePowerShell } from './program.ts';

const PAGE = 'samples/lifecycle-workflows/README.md';
/** What the page's commands are here. Each says one line. */
const STAND_INS = `
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest
$global:told = [System.Collections.Generic.List[object]]::new()
function azd { $told.Add("azd $args"); "of-$($args[2])" }
function az { $told.Add("az $args"); "answer-$($told.Count)" }
function npm { $told.Add("npm $args") }
function Connect-MgGraph { param($Scopes) $told.Add("Connect-MgGraph $Scopes") }
function Invoke-MgGraphRequest {
  param($Method, $Uri, $Body, $ContentType)
  $told.Add(@{ line = "$Method $Uri"; body = ConvertFrom-Json $Body; type = $ContentType })
  @{ id = "id-$($told.Count)" }
}
`;

interface Asked {
  readonly line: string;
  readonly body: object;
  readonly type: string;
}

test('the page runs from the first block to the last, where nothing but the variables at its top is filled in', () => {
  const blocks = [...readFileSync(PAGE, 'utf8').matchAll(/```powershell\n(.*?)```/gs)].map(([, block = '']) => block);
  const [variables = '', ...others] = blocks;
  const holes = /<([\w -]+)>/g;
  // The holes that `Send-File` fills are names in quotes.
  expect(others.join('').match(/(?<!')<[\w -]+>(?!')/g)).toBeNull();
  const filled = variables.replaceAll(holes, (_all, name: string) => `my ${name}`);
  const script = [STAND_INS, filled, ...others, 'ConvertTo-Json -Depth 20 $told'].join('\n');
  const args = ['-NoProfile', '-NonInteractive', '-Command', '-'];
  const { status, stdout, stderr } = spawnSync(restorePowerShell(), args, {
    env: { ...ENVIRONMENT, NO_COLOR: '1' },
    input: `${script}\n\n`,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  const told = JSON.parse(stdout.slice(stdout.indexOf('[\n'))) as (string | Asked)[];
  const lines = told.filter((each) => typeof each === 'string');
  expect(lines.filter((line) => /<|\$|System\./.test(line))).toEqual([]);
  expect(lines).toContainEqual(
    expect.stringMatching(/^az deployment group create .*apiUrl=of-API_URL apiClientId=of-API/),
  );
  expect(lines).toContainEqual(expect.stringMatching(/^npm run -s guest-reset -- setup grant answer-\d+ Submit --env/));
  const asked = told.filter((each) => typeof each !== 'string');
  const base = 'POST https://graph.microsoft.com/v1.0/identityGovernance/lifecycleWorkflows';
  expect(asked.map(({ line }) => line)).toEqual([
    `${base}/customTaskExtensions`,
    `${base}/workflows`,
    expect.stringMatching(/\/workflows\/id-\d+\/activate$/),
  ]);
  const bodies = JSON.stringify(asked.map(({ body }) => body));
  expect(bodies).not.toMatch(/<[\w -]+>/);
  expect(bodies).toContain('my object id of a guest');
  expect(new Set(asked.map(({ type }) => type))).toEqual(new Set(['application/json']));
});

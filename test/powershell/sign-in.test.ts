/** The module where callers sign in: tokens of the simulator, by each way that the module knows. */
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { json } from '../cloud/jobs.ts';
import { startStranger } from './stranger.ts';
import { useWorld, type Job } from './world.ts';

const world = useWorld({ guests: 200, seed: 23, auth: true }, false);
const folder = mkdtempSync(join(tmpdir(), 'powershell-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const API_CLIENT_ID = '44444444-4444-4444-8444-444444444444';
const ADA = { oid: '66666666-6666-4666-8666-666666666666', name: 'ada@contoso.example', roles: ['Submit', 'Read'] };

async function token(claims: object = {}): Promise<string> {
  const body = JSON.stringify({ ...ADA, claims });
  const answer = await json<{ access_token: string }>(`${world.cloud.graph}/_sim/token`, { method: 'POST', body });
  return answer.body.access_token;
}
/** Of a token that ends so many seconds from now. */
const ending = (seconds: number): object => ({ exp: Math.floor(Date.now() / 1000) + seconds });
const secure = (text: string): string => `(ConvertTo-SecureString '${text}' -AsPlainText -Force)`;

test('without a token the sign-in is refused at once, with what to do', async () => {
  const { thrown } = await world.session.tell(`Connect-GuestReset -Url ${world.cloud.api}`);
  expect(thrown).toMatchObject({ code: 'noAccessToken', category: 'AuthenticationError' });
  expect(thrown?.message).toContain(`api://${API_CLIENT_ID}`);
  expect(thrown?.message).toContain('Connect-AzAccount');
});

test('a token that the service does not take, and a role that is missing, are told as such', async () => {
  const wrong = await world.session.tell(`Connect-GuestReset -Url ${world.cloud.api} -AccessToken ${secure('a.b.c')}`);
  expect(wrong.thrown).toMatchObject({ code: 'notSignedIn', status: 401, category: 'AuthenticationError' });
  const own = await token({ roles: [] });
  const { thrown } = await world.session.tell(
    `Connect-GuestReset -Url ${world.cloud.api} -AccessToken ${secure(own)}
    Reset-GuestRedemption -User a@fabrikam.example -SendInvitationMessage $false`,
  );
  expect(thrown).toMatchObject({ code: 'missingRole', status: 403, category: 'PermissionDenied' });
});

test('a SecureString signs in, and the job has the name of who signed in', async () => {
  const [guest] = world.take(1);
  const { output } = await world.session.run<Job & { SubmittedBy: string }>(`
    $null = Connect-GuestReset -Url ${world.cloud.api} -AccessToken ${secure(await token())}
    Reset-GuestRedemption -User ${guest?.mail} -SendInvitationMessage $true -Wait`);
  expect(output).toMatchObject([{ Status: 'completed', SubmittedBy: ADA.name }]);
  expect(guest && (await world.mailsOf([guest]))).toEqual([1]);
});

test('a text on the command line is refused: it would be kept in its history', async () => {
  const { thrown } = await world.session.tell(`Connect-GuestReset -Url ${world.cloud.api} -AccessToken abc`);
  expect(thrown).toMatchObject({ code: 'invalidAccessToken' });
});

test('a script is asked again for a token before the old one ends, and not sooner', async () => {
  const { output } = await world.session.run<number>(`
    $global:asked = 0
    $global:ends = '${await token(ending(200))}', '${await token(ending(3_600))}'
    $null = Connect-GuestReset -Url ${world.cloud.api} -AccessToken { $global:ends[[Math]::Min(1, $global:asked++)] }
    $global:asked
    $null = Get-GuestResetJob
    $null = Get-GuestResetJob
    $global:asked`);
  expect(output).toEqual([1, 2]);
});

test('a token that was taken back is replaced, once', async () => {
  const { output } = await world.session.run<number>(`
    $global:asked = 0
    $global:tokens = '${await token({ aud: 'somebody else' })}', '${await token()}'
    $null = Connect-GuestReset -Url ${world.cloud.api} -AccessToken { $global:tokens[[Math]::Min(1, $global:asked++)] }
    $global:asked`);
  expect(output).toEqual([2]);
});

test.each(['text', 'SecureString'])(
  'Azure PowerShell is asked for the token of the app, which it gives as %s',
  async (form) => {
    const own = await token();
    const { output } = await world.session.run<Record<string, string>>(`
    function global:Get-AzAccessToken {
      param([string] $ResourceUrl, [string] $TenantId)
      $global:askedFor = @{ ResourceUrl = $ResourceUrl; TenantId = $TenantId }
      $token = ${form === 'text' ? `'${own}'` : secure(own)}
        [pscustomobject] @{ Token = $token; ExpiresOn = [DateTimeOffset]::UtcNow.AddHours(1) }
    }
    try { Connect-GuestReset -Url ${world.cloud.api} } finally { Remove-Item function:Get-AzAccessToken }
    $global:askedFor`);
    expect(output[0]).toMatchObject({ SignsIn: true, ClientId: API_CLIENT_ID });
    expect(output[1]).toEqual({ ResourceUrl: `api://${API_CLIENT_ID}`, TenantId: output[0]?.['TenantId'] });
  },
);

test.skipIf(process.platform === 'win32')('Azure CLI is asked where Azure PowerShell is not signed in', async () => {
  const az = join(folder, 'az');
  writeFileSync(
    az,
    `#!/bin/sh\necho "$@" > '${folder}/asked'\necho 'WARNING: a newer az is available' >&2\n` +
      `echo '{ "accessToken": "${await token()}", "tokenType": "Bearer" }'\n`,
  );
  chmodSync(az, 0o755);
  const { output } = await world.session.run<string>(`
    function global:Get-AzAccessToken { throw 'Run Connect-AzAccount to login.' }
    $path = $env:PATH
    $env:PATH = '${folder}${delimiter}' + $path
    $ErrorActionPreference = 'Stop'
    try { $null = Connect-GuestReset -Url ${world.cloud.api} } finally {
      $env:PATH = $path; $ErrorActionPreference = 'Continue'; Remove-Item function:Get-AzAccessToken
    }
    Get-Content '${folder}/asked'`);
  expect(output[0]).toContain(
    `account get-access-token --scope api://${API_CLIENT_ID}/.default --output json --tenant`,
  );
});

test.skipIf(process.platform === 'win32').each([
  ['0&calc', '44444444-4444-4444-8444-444444444444', 'client id'],
  ['%PATH%', '44444444-4444-4444-8444-444444444444', 'client id'],
  ['44444444-4444-4444-8444-444444444444|more', '44444444-4444-4444-8444-444444444444', 'client id'],
  [API_CLIENT_ID, 'a.b&calc', 'tenant'],
  [API_CLIENT_ID, 'contoso.example%0a--debug', 'tenant'],
  [API_CLIENT_ID, '--debug', 'tenant'],
  [API_CLIENT_ID, '%25PATH%25', 'tenant'],
])(
  'the client id %s and the tenant %s of a service reach no command line: the %s is refused',
  async (id, tenant, what) => {
    const flow = {
      tokenUrl: `https://login.example/${tenant}/oauth2/v2.0/token`,
      scopes: { [`api://${id}/.default`]: '' },
    };
    const securitySchemes = { entra: { flows: { clientCredentials: flow } } };
    const service = await startStranger(() => ({ body: { components: { securitySchemes }, value: [] } }));
    const az = join(folder, 'az');
    writeFileSync(az, `#!/bin/sh\necho "$@" > '${folder}/hostile'\necho '{ "accessToken": "a.b.c" }'\n`);
    chmodSync(az, 0o755);
    try {
      const { thrown } = await world.session.tell(`
      $path = $env:PATH
      $env:PATH = '${folder}${delimiter}' + $path
      try { $null = Connect-GuestReset ${service.url} } finally { $env:PATH = $path }`);
      expect(thrown).toMatchObject({ code: 'invalidSignIn', category: 'InvalidData' });
      expect(thrown?.message).toContain(what);
      expect(thrown?.message).toContain('-AccessToken');
      expect(existsSync(join(folder, 'hostile'))).toBe(false);
      expect(service.asked).toEqual(['GET /api/openapi.json']);
    } finally {
      rmSync(az);
      rmSync(join(folder, 'hostile'), { force: true });
      await service.close();
    }
  },
);

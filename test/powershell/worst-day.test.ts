/** The worst day of an administrator in PowerShell. What happened is the simulated tenant's word. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { startHttpProxy, type Blow } from '../chaos/http-proxy.ts';
import { addresses, times, useWorld, type Job, type Result } from './world.ts';

const world = useWorld({ guests: 1_500, seed: 22 });
const folder = mkdtempSync(join(tmpdir(), 'powershell-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Asks through a proxy that strikes the calls in this order, each `METHOD path`. @returns what was asked */
async function throughProxy<T>(blows: readonly (readonly [string, Blow])[], use: (url: string) => Promise<T>) {
  const left = [...blows];
  const asked: string[] = [];
  const proxy = await startHttpProxy<string>({
    target: new URL(world.cloud.api),
    kindOf: (method, path) => `${method} ${path.replace(/\?.*/, '')}`,
    take(kind) {
      asked.push(kind);
      return left[0]?.[0] === kind ? left.shift()?.[1] : undefined;
    },
    kill: () => undefined,
    busy: () => () => undefined,
  });
  try {
    return { asked, result: await use(`http://localhost:${proxy.port}/api`) };
  } finally {
    await proxy.close();
    await world.session.run(`$null = Connect-GuestReset -Url ${world.cloud.api}`);
  }
}

test('the wrong list is submitted, and stopped: who was not reset yet is left alone', async () => {
  const some = world.take(60);
  const list = join(folder, 'wrong.csv');
  writeFileSync(list, `user\n${some.map(({ mail }) => `${mail}\n`).join('')}`);
  const { output } = await world.session.run<Job>(`
    $job = Start-GuestResetJob -Path '${list}' -SendInvitationMessage $true -Reason wrong -MaxPerMinute 20 -Force
    $null = $job | Suspend-GuestResetJob -Reason 'wrong list'
    Get-GuestResetJob -Status paused | Where-Object Reason -eq wrong
    $job | Stop-GuestResetJob -Wait`);
  const [paused, stopped] = output;
  expect(paused).toMatchObject({ Id: stopped?.Id, PausedReason: { Code: 'pausedByHand', Scope: 'job' } });
  expect(stopped).toMatchObject({ HasEnded: true, Total: 60 });
  expect(stopped?.Canceled).toBeGreaterThan(0);
  const mailed = (await world.mailsOf(some)).filter((count) => count > 0).length;
  expect(mailed).toBe(60 - (stopped?.Canceled ?? 0));
});

test('a blocked tenant is told while waiting, with how to go on, and goes on once it is unblocked', async () => {
  const some = world.take(3);
  await world.order('block', {});
  const { output, errors } = await world.session.tell<Job>(`
    $blocked = ${addresses(some)} | Reset-GuestRedemption -SendInvitationMessage $true -Wait
    $blocked`);
  expect(output).toMatchObject([{ Status: 'paused', PausedReason: { Code: 'tenantBlocked', Scope: 'tenant' } }]);
  expect(errors).toMatchObject([
    { id: 'jobPaused,Reset-GuestRedemption', category: 'ResourceUnavailable', code: 'jobPaused' },
  ]);
  expect(errors[0]?.action).toContain('Resume-GuestResetTenant');
  expect(errors[0]?.action).toContain(`Get-GuestResetJob -Id ${output[0]?.Id} -Wait`);
  await world.order('block', undefined, 'DELETE');
  const { output: ended, types } = await world.session.run<Job>(`
    Resume-GuestResetTenant
    $blocked | Get-GuestResetJob -Wait`);
  expect(types).toEqual(['GuestReset.Tenant', 'GuestReset.Job']);
  expect(ended[1]).toMatchObject({ Status: 'completed', Succeeded: 3 });
  expect(await world.mailsOf(some)).toEqual([1, 1, 1]);
});

test('a job that stops after its first guests says so, and Resume-GuestResetJob lets it go on', async () => {
  const some = world.take(4);
  const { output, errors } = await world.session.tell<Job>(`
    $careful = ${addresses(some)} | Reset-GuestRedemption -SendInvitationMessage $true -PauseAfter 1 -Wait
    $careful
    $careful | Resume-GuestResetJob -Wait`);
  expect(errors[0]?.action).toContain(`Resume-GuestResetJob -Id ${output[0]?.Id}`);
  expect(output).toMatchObject([
    { Status: 'paused', Succeeded: 1 },
    { Status: 'completed', Succeeded: 4 },
  ]);
});

test('what failed is tried once more, as a new job, when its cause is gone', async () => {
  const some = world.take(3);
  const [refused] = some;
  const match = { userId: refused?.id };
  await world.order('faults', { kind: 'invite', match, status: 400, code: 'BadRequest', message: 'Not today.' });
  const first = await world.session.tell<Job | Result>(`
    $first = ${addresses(some)} | Reset-GuestRedemption -SendInvitationMessage $true -Wait
    $first
    $first | Get-GuestResetResult -Status failed`);
  expect(first.output).toMatchObject([
    { Status: 'completedWithErrors', Succeeded: 2, Failed: 1 },
    { GuestId: refused?.id, Code: 'requestRefused' },
  ]);
  expect(first.errors).toMatchObject([{ id: 'requestRefused,Reset-GuestRedemption' }]);
  await world.order('faults', undefined, 'DELETE');
  const again = await world.session.run<Job>(`
    $first | Restart-GuestResetJob -Status failed -WhatIf
    $first | Restart-GuestResetJob -Status failed -Wait`);
  expect(again.output).toMatchObject([
    { DryRun: true, Total: 1, ByCode: { wouldReset: 1 } },
    { DryRun: false, Total: 1, Status: 'completed' },
  ]);
  expect(await world.mailsOf(some)).toEqual([1, 1, 1]);
});

test('mail to more than twenty guests is asked for, and refused where there is nobody to ask', async () => {
  const some = world.take(21);
  const list = join(folder, 'many.csv');
  writeFileSync(list, `user\n${some.map(({ mail }) => `${mail}\n`).join('')}`);
  for (const command of [
    `${addresses(some)} | Reset-GuestRedemption -SendInvitationMessage $true -Reason many`,
    `Start-GuestResetJob -Path '${list}' -SendInvitationMessage $true -Reason many`,
  ])
    expect((await world.session.tell(command)).thrown).toMatchObject({ code: 'confirmationNeeded' });
  expect(await world.jobs('many')).toEqual([]);
  await world.session.run(`
    $null = ${addresses(some.slice(1))} | Reset-GuestRedemption -SendInvitationMessage $true -Reason twenty
    $null = ${addresses(some)} | Reset-GuestRedemption -SendInvitationMessage $false -Reason unmailed
    $null = Start-GuestResetJob -Path '${list}' -SendInvitationMessage $true -Reason many -Confirm:$false`);
  for (const reason of ['twenty', 'unmailed', 'many']) expect(await world.jobs(reason)).toHaveLength(1);
});

test('the same list within the hour is refused, with the earlier job, unless it is allowed', async () => {
  const some = world.take(21);
  const submit = `${addresses(some)} | Reset-GuestRedemption -SendInvitationMessage $false -Reason twice`;
  const { output } = await world.session.run<Job>(submit);
  const { thrown } = await world.session.tell(submit);
  expect(thrown).toMatchObject({ code: 'duplicateSubmission', status: 409, category: 'ResourceExists' });
  expect(thrown?.action).toContain(`Get-GuestResetJob -Id ${output[0]?.Id}`);
  expect(thrown?.action).toContain('-AllowDuplicate');
  await world.session.run(`${submit} -AllowDuplicate`);
  expect(await world.jobs('twice')).toHaveLength(2);
});

test('a submission whose answer got lost is repeated with its key, and is one job', async () => {
  const some = world.take(2);
  const { asked, result } = await throughProxy(
    [
      ['POST /api/jobs', { when: 'after', what: 'drop' }],
      ['POST /api/jobs', { when: 'after', what: 'drop' }],
    ],
    (url) =>
      world.session.run<Job>(`
        $null = Connect-GuestReset -Url ${url}
        ${addresses(some)} | Reset-GuestRedemption -SendInvitationMessage $true -Reason lost -Wait`),
  );
  expect(asked.filter((each) => each === 'POST /api/jobs')).toHaveLength(3);
  expect(result.output).toMatchObject([{ Status: 'completed', Succeeded: 2 }]);
  expect(await world.jobs('lost')).toMatchObject([{ id: result.output[0]?.Id }]);
  expect(await world.mailsOf(some)).toEqual([1, 1]);
});

test('a service that is busy is asked again, when it says so', async () => {
  const { asked, result } = await throughProxy(
    [
      ['GET /api/jobs', { when: 'before', what: 429, retryAfter: 1 }],
      ['GET /api/jobs', { when: 'before', what: 503, retryAfter: 1 }],
    ],
    (url) => world.session.run(`Connect-GuestReset -Url ${url}`),
  );
  expect(result.types).toEqual(['GuestReset.Connection']);
  expect(asked.filter((each) => each === 'GET /api/jobs')).toHaveLength(3);
});

test('when patience is over the error tells the key with which the same submission goes on', async () => {
  const [guest] = world.take(1);
  const drops = times(9, ['POST /api/jobs', { when: 'after', what: 'drop' }] as const);
  const { result } = await throughProxy(drops, (url) =>
    world.session.tell(`
      $null = Connect-GuestReset -Url ${url} -PatienceSeconds 2
      Reset-GuestRedemption -User ${guest?.mail} -SendInvitationMessage $true -Reason patience`),
  );
  expect(result.thrown).toMatchObject({ code: 'noAnswer', category: 'ConnectionError' });
  const key = /-IdempotencyKey '([\w-]+)'/.exec(result.thrown?.action ?? '')?.[1];
  await world.session.run(
    `Reset-GuestRedemption -User ${guest?.mail} -SendInvitationMessage $true -Reason patience -IdempotencyKey ${key}`,
  );
  expect(await world.jobs('patience')).toHaveLength(1);
});

/** A job of one guest that waits, and is paused. */
async function pausedJob(): Promise<string> {
  const [guest] = world.take(1);
  const { output } = await world.session.run<Job>(`
    Reset-GuestRedemption -User ${guest?.mail} -SendInvitationMessage $false -NotBefore (Get-Date).AddHours(1) |
      Suspend-GuestResetJob`);
  return output[0]?.Id ?? '';
}
const BLOWS = [
  { when: 'after', what: 'drop' },
  { when: 'after', what: 500 },
] as const;

test('a resume that cannot see which stop it lifts goes out once: a second one could lift the next', async () => {
  const id = await pausedJob();
  await world.session.run('$null = Suspend-GuestResetTenant');
  const kind = `POST /api/jobs/${id}/resume`;
  for (const blow of BLOWS) {
    const { asked, result } = await throughProxy([[kind, blow]], (url) =>
      world.session.tell(`$null = Connect-GuestReset -Url ${url}; Resume-GuestResetJob -Id ${id}`),
    );
    expect(result.thrown?.code).toMatch(/^(?:noAnswer|unexpectedAnswer)$/);
    expect(asked.filter((each) => each === kind)).toHaveLength(1);
  }
  await world.session.run('$null = Resume-GuestResetTenant');
}, 60_000);

test('a resume names the stop that it has seen, so it goes out until it is answered, and lifts no other', async () => {
  for (const blow of BLOWS) {
    const id = await pausedJob();
    const ofJob = await throughProxy([[`POST /api/jobs/${id}/resume`, blow]], (url) =>
      world.session.run<Job>(`$null = Connect-GuestReset -Url ${url}; Resume-GuestResetJob -Id ${id}`),
    );
    expect(ofJob.result.output).toMatchObject([{ Id: id, PausedReason: null }]);
    expect(ofJob.asked.filter((each) => each === `POST /api/jobs/${id}/resume`)).toHaveLength(2);
    await world.session.run('$null = Suspend-GuestResetTenant');
    const ofTenant = await throughProxy([['POST /api/resume', blow]], (url) =>
      world.session.run(`$null = Connect-GuestReset -Url ${url}; Resume-GuestResetTenant`),
    );
    expect(ofTenant.result.output).toMatchObject([{ Status: 'running' }]);
    expect(ofTenant.asked.filter((each) => each === 'POST /api/resume')).toHaveLength(2);
  }
  const id = await pausedJob();
  const other = await world.session.tell(`Resume-GuestResetJob -Id ${id} -StopCode pauseAfter`);
  expect(other.thrown).toMatchObject({ code: 'stopChanged', status: 409 });
  expect(other.thrown?.action).toContain('Get-GuestResetJob');
  await world.session.run('$null = Suspend-GuestResetTenant');
  const ofTenant = await world.session.tell('Resume-GuestResetTenant -StopCode tenantBlocked');
  expect(ofTenant.thrown).toMatchObject({ code: 'stopChanged' });
  const { output } = await world.session.run<Job>(`
    Resume-GuestResetTenant -StopCode pausedByHand
    Get-GuestResetJob -Id ${id}`);
  expect(output).toMatchObject([{ Status: 'running' }, { PausedReason: { Code: 'pausedByHand', Scope: 'job' } }]);
}, 60_000);

test('an answer of somebody else is no success, and never the results', async () => {
  const page = createServer((request, response) => {
    request.resume();
    const isProbe = request.url?.includes('pageSize=1');
    response.writeHead(200, { 'Content-Type': isProbe ? 'application/json' : 'text/html' });
    response.end(isProbe ? '{"value":[]}' : '<p>Sign in</p>');
  });
  await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve));
  const file = join(folder, 'page.csv');
  const token = "(ConvertTo-SecureString 'a.b.c' -AsPlainText -Force)";
  try {
    const { port } = page.address() as AddressInfo;
    await world.session.run(`$null = Connect-GuestReset -Url http://127.0.0.1:${port}/api -AccessToken ${token}`);
    for (const command of ['Get-GuestResetJob -Id abc', `Get-GuestResetResult -JobId abc -OutFile '${file}'`])
      expect((await world.session.tell(command)).thrown).toMatchObject({ code: 'unexpectedAnswer', status: 200 });
    expect(readdirSync(folder).filter((name) => name.startsWith('page.csv'))).toEqual([]);
  } finally {
    await world.session.run(`$null = Connect-GuestReset -Url ${world.cloud.api}`);
    page.closeAllConnections();
    page.close();
  }
});

test('results go into a file that nobody else may read, and half of them into none', async () => {
  const [guest] = world.take(1);
  const { output } = await world.session.run<Job>(`
    $secret = Reset-GuestRedemption -User ${guest?.mail} -SendInvitationMessage $false -Wait
    $secret
    $null = $secret | Get-GuestResetResult -OutFile '${join(folder, 'secret.csv')}'`);
  expect(readFileSync(join(folder, 'secret.csv'), 'utf8')).toContain('https://');
  expect(statSync(join(folder, 'secret.csv')).mode & 0o077).toBe(0);
  // Promises a kilobyte, and is gone after a part.
  const broken = createServer((request, response) => {
    request.resume();
    if (request.url?.includes('pageSize=1'))
      return void response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"value":[]}');
    response.writeHead(200, { 'Content-Type': 'text/csv', 'Content-Length': '1000' }).write('user\n');
    setTimeout(() => request.socket.destroy(), 50);
  });
  await new Promise<void>((resolve) => broken.listen(0, '127.0.0.1', resolve));
  try {
    const { thrown } = await world.session.tell(
      `
      $token = ConvertTo-SecureString 'a.b.c' -AsPlainText -Force
      $null = Connect-GuestReset -Url http://127.0.0.1:${(broken.address() as AddressInfo).port}/api ` +
        `-AccessToken $token -PatienceSeconds 1
      Get-GuestResetResult -JobId ${output[0]?.Id} -OutFile '${join(folder, 'half.csv')}'`,
    );
    expect(thrown).toMatchObject({ code: 'noAnswer' });
    expect(readdirSync(folder).filter((name) => name.startsWith('half.csv'))).toEqual([]);
  } finally {
    await world.session.run(`$null = Connect-GuestReset -Url ${world.cloud.api}`);
    broken.closeAllConnections();
    broken.close();
  }
});

test('a time goes out as the service reads it, in whatever calendar the session counts', async () => {
  const [guest] = world.take(1);
  const { output } = await world.session.run<{ NotBefore: string }>(`
    $before = [cultureinfo]::CurrentCulture
    $other = [cultureinfo]::InvariantCulture.Clone()
    $other.DateTimeFormat.TimeSeparator = '.'
    $when = [DateTime]::UtcNow.AddHours(1)
    [cultureinfo]::CurrentCulture = $other
    try { Reset-GuestRedemption -User ${guest?.mail} -SendInvitationMessage $false -NotBefore $when }
    finally { [cultureinfo]::CurrentCulture = $before }`);
  expect(Date.parse(output[0]?.NotBefore ?? '')).toBeGreaterThan(Date.now() + 3_500_000);
});

test('what is wrong with a list is an error with row, code and what to do', async () => {
  const list = join(folder, 'bad.csv');
  writeFileSync(list, 'user\nnobody\nanna@@x\n');
  const { thrown } = await world.session.tell(`Start-GuestResetJob -Path '${list}' -SendInvitationMessage $false`);
  expect(thrown).toMatchObject({
    id: 'invalidSubmission,Start-GuestResetJob',
    category: 'InvalidArgument',
    code: 'invalidSubmission',
    status: 400,
    problem: { code: 'invalidSubmission', errorCount: 2 },
  });
  expect(thrown?.message).toContain('row 1, user: ');
  expect(thrown?.message).toContain('(invalidUser)');
});

test.each([
  ['Get-GuestResetJob -Id 7ybqdgpprn02xwbqmvkay248tz', 'jobNotFound', 'ObjectNotFound'],
  ['Reset-GuestRedemption -User a@fabrikam.example', 'missingSendInvitationMessage', 'InvalidArgument'],
  ['Reset-GuestRedemption -SendInvitationMessage $true', 'missingUser', 'InvalidArgument'],
  ['Connect-GuestReset -Url ftp://localhost/api', 'invalidUrl', 'InvalidArgument'],
  ['Connect-GuestReset -Url http://resets.example/api', 'invalidUrl', 'InvalidArgument'],
])('%s is refused with the code %s', async (script, code, category) => {
  const { thrown, errors } = await world.session.tell(script);
  expect(thrown ?? errors[0]).toMatchObject({ code, category, id: expect.stringContaining(code) });
});

test('before Connect-GuestReset every command says what to begin with', async () => {
  const { thrown } = await world.session.tell('Disconnect-GuestReset; Get-GuestResetJob');
  await world.session.run(`$null = Connect-GuestReset -Url ${world.cloud.api}`);
  expect(thrown).toMatchObject({ code: 'notConnected', message: expect.stringContaining('Connect-GuestReset') });
});

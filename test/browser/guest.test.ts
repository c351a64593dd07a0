/** One guest: looked up, reset again, erased; and what the simulated tenant says of it. */
import type { Page, Route } from 'playwright-core';
import { expect, test } from 'vitest';
import { completed, json, submitCsv, type JobAnswer } from '../cloud/jobs.ts';
import { scrollsSideways, seriousFaults } from './accessible.ts';
import { picture } from './picture.ts';
import { clocksApart, dialogOf, heading, idIn } from './steps.ts';
import { mailsEach, tenantOf, type Guest } from './tenant.ts';
import { useBrowser } from './world.ts';

const world = useBrowser({ guests: 200, seed: 5 });

const tenant = tenantOf(world);

async function reset(guest: Guest, query: Record<string, string> = {}): Promise<JobAnswer> {
  const search = new URLSearchParams({
    sendInvitationMessage: 'true',
    verify: 'false',
    allowDuplicate: 'true',
    ...query,
  });
  const { completion } = await submitCsv(world.cloud.api, `user\n${guest.id}\n`, `?${search}`);
  return completed(completion, 60);
}

interface Past {
  readonly jobId: string;
  readonly reason?: string;
}
const historyOf = async ({ id }: Guest): Promise<readonly Past[]> =>
  (await json<{ value: Past[] }>(`${world.cloud.api}/guests/${id}/resets`)).body.value;

async function jobsBecauseOf(reason: string): Promise<readonly string[]> {
  const { body } = await json<{ value: (JobAnswer & Past)[] }>(`${world.cloud.api}/jobs?pageSize=100`);
  return body.value.filter((job) => job.reason === reason).map(({ id }) => id);
}

/** What the service does by itself, on a machine with other work. */
const SOON = { timeout: 30_000 };

const items = (page: Page) => page.getByRole('list', { name: 'Every reset, newest first' }).getByRole('listitem');

async function lookUp(page: Page, name: string): Promise<void> {
  await page.getByRole('searchbox', { name: 'Guest' }).fill(name);
  await page.getByRole('button', { name: 'Look up' }).click();
}

/** What shuts somebody out. */
const faultsOf = async (page: Page): Promise<readonly string[]> => [
  ...(await seriousFaults(page)),
  ...((await scrollsSideways(page)) ? ['It scrolls sideways.'] : []),
];

const onPageOf = ({ id }: Guest): string => `${world.console}/guests/${id}`;

test('a guest is found by object id, UPN and address, and has an address that can be sent and loaded again', async () => {
  const guest = await tenant.takeOne();
  for (const name of [guest.id.toUpperCase(), guest.userPrincipalName, ` ${guest.mail} `]) {
    const page = await world.open('/guests');
    await lookUp(page, name);
    await heading(page, guest.displayName).waitFor();
    expect(page.url()).toBe(onPageOf(guest));
    await page.reload();
    await heading(page, guest.displayName).waitFor();
    const sheet = await page.getByRole('main').innerText();
    for (const text of [guest.userPrincipalName, guest.mail, guest.id, 'Redeemed since', 'As of'])
      expect(sheet).toContain(text);
    // Whoever goes back is where they searched.
    await page.goBack();
    await page.waitForURL(`${world.console}/guests`);
  }
});

test('an address that names a guest with what copied text brings along finds the guest', async () => {
  const guest = await tenant.takeOne();
  const page = await world.open(`/guests?q=${encodeURIComponent(` "${guest.mail}" `)}`);
  await heading(page, guest.displayName).waitFor();
  expect(page.url()).toBe(onPageOf(guest));
});

test('the object id is copied, and another look shows how the guest stands by then', async () => {
  const guest = await tenant.takeOne();
  const page = await world.open(`/guests/${guest.id}`);
  await page.getByText('Redeemed', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Copy object id' }).click();
  expect(await page.evaluate(async () => navigator.clipboard.readText())).toBe(guest.id);
  await tenant.change(guest.id, { externalUserState: 'PendingAcceptance' });
  // The service keeps a look for some seconds.
  await expect
    .poll(
      async () => {
        await page.getByRole('button', { name: 'Look again' }).click();
        return page.getByText('Not redeemed', { exact: true }).count();
      },
      { timeout: 20_000, interval: 1_000 },
    )
    .toBe(1);
});

test('reset again, clicked twice: one job, one mail, and the history tells of it', async () => {
  const guest = await tenant.takeOne();
  const page = await world.open(`/guests/${guest.id}`);
  await heading(page, guest.displayName).waitFor();
  await page.getByText('Nothing was tried for this guest').waitFor();
  await picture(page, 'guest-empty');
  await page.getByRole('button', { name: 'Reset again' }).click();
  const dialog = dialogOf(page);
  await dialog.getByText('cannot be undone').waitFor();
  const action = dialog.getByRole('button', { name: 'Reset this guest' });
  expect(await action.getAttribute('aria-disabled')).toBe('true');
  await dialog.getByText('Choose whether Microsoft mails the guest.').waitFor();
  await dialog.getByRole('radio', { name: `Microsoft mails ${guest.mail}` }).check();
  await dialog.getByLabel('Language of the mail').fill('sv-SE');
  await dialog.getByLabel(/^Reason or ticket/).fill('CHG-4 <b>lost phone</b>');
  await expect(seriousFaults(page)).resolves.toEqual([]);
  await picture(page, 'guest-reset');
  await action.dblclick({ noWaitAfter: true });

  await page.waitForURL(/\/jobs\/[^/]+$/);
  await heading(page, 'CHG-4 <b>lost phone</b>').waitFor();
  const job = idIn(page);
  await completed(`${world.cloud.api}/jobs/${job}/completion`, 60);
  expect(await tenant.outbox(guest)).toMatchObject([{ to: guest.mail, messageLanguage: 'sv-SE' }]);
  expect((await historyOf(guest)).map(({ jobId }) => jobId)).toEqual([job]);
  expect(await jobsBecauseOf('CHG-4 <b>lost phone</b>')).toEqual([job]);

  await page.goBack();
  await items(page).first().getByText('CHG-4 <b>lost phone</b>').waitFor();
  expect(await items(page).count()).toBe(1);
  const words = await items(page).first().innerText();
  for (const text of ['Reset', `Mail to ${guest.mail}, in sv-SE`, 'local-developer']) expect(words).toContain(text);
  await items(page).first().getByRole('link', { name: 'CHG-4 <b>lost phone</b>' }).click();
  await page.waitForURL(`${world.console}/jobs/${job}`);
});

test('where no answer comes to a reset it is asked for once more, and is one job and one mail', async () => {
  const guest = await tenant.takeOne();
  const page = await world.open(`/guests/${guest.id}`);
  await page.getByRole('button', { name: 'Reset again' }).click();
  await dialogOf(page)
    .getByRole('radio', { name: /^Microsoft mails/ })
    .check();
  await dialogOf(page)
    .getByLabel(/^Reason or ticket/)
    .fill('the line was cut');
  const action = dialogOf(page).getByRole('button', { name: 'Reset this guest' });
  await page.route(/\/resets\?/, async (route) => {
    await route.fetch();
    await route.abort();
  });
  await action.click();
  await dialogOf(page).getByText('It is not known whether it was done.').waitFor({ timeout: 90_000 });
  const [job, ...others] = await jobsBecauseOf('the line was cut');
  expect(others).toEqual([]);
  await page.unroute(/\/resets\?/);
  await action.click();
  await page.waitForURL(`${world.console}/jobs/${job}`);
  await completed(`${world.cloud.api}/jobs/${job}/completion`, 60);
  expect(await jobsBecauseOf('the line was cut')).toEqual([job]);
  expect(await tenant.mails([guest])).toEqual(mailsEach([guest], 1));
});

test('who was reset a short time ago is reset again only where that is said, and a new address is given', async () => {
  const guest = await tenant.takeOne();
  const message = 'Invitations are blocked by cross-tenant access settings.';
  await tenant.order('POST', '/faults', { kind: 'invite', match: { userId: guest.id }, status: 403, message });
  await reset(guest, { reason: 'CHG-20287 Fabrikam moved' });
  await reset(guest, { reason: 'CHG-20311 Fabrikam moved, second try' });
  const ended = Date.now();
  const page = await world.open(`/guests/${guest.id}`);
  await page.getByText('A reset would not be made now.').waitFor();
  await page.getByRole('button', { name: 'Reset again' }).click();
  const dialog = dialogOf(page);
  await dialog.getByLabel('Another address').fill('new.home@fabrikam.example');
  await dialog.getByRole('radio', { name: /^It is added to the other mails/ }).check();
  await dialog.getByRole('radio', { name: 'Microsoft mails new.home@fabrikam.example' }).check();
  await dialog.getByText('say that it shall be done again').waitFor();
  const action = dialog.getByRole('button', { name: 'Reset this guest' });
  expect(await action.getAttribute('aria-disabled')).toBe('true');
  await dialog.getByRole('checkbox', { name: /^Reset again all the same/ }).check();
  await dialog.getByLabel(/^Reason or ticket/).fill('INC-4711 has a new address');
  await clocksApart(ended);
  await action.click();
  await page.waitForURL(/\/jobs\/[^/]+$/);
  await completed(`${world.cloud.api}/jobs/${idIn(page)}/completion`, 60);
  expect((await tenant.outbox(guest)).map(({ to }) => to)).toEqual([guest.mail, 'new.home@fabrikam.example']);
  const now = (await tenant.users()).find(({ id }) => id === guest.id);
  expect(now).toMatchObject({ mail: guest.mail, otherMails: [...guest.otherMails, 'new.home@fabrikam.example'] });
  await heading(page, 'INC-4711 has a new address').waitFor();
  await page.goBack();
  await items(page).nth(2).waitFor();
  await page.getByText('new.home@fabrikam.example').first().waitFor();
  await picture(page, 'guest');
});

test('whoever goes back before the page of the job has come sees the reset all the same', async () => {
  const guest = await tenant.takeOne();
  const page = await world.open(`/guests/${guest.id}`);
  await page.getByText('Nothing was tried for this guest').waitFor();
  await page.getByRole('button', { name: 'Reset again' }).click();
  await dialogOf(page).getByRole('radio', { name: 'No mail' }).check();
  const held: Route[] = [];
  let holds = true;
  await page.route(/\/assets\/.*\.js$/, async (route) => (holds ? void held.push(route) : route.continue()));
  await dialogOf(page).getByRole('button', { name: 'Reset this guest' }).click();
  await page.waitForURL(/\/jobs\/[^/]+$/);
  await completed(`${world.cloud.api}/jobs/${idIn(page)}/completion`, 60);
  await page.goBack();
  expect(held).not.toEqual([]);
  holds = false;
  await Promise.all(held.map((route) => route.continue()));
  await items(page).first().getByText('no mail was sent').waitFor();
});

test('what is wrong with an address is said in the dialog, which stays open; nobody is mailed', async () => {
  const guest = await tenant.takeOne();
  const page = await world.open(`/guests/${guest.id}`);
  await page.getByRole('button', { name: 'Reset again' }).click();
  const dialog = dialogOf(page);
  await dialog.getByLabel('Another address').fill('with+plus@fabrikam.example');
  await dialog.getByRole('radio', { name: /^Microsoft mails/ }).check();
  await dialog.getByRole('button', { name: 'Reset this guest' }).click();
  await dialog.getByText('It was not done.').waitFor();
  expect(await dialog.getByRole('alert').innerText()).toContain('does not take the character');
  await expect(seriousFaults(page)).resolves.toEqual([]);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  expect(await tenant.outbox(guest)).toEqual([]);
  expect(await historyOf(guest)).toEqual([]);
});

test('without mail the link stands with the result, to be handed out', async () => {
  const guest = await tenant.takeOne();
  await reset(guest, { sendInvitationMessage: 'false' });
  const page = await world.open(`/guests/${guest.id}`);
  await items(page).first().getByText('no mail was sent').waitFor();
  const details = items(page)
    .first()
    .getByRole('button', { name: /^Details/ });
  await details.click();
  await items(page).first().getByRole('button', { name: 'Copy redeem link' }).click();
  const link = await page.evaluate(async () => navigator.clipboard.readText());
  expect(link).toMatch(/^https:\/\//);
  // A secret: nobody sees it over a shoulder who has not asked for it.
  const isShown = async (): Promise<boolean> => (await page.content()).includes(link.split('?')[0] ?? link);
  expect(await isShown()).toBe(true);
  await details.click();
  expect(await isShown()).toBe(false);
  expect(page.url()).toBe(onPageOf(guest));
  expect(await tenant.outbox(guest)).toEqual([]);
});

test('more of a long history comes on demand, a deleted job is said to be that, and leads nowhere', async () => {
  const guest = await tenant.takeOne();
  // Of what is refused each time the next one is no reset too soon.
  await tenant.order('POST', '/faults', {
    kind: 'invite',
    match: { userId: guest.id },
    status: 400,
    message: 'No <i>such</i> thing.',
    times: 23,
  });
  const jobs: JobAnswer[] = [];
  for (let number = 0; number < 23; number++)
    jobs.push(await reset(guest, { reason: `time ${number}`, sendInvitationMessage: 'false' }));
  const last = jobs.at(-1);
  await fetch(`${world.cloud.api}/jobs/${last?.id}`, { method: 'DELETE' });
  const page = await world.open(`/guests/${guest.id}`);
  await items(page).nth(19).waitFor();
  expect(await items(page).count()).toBe(20);
  const first = items(page).first();
  await first.getByText('(the job is deleted)').waitFor();
  expect(await first.innerText()).toContain('time 22');
  expect(await first.getByRole('link').count()).toBe(0);
  await page.getByRole('button', { name: 'Show more' }).click();
  await items(page).nth(22).waitFor();
  expect(await items(page).nth(22).innerText()).toContain('time 0');
  expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0);
});

test('a guest in a job that has not ended is not erased; else history and results go, and the directory stays', async () => {
  const guest = await tenant.takeOne();
  const { id: job } = await reset(guest, { reason: `asked for by ${guest.mail}` });
  const later = new Date(Date.now() + 3_600_000).toISOString();
  const { id: open, completion } = await submitCsv(
    world.cloud.api,
    `user\n${guest.id}\n`,
    `?${new URLSearchParams({ sendInvitationMessage: 'true', notBefore: later, allowDuplicate: 'true' })}`,
  );
  const page = await world.open(`/guests/${guest.id}`);
  await items(page).first().waitFor();
  await page.getByRole('button', { name: 'Erase history' }).click();
  await dialogOf(page).getByText('An erasure cannot be undone.').waitFor();
  await expect(seriousFaults(page)).resolves.toEqual([]);
  await dialogOf(page).getByRole('button', { name: 'Erase', exact: true }).click();
  await dialogOf(page).getByText(open).waitFor();
  expect(await historyOf(guest)).toHaveLength(1);

  await fetch(`${world.cloud.api}/jobs/${open}/cancel`, { method: 'POST' });
  await completed(completion, 60);
  await dialogOf(page).getByRole('button', { name: 'Erase', exact: true }).dblclick({ noWaitAfter: true });
  await page.getByText('The guest is erased.').waitFor();
  await page.getByText('Nothing was tried for this guest').waitFor();
  expect(await historyOf(guest)).toEqual([]);
  const { body } = await json<{ value: { erased?: boolean }[] }>(`${world.cloud.api}/jobs/${job}/resets`);
  expect(body.value).toMatchObject([{ erased: true }]);
  expect((await tenant.users()).find(({ id }) => id === guest.id)).toMatchObject({ mail: guest.mail });
  await heading(page, guest.displayName).waitFor();
});

test('an erasure that takes longer says by itself when it is over, also to whoever comes back to the page', async () => {
  const guest = await tenant.takeOne();
  await reset(guest, { reason: 'before it is erased' });
  const page = await world.open(`/guests/${guest.id}`);
  await items(page).first().getByText('before it is erased').waitFor();
  await page.route(
    /\/history$/,
    (route) => route.continue({ headers: { ...route.request().headers(), prefer: 'wait=0' } }),
    { times: 1 },
  );
  await page.getByRole('button', { name: 'Erase history' }).click();
  await dialogOf(page).getByRole('button', { name: 'Erase', exact: true }).click();
  await page.getByText('The guest is being erased.').waitFor();
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Jobs' }).click();
  await heading(page, 'Jobs').waitFor();
  await page.goBack();
  await page.getByText('The guest is erased.').waitFor();
  await page.getByText('Nothing was tried for this guest').waitFor();
  expect(await historyOf(guest)).toEqual([]);
});

test('how far an erasure is cannot be told for a while: that is said, and asked for on demand', async () => {
  const guest = await tenant.takeOne();
  const { id: job } = await reset(guest, { reason: 'before it is erased' });
  const page = await world.open(`/guests/${guest.id}`);
  await items(page).first().getByText('before it is erased').waitFor();
  // To whoever will not wait the service says how far it is.
  await page.route(/\/history$/, async (route) =>
    route.continue({ headers: { ...route.request().headers(), prefer: 'wait=0' } }),
  );
  await page.getByRole('button', { name: 'Erase history' }).click();
  const answer = page.waitForResponse(/\/history$/);
  await dialogOf(page).getByRole('button', { name: 'Erase', exact: true }).click();
  expect((await answer).status()).toBe(202);
  const said = page.getByRole('status').filter({ hasText: 'The guest is being erased.' });
  await said.getByText('It goes on by itself, and this says when it is over.').waitFor();
  expect(await page.getByRole('button', { name: 'Erase history' }).count()).toBe(0);
  expect(await said.innerText()).toMatch(/So far \d resets? and \d other texts? in \d jobs?\./);
  expect(await faultsOf(page)).toEqual([]);
  await picture(page, 'guest-being-erased');
  await page.unroute(/\/history$/);
  await page.route(/\/history$/, (route) => route.fulfill({ status: 403, body: 'A gateway forbids it.' }));
  await said.getByText('something in front of it (403)').waitFor();
  await page.unroute(/\/history$/);
  await said.getByRole('button', { name: 'How far is it?' }).click();
  await page.getByText('The guest is erased.').waitFor();
  await page.getByText('Nothing of the guest is left.').waitFor();
  expect(await page.getByRole('button', { name: 'How far is it?' }).count()).toBe(0);
  await page.getByText('Nothing was tried for this guest').waitFor(SOON);
  expect(await historyOf(guest)).toEqual([]);
  // Over, it is not asked for any more: that would erase what comes later.
  const asked: string[] = [];
  page.on('request', (request) => void (request.method() === 'DELETE' && asked.push(request.url())));
  const looked = page.waitForResponse(new RegExp(`/guests/${guest.id}/resets`));
  await page.getByRole('button', { name: 'Look again' }).click();
  await looked;
  expect(asked).toEqual([]);
  const { body } = await json<{ value: { erased?: boolean }[] }>(`${world.cloud.api}/jobs/${job}/resets`);
  expect(body.value).toMatchObject([{ erased: true }]);
});

test('whoever is not found is said to be that, with the way on; what was done for them is still told', async () => {
  const page = await world.open('/guests');
  await lookUp(page, 'Anna Berg');
  await page.getByText('Names are not searched for').waitFor();
  await lookUp(page, 'nobody.here@fabrikam.example');
  await page.getByText('Nobody in the directory has this UPN or mail address').waitFor();
  // The search is kept in the address, where no dot stands in the path.
  await page.reload();
  await page.getByText('Nobody in the directory has this UPN or mail address').waitFor();
  expect(await page.getByRole('searchbox').inputValue()).toBe('nobody.here@fabrikam.example');

  const guest = await tenant.takeOne();
  await reset(guest, { reason: 'before the end' });
  await tenant.change(guest.id, { deleted: true });
  await lookUp(page, guest.id);
  await page.getByText('The directory has nobody with this object id').waitFor();
  await items(page).first().getByText('before the end').waitFor();
  expect(await page.getByRole('button', { name: 'Reset again' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Erase history' }).waitFor();
});

test('what nobody can be called is said under the field, in words, and no older answer stays beside it', async () => {
  const page = await world.open('/guests');
  const box = page.getByRole('searchbox', { name: 'Guest' });
  const isAbout = async (): Promise<string> => {
    const ids = ((await box.getAttribute('aria-describedby')) ?? '').split(' ');
    return (await Promise.all(ids.map((id) => page.locator(`[id="${id}"]`).textContent()))).join(' ');
  };
  await lookUp(page, 'nobody.here@fabrikam.example');
  await page.getByText('Nobody in the directory has this UPN or mail address').waitFor();
  for (const [junk, words] of [
    ['%00', 'Names are not searched for'],
    ['../../x', 'Names are not searched for'],
    ['"', 'Names are not searched for'],
    ['', 'Write whom you look for'],
    ['x'.repeat(5_000), 'That is too long: 5,000 characters'],
    ['"Anna, Berg"@fabrikam.example', 'One guest is looked up at a time'],
    ['anna@fabrikam.example, ben@fabrikam.example', 'One guest is looked up at a time'],
    ['an\u202Ena@fabrikam.example', 'no blank'],
  ] as const) {
    await box.fill(junk);
    await box.press('Enter');
    await expect.poll(isAbout).toContain(words);
    expect(await page.getByRole('main').getByRole('alert').filter({ hasText: 'Nobody' }).count()).toBe(0);
    expect(await box.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await faultsOf(page)).toEqual([]);
  }
  // Refused by the service alone: its words are for whoever writes requests.
  for (const name of ['a%00b@fabrikam.example', '50%25@fabrikam.example', 'anna@-.example']) {
    await box.fill(name);
    await box.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await box.inputValue()).toBe(name);
    expect(await page.getByRole('main').innerText()).not.toMatch(/%23|In a path/);
    await page.reload();
    await page.getByRole('alert').waitFor();
    expect(await box.inputValue()).toBe(name);
  }
  const guest = await tenant.takeOne();
  await box.fill(` “${guest.mail}” `);
  await box.press('Enter');
  await heading(page, guest.displayName).waitFor();
});

test('where several have an address each is named, and leads to its page', async () => {
  const [one, other] = [await tenant.takeOne(), await tenant.takeOne()];
  await tenant.change(other.id, { otherMails: [one.mail] });
  const page = await world.open(`/guests?q=${encodeURIComponent(one.mail)}`);
  await page.getByText('Several users have this address').waitFor();
  await page.getByRole('link', { name: other.id }).click();
  await heading(page, other.displayName).waitFor();
  expect(page.url()).toBe(onPageOf(other));
});

test('of a user who is no guest it tells only that', async () => {
  const member = (await tenant.users()).find(({ creationType, roles }) => creationType === null && roles.length > 0);
  const page = await world.open(`/guests/${member?.id}`);
  await page.getByText('No guest', { exact: true }).waitFor();
  expect(await page.getByRole('main').innerText()).not.toContain(member?.userPrincipalName);
  expect(await page.getByRole('button', { name: 'Reset again' }).count()).toBe(0);
});

test('who looks at many is told to wait, and sees the guest when it is time', async () => {
  const guest = await tenant.takeOne();
  const page = await world.open('/guests');
  const ask = async (): Promise<Response> => fetch(`${world.cloud.api}/guests/${crypto.randomUUID()}`);
  const answers = await Promise.all(Array.from({ length: 60 }, ask));
  const refused = answers.find(({ status }) => status === 429);
  if (refused === undefined) throw new Error('Nobody was told to wait.');
  // The service's own answer to somebody else: on a slow machine it may be one's turn already.
  const said = { status: 429, headers: Object.fromEntries(refused.headers), body: await refused.text() };
  await page.route(/\/api\/guests\//, async (route) => route.fulfill(said), { times: 1 });
  await lookUp(page, guest.mail);
  await page.getByText('Many guests are being looked at now').waitFor();
  await expect(seriousFaults(page)).resolves.toEqual([]);
  await heading(page, guest.displayName).waitFor();
  expect(page.url()).toBe(onPageOf(guest));
});

test('a rehearsal leads from its rows to the guest', async () => {
  const guest = await tenant.takeOne();
  const { id } = await reset(guest, { dryRun: 'true' });
  const page = await world.open(`/rehearsals/${id}`);
  await page.getByRole('button', { name: /Every guest/ }).click();
  await page.getByRole('link', { name: guest.mail }).click();
  await heading(page, guest.displayName).waitFor();
  expect(page.url()).toBe(onPageOf(guest));
});

const HOSTILE = `<img src=x onerror=alert(1)> \u202Egpj.exe ${'W'.repeat(200)}`;

test.each([{}, { dark: true }, { width: 360 }, { width: 360, dark: true }])(
  'whatever the directory says is text, and nobody is shut out: %j',
  async (look) => {
    const guest = await tenant.takeOne();
    await tenant.change(guest.id, { displayName: HOSTILE });
    await reset(guest, { reason: HOSTILE.slice(0, 150), sendInvitationMessage: 'false' });
    const page = await world.open(`/guests/${guest.id}`, look);
    await heading(page, HOSTILE).waitFor();
    await items(page)
      .first()
      .getByRole('button', { name: /^Details/ })
      .click();
    await items(page).first().getByText('Redeem link (a secret)').waitFor();
    expect(await page.locator('main img').count()).toBe(0);
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Copy object id' }).hover();
    await page.getByRole('tooltip').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    for (const name of ['Reset again', 'Erase history']) {
      await page.getByRole('button', { name }).focus();
      await page.keyboard.press('Enter');
      await dialogOf(page).waitFor();
      if (name === 'Reset again') {
        await dialogOf(page)
          .getByLabel('Another address')
          .fill(`${'w'.repeat(60)}@fabrikam.example`);
        await dialogOf(page)
          .getByRole('radio', { name: /^Microsoft mails/ })
          .check();
        await dialogOf(page).getByLabel('Language of the mail').fill('not a language');
        await page.keyboard.press('Tab');
        await dialogOf(page)
          .getByRole('radio', { name: /^It is added to the other mails/ })
          .check();
      }
      expect(await faultsOf(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await dialogOf(page).waitFor({ state: 'hidden' });
      const isBack = page.getByRole('button', { name });
      await expect(isBack.evaluate((element) => element === document.activeElement)).resolves.toBe(true);
    }
    // To ask is not to do it.
    expect(await historyOf(guest)).toHaveLength(1);
  },
);

test.each([{ dark: true }, { width: 360 }])('a search that finds nobody shuts nobody out: %j', async (look) => {
  const page = await world.open(`/guests?q=${encodeURIComponent(`${HOSTILE}@x`)}`, look);
  await page.getByRole('alert').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await lookUp(page, 'nobody@fabrikam.example');
  await page.getByText('Nobody in the directory').waitFor();
  expect(await faultsOf(page)).toEqual([]);
});

test('a directory that asks to wait is said to do so; the history is there meanwhile', async () => {
  const guest = await tenant.takeOne();
  await reset(guest, { reason: 'kept here' });
  await tenant.order('POST', '/faults', { kind: 'any', status: 429, retryAfter: 10 });
  const page = await world.open(`/guests/${guest.id}`);
  await page.getByText('The directory cannot be asked now').waitFor();
  expect(await page.getByRole('alert').innerText()).toMatch(/It is asked again in \d+ s/);
  await items(page).first().getByText('kept here').waitFor();
  await heading(page, guest.displayName).waitFor();
});

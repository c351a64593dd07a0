/** Which address gets the mail, by what a file or an entry said. The outbox of the simulated tenant is the witness. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DirectoryUser } from '../../../local/graph/directory.ts';
import type { JobId } from '../../../shared/domain/ids.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(async () => {
  await service?.stop();
});

/** A guest of the test's own, with an address among the others that is not its mail. */
let guest: DirectoryUser;
let index = 0;
const [OTHER, LAST] = ['other', 'last'].map((name) => () => `${name}${index}@adatum.example`) as [
  () => string,
  () => string,
];
beforeEach(async () => {
  guest = service.graph.guest('Accepted', index++);
  await changeGuest({ otherMails: [OTHER()] });
});

async function changeGuest(changes: object): Promise<void> {
  const { status } = await service.graph.sim('POST', `/users/${guest.id}`, changes);
  expect(status).toBeLessThan(300);
}

/** Where the guest was mailed, in order. */
async function mailed(): Promise<string[]> {
  const { body } = await service.graph.sim('GET', '/mails');
  return (body as { userId: string; to: string }[]).filter(({ userId }) => userId === guest.id).map(({ to }) => to);
}

/** What came of the only reset of a job. */
async function outcome(id: JobId): Promise<object> {
  await service.drain();
  const [reset] = await service.resets(id);
  return { code: reset?.verdict?.code, warnings: reset?.warnings, message: reset?.verdict?.message };
}
const RESET = { code: 'reset', warnings: [] };
const BY_OTHER = { code: 'reset', warnings: ['namedByOtherAddress'] };

const entries: readonly (readonly [string, (said: string) => object])[] = [
  ['user', (user) => ({ user })],
  ['invitedUser.mail', (mail) => ({ invitedUser: { mail } })],
];

describe('an address to invite gets the mail, and names the guest where nothing else does:', () => {
  test.each([
    'Email address to invite [inviteeEmail] Required',
    'invitedUserEmailAddress',
    'Invited User Email Address',
    'invited_user_email-address',
  ])('a column %s', async (column) => {
    expect(await outcome(await service.csvJob(`${column}\n${OTHER()}\n`))).toMatchObject(RESET);
    expect(await mailed()).toEqual([OTHER()]);
  });
  test('invitedUserEmailAddress of an entry', async () => {
    expect(await outcome(await service.job([{ invitedUserEmailAddress: OTHER() }]))).toMatchObject(RESET);
    expect(await mailed()).toEqual([OTHER()]);
  });
  test('a new one beside a column that names the guest, which then has it', async () => {
    const file = `Email,Email address to invite [inviteeEmail] Required\n${guest.mail},${LAST()}\n`;
    expect(await outcome(await service.csvJob(file))).toMatchObject(RESET);
    expect([await mailed(), service.graph.user(guest.id).mail]).toEqual([[LAST()], LAST()]);
  });
  test('not where a partner changes its domain: there it only names the guest', async () => {
    const [local = '', from = ''] = guest.mail?.split('@') ?? [];
    const id = await service.csvJob(
      `[inviteeEmail]\n${guest.mail}\n`,
      `sendInvitationMessage=true&changeEmailDomain=${from}:tailspin.example`,
    );
    expect(await outcome(id)).toMatchObject(RESET);
    expect(await mailed()).toEqual([`${local}@tailspin.example`]);
  });
});

describe('an address that only names the guest sends the mail to its mail, and the reset says so where that is another:', () => {
  test.each(['user', 'mail', 'Email', 'E-mail', 'User ID'])('a column %s', async (column) => {
    expect(await outcome(await service.csvJob(`${column}\n${OTHER()}\n`))).toMatchObject(BY_OTHER);
    expect(await mailed()).toEqual([guest.mail]);
  });
  test.each(entries)('%s of an entry', async (_name, entry) => {
    expect(await outcome(await service.job([entry(OTHER())]))).toMatchObject(BY_OTHER);
    expect(await mailed()).toEqual([guest.mail]);
  });
  test('in the dry run too', async () => {
    const id = await service.csvJob(`user\n${OTHER()}\n`, 'sendInvitationMessage=true&dryRun=true');
    expect(await outcome(id)).toMatchObject({ code: 'wouldReset', warnings: ['namedByOtherAddress'] });
    expect(await mailed()).toEqual([]);
  });
  test('not where it is the mail itself, in whatever case, nor where a partner changes its domain', async () => {
    const id = await service.csvJob(`user\n${guest.mail?.toUpperCase()}\n`);
    expect(await outcome(id)).toMatchObject(RESET);
    const query = 'sendInvitationMessage=true&skipIfResetWithinHours=0&dryRun=true';
    const [, from = ''] = guest.mail?.split('@') ?? [];
    const moving = await service.csvJob(`user\n${OTHER()}\n`, `${query}&changeEmailDomain=${from}:tailspin.example`);
    expect(await outcome(moving)).toMatchObject({ code: 'wouldReset', warnings: ['alreadyPending'] });
  });
});

describe('a guest without mail', () => {
  test('is invited at the address that named it', async () => {
    await changeGuest({ mail: null, otherMails: [OTHER(), LAST()] });
    expect(await outcome(await service.csvJob(`user\n${LAST()}\n`))).toMatchObject(RESET);
    expect([await mailed(), service.graph.user(guest.id).otherMails]).toEqual([[LAST()], [OTHER(), LAST()]]);
  });
  test('is invited at the only address there is, whatever named it', async () => {
    await changeGuest({ mail: null });
    expect(await outcome(await service.csvJob(`id\n${guest.id}\n`))).toMatchObject(RESET);
    expect(await mailed()).toEqual([OTHER()]);
  });
  test('is not invited where it has several, which are listed', async () => {
    await changeGuest({ mail: null, otherMails: [OTHER(), LAST()] });
    const ended = await outcome(await service.csvJob(`id\n${guest.id}\n`));
    expect(ended).toMatchObject({ code: 'noAddress', message: expect.stringContaining(`${OTHER()}, ${LAST()}`) });
    expect(await mailed()).toEqual([]);
  });
  test('gets the address of its own in the new domain of its partner', async () => {
    await changeGuest({ mail: null });
    const query = 'sendInvitationMessage=true&changeEmailDomain=adatum.example:tailspin.example';
    expect(await outcome(await service.csvJob(`id\n${guest.id}\n`, query))).toMatchObject(RESET);
    expect(await mailed()).toEqual([OTHER().replace('adatum', 'tailspin')]);
  });
});

describe('columns that name another guest', () => {
  test.each(['', '&dryRun=true'])('end the row before any mail (%s)', async (more) => {
    const stranger = service.graph.special('externalMember');
    const id = await service.csvJob(
      `Object ID,mail\n${guest.id},${stranger.mail}\n`,
      `sendInvitationMessage=true${more}`,
    );
    expect(await outcome(id)).toMatchObject({
      code: 'selectorsDisagree',
      message: expect.stringContaining(stranger.mail ?? ''),
    });
    expect([await mailed(), await service.mailsTo(stranger.id)]).toEqual([[], 0]);
  });
  test('end an entry too', async () => {
    const id = await service.job([{ invitedUser: { id: guest.id, mail: 'nobody@adatum.example' } }]);
    expect(await outcome(id)).toMatchObject({ code: 'selectorsDisagree' });
    expect(await mailed()).toEqual([]);
  });
  test('do not where the address is one of the guest, whichever', async () => {
    const file =
      'id,User principal ' +
      `name,E-mail,user\n${guest.id},${guest.userPrincipalName},${OTHER().toUpperCase()},${guest.mail}\n`;
    expect(await outcome(await service.csvJob(file))).toMatchObject(RESET);
    expect(await mailed()).toEqual([guest.mail]);
  });
});

describe('an address that the invitation service does not take', () => {
  test.each(['', '&dryRun=true'])('is not promised, where it is the mail of the guest (%s)', async (more) => {
    await changeGuest({ mail: `o’neil${index}@adatum.example` });
    const id = await service.csvJob(`id\n${guest.id}\n`, `sendInvitationMessage=true${more}`);
    expect(await outcome(id)).toMatchObject({
      code: 'addressNotValid',
      message: expect.stringContaining('U+2019 ’ in'),
    });
    expect(await mailed()).toEqual([]);
  });
  test('is not promised, where it is derived from the mail of the guest', async () => {
    await changeGuest({ mail: `josé${index}@adatum.example` });
    const query = 'sendInvitationMessage=true&dryRun=true&changeEmailDomain=adatum.example:tailspin.example';
    expect(await outcome(await service.csvJob(`id\n${guest.id}\n`, query))).toMatchObject({ code: 'addressNotValid' });
  });
});

test('an address with letters beyond ASCII in its domain is invited with its A-label, which the reset says', async () => {
  const [said, invited] = [`anna${index}@bücher.example`, `anna${index}@xn--bcher-kva.example`];
  const id = await service.job([{ user: guest.id, invitedUserEmailAddress: said }]);
  expect(await outcome(id)).toMatchObject({ code: 'reset', warnings: ['internationalDomain'] });
  expect([await mailed(), service.graph.user(guest.id).mail]).toEqual([[invited], invited]);
});

describe('a domain with letters beyond ASCII is the same as its A-label', () => {
  const moved = () => `${guest.mail?.split('@')[0]}@xn--bcher-kva.example`;
  const move = (domains: string) =>
    service.csvJob(`id\n${guest.id}\n`, `sendInvitationMessage=true&changeEmailDomain=${encodeURIComponent(domains)}`);

  test('where a partner moves to it, and Graph takes the invitation at the second try only', async () => {
    await service.fault({ status: 429, retryAfter: 2, match: { userId: guest.id } });
    expect(await outcome(await move('adatum.example:Bücher.example'))).toMatchObject({
      code: 'reset',
      warnings: ['internationalDomain'],
    });
    expect([await mailed(), service.graph.user(guest.id).mail]).toEqual([[moved()], moved()]);
  });
  test('where a partner leaves it', async () => {
    await changeGuest({ mail: moved() });
    expect(await outcome(await move('bücher.example:adatum.example'))).toMatchObject(RESET);
    expect(await mailed()).toEqual([moved().replace('xn--bcher-kva', 'adatum')]);
  });
});

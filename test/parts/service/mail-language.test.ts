/** In which language Microsoft is asked to mail a guest, as the simulated tenant's outbox has it. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DirectoryUser } from '../../../local/graph/directory.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(async () => {
  await service?.stop();
});

/** Guests who prefer these languages; null for none. */
const guestsWho = (...languages: readonly (string | null)[]): Promise<DirectoryUser[]> =>
  Promise.all(
    languages.map(async (preferredLanguage, index) => {
      const guest = service.graph.guest('Accepted', index);
      await service.graph.sim('POST', `/users/${guest.id}`, { preferredLanguage });
      return guest;
    }),
  );
/** Of each mail, by whom it went to; the tenant's own language where none was asked for. */
const languages = async (guests: readonly DirectoryUser[]): Promise<(string | undefined)[]> => {
  const { body } = await service.graph.sim('GET', '/mails');
  const mails = body as { userId: string; messageLanguage: string }[];
  return guests.map(({ id }) => mails.find(({ userId }) => userId === id)?.messageLanguage);
};
const invitations = async (): Promise<number> =>
  ((await service.graph.sim('GET', '/stats')).body as { requests: { invite: number } }).requests.invite;

/** Some refusal that names no language: what Graph says to one that it does not know is not documented. */
const REFUSED = { status: 400, code: 'BadRequest', message: 'Invalid value specified for a property.' };

test('a guest is mailed in the language that the reset says, else the job, else in the one that the guest prefers', async () => {
  const [one, two, three, four, five] = await guestsWho('de-DE', 'fr', null, 'Germanic!', 'en_US.utf8');
  const [six] = [service.graph.guest('Accepted', 5)];
  const said = { invitedUserMessageInfo: { messageLanguage: 'it-IT' } };
  const guests = [one, two, three, four, five, six].filter((guest) => guest !== undefined);
  const id = await service.job(guests.map(({ id: user }) => ({ user, ...(user === six?.id && said) })));
  await service.drain();
  expect(await languages(guests)).toEqual(['de-DE', 'fr', 'en-US', 'en-US', 'en-US', 'it-IT']);
  expect((await service.resets(id)).map(({ sent }) => sent?.messageLanguage)).toEqual([
    'de-DE',
    'fr',
    undefined,
    undefined,
    undefined,
    'it-IT',
  ]);
});

test("the job's language counts more than the guest's", async () => {
  const guests = await guestsWho('de-DE');
  await service.job(
    guests.map(({ id: user }) => ({ user })),
    { sendInvitationMessage: true, messageLanguage: 'nl' },
  );
  await service.drain();
  expect(await languages(guests)).toEqual(['nl']);
});

test('none is added to a message of the caller’s own, nor where nobody is mailed', async () => {
  const [one, two] = await guestsWho('de-DE', 'fr-FR');
  const id = await service.job([
    { user: one?.id, invitedUserMessageInfo: { customizedMessageBody: 'Welcome back.' } },
    { user: two?.id, sendInvitationMessage: false },
  ]);
  await service.drain();
  expect(await languages([one, two].filter((guest) => guest !== undefined))).toEqual(['en-US', undefined]);
  expect((await service.resets(id)).map(({ status, sent }) => [status, sent?.messageLanguage])).toEqual([
    ['succeeded', undefined],
    ['succeeded', undefined],
  ]);
});

test('a refused invitation is sent once more without the language that was added, whoever does that', async () => {
  const guests = await guestsWho('tlh');
  await service.fault(REFUSED);
  const id = await service.job(guests.map(({ id: user }) => ({ user })));
  await service.step();
  expect(await service.resets(id)).toMatchObject([{ status: 'pending', attempts: 1 }]);
  await service.drain();
  expect([await languages(guests), await invitations()]).toEqual([['en-US'], 2]);
  const [reset] = await service.resets(id);
  expect(reset).toMatchObject({ status: 'succeeded', attempts: 2 });
  expect(reset?.sent).not.toHaveProperty('messageLanguage');
});

test('refused without it as well, the reset has failed with what Graph said', async () => {
  const guests = await guestsWho('de-DE');
  await service.fault({ ...REFUSED, times: 100 });
  const id = await service.job(guests.map(({ id: user }) => ({ user })));
  await service.drain();
  expect(await service.resets(id)).toMatchObject([
    { status: 'failed', verdict: { code: 'requestRefused', message: expect.stringContaining(REFUSED.message) } },
  ]);
  expect(await invitations()).toBe(2);
});

test('a language that somebody said is never left out, and an address that was refused says nothing of it', async () => {
  const [one, two] = await guestsWho('de-DE', 'fr-FR');
  await service.fault({ ...REFUSED, match: { userId: one?.id } });
  await service.fault({ ...REFUSED, kind: 'patchUser', match: { userId: two?.id } });
  const id = await service.job([
    { user: one?.id, invitedUserMessageInfo: { messageLanguage: 'de-DE' } },
    { user: two?.id, invitedUserEmailAddress: 'new@adatum.example' },
  ]);
  await service.drain();
  expect((await service.resets(id)).map(({ status }) => status)).toEqual(['failed', 'failed']);
  expect(await invitations()).toBe(1);
});

test('a rehearsal tells the language, and an answer without the guest’s is whole all the same', async () => {
  const [one, two] = await guestsWho('de-DE', 'fr-FR');
  await service.fault({ kind: 'getUser', without: ['preferredLanguage'], match: { userId: two?.id } });
  const id = await service.job([{ user: one?.id }, { user: two?.id }], { sendInvitationMessage: true, dryRun: true });
  await service.drain();
  expect((await service.resets(id)).map(({ would }) => would)).toEqual([
    { mailTo: one?.mail, messageLanguage: 'de-DE' },
    { mailTo: two?.mail },
  ]);
});

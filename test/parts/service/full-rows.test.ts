/** Rows that grow as far as they can, in a table store that has the limits of the real one. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CHUNK_MAX_CHARS, CHUNK_MAX_RESETS } from '../../../shared/domain/chunk/chunk.ts';
import { jsonLength } from '../../../shared/domain/reset/json-length.ts';
import { startSending, succeed } from '../../../shared/domain/reset/changes.ts';
import type { ResetRecord } from '../../../shared/domain/reset/reset.ts';
import { reconcile } from '../../../shared/usecases/repair/reconcile.ts';
import { chunk, NOW, pending, plan, request } from '../../unit/domain/records.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(async () => {
  await service?.stop();
});

const GUESTS = 20;
/** Source: Graph documentation of `otherMails`: 250 values of at most 250 characters. */
const LONG_CHARS = 250;
/** As long as its parts may be: the local part 64 characters, each label of the domain 63. */
const address = (guest: number, index: number): string => {
  const localPart = `a${guest}b${index}`.padEnd(64, 'x');
  const labels = ['y'.repeat(63), 'y'.repeat(63), 'y'.repeat(LONG_CHARS - 64 - 2 * 64 - '@.example'.length)];
  return `${localPart}@${labels.join('.')}.example`;
};

/** Guests to whom somebody else has given so many other addresses, as long as they may be. */
async function guestsWithAddresses(count: number): Promise<readonly { readonly id: string }[]> {
  const guests = Array.from({ length: GUESTS }, (_, index) => service.graph.guest('Accepted', index));
  for (const [guest, { id }] of guests.entries())
    await service.graph.sim('POST', `/users/${id}`, {
      otherMails: Array.from({ length: count }, (_, index) => address(guest, index)),
    });
  return guests;
}

const withNewAddress = (guests: readonly { readonly id: string }[], name = 'new') =>
  guests.map(({ id }, index) => ({ user: id, invitedUserEmailAddress: `${name}${index}@adatum.example` }));

const patches = async (): Promise<number> =>
  ((await service.graph.sim('GET', '/stats')).body as { requests: { patchUser: number } }).requests.patchUser;

test('twenty guests with as many long addresses as the directory takes are all reset, and keep them', async () => {
  const guests = await guestsWithAddresses(249);
  const id = await service.job(withNewAddress(guests));
  await service.drain();
  expect((await service.resets(id)).map(({ status }) => status)).toEqual(guests.map(() => 'succeeded'));
  for (const guest of guests) {
    expect(service.graph.user(guest.id).otherMails).toHaveLength(250);
    expect(await service.mailsTo(guest.id)).toBe(1);
  }
});

test('a guest who would have more addresses than the directory takes ends before anything is sent', async () => {
  const guests = await guestsWithAddresses(250);
  const id = await service.job(withNewAddress(guests));
  await service.drain();
  expect((await service.resets(id)).map(({ status, verdict }) => [status, verdict?.code])).toEqual(
    guests.map(() => ['failed', 'tooManyAddresses']),
  );
  expect([await patches(), await service.mailsTo(guests[0]?.id ?? '')]).toEqual([0, 0]);
});

test('a guest whose addresses are too many only with those of a change that nobody can read yet ends so, too', async () => {
  const [guest] = await guestsWithAddresses(249);
  await service.graph.sim('POST', '/lag', { minMs: 400_000, maxMs: 400_000 });
  await service.graph.sim('POST', '/faults', {
    kind: 'invite',
    status: 403,
    message: 'This invitation is blocked by cross-tenant access settings.',
  });
  const options = { sendInvitationMessage: true, addEmailTo: 'otherMails' };
  const one = { user: guest?.id ?? '', invitedUserEmailAddress: 'one@adatum.example' };
  await service.job([one], options);
  await service.drain();
  const second = await service.job([{ ...one, invitedUserEmailAddress: 'two@adatum.example' }], options);
  await service.drain();
  expect((await service.resets(second))[0]).toMatchObject({
    status: 'failed',
    verdict: { code: 'tooManyAddresses' },
  });
  expect([await patches(), await service.mailsTo(guest?.id ?? '')]).toEqual([1, 0]);
});

test('addresses without end, which no directory should have, end the reset and not the service', async () => {
  const guest = service.graph.guest('Accepted');
  await service.graph.sim('POST', `/users/${guest.id}`, {
    otherMails: Array.from({ length: 200 }, (_, index) => `${`a${index}`.padEnd(4_000, 'x')}@f.example`),
  });
  const id = await service.job(withNewAddress([guest]));
  await service.drain();
  await reconcile(service.deps);
  expect((await service.resets(id))[0]).toMatchObject({ status: 'failed', verdict: { code: 'tooManyAddresses' } });
});

test('rows are measured as the table holds them, so that what is taken in can be written', async () => {
  // A letter that ends lines for some parsers: the row holds it as six characters.
  const resets = (letters: number) =>
    Array.from({ length: GUESTS }, (_, index) => ({
      user: `guest${index}@partner.example`,
      invitedUserMessageInfo: { customizedMessageBody: `x${'\u2028'.repeat(letters)}` },
    }));
  expect(await service.submit(resets(4_900), { sendInvitationMessage: false })).toMatchObject({
    kind: 'refused',
    problem: { errorCount: GUESTS, errors: expect.arrayContaining([expect.objectContaining({ code: 'rowTooLong' })]) },
  });
  const id = await service.job(resets(2_600), { sendInvitationMessage: false });
  await service.drain();
  expect((await service.resets(id)).map(({ verdict }) => verdict?.code)).toEqual(resets(0).map(() => 'guestNotFound'));
});

test('a chunk of the largest requests with the largest results fits its row', async () => {
  const row = Math.floor(CHUNK_MAX_CHARS / CHUNK_MAX_RESETS);
  const long = 'x'.repeat(100_000);
  const record = (index: number): ResetRecord => {
    const bare = { ...request(index), reference: '' };
    const largest = { ...bare, reference: 'r'.repeat(row - jsonLength(bare)) };
    const sent = startSending(
      { ...pending(), request: largest },
      plan(index, { state: { ...plan().state, userPrincipalName: long, mail: long }, asksMail: false }),
      { id: 'attempt', quietUntil: NOW, graphDate: NOW },
      NOW,
    );
    return succeed(
      sent,
      {
        verdict: { code: 'requestRefused', message: long, nextStep: long },
        invitation: { id: long, inviteRedeemUrl: 'u'.repeat(8_000) },
        after: { userPrincipalName: long, mail: long },
        requestId: long,
        attempts: 1,
      },
      NOW,
    );
  };
  const full = { ...chunk(), resets: Array.from({ length: CHUNK_MAX_RESETS }, (_, index) => record(index + 1)) };
  const inserts = service.deps.chunks.inserts(async () => undefined);
  await inserts.add(full);
  await inserts.flush();
  const stored = await service.deps.chunks.read(full.jobId, 0);
  expect(stored?.value.resets.map(({ inviteRedeemUrl }) => inviteRedeemUrl?.length)).toEqual(
    full.resets.map(() => 8_000),
  );
});

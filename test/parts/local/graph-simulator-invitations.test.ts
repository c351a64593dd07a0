import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { resetBody, startTestGraph, type TestGraph } from './graph-simulator-calls.ts';

let graph: TestGraph;
beforeEach(async () => {
  graph = await startTestGraph();
});
afterEach(() => graph.simulator.close());

const badRequest = (message: string) => ({ status: 400, body: { error: { code: 'BadRequest', message } } });

describe('a reset', () => {
  test.each(['Accepted', 'PendingAcceptance', null] as const)(
    'makes a guest pending whose state is %s, and keeps id, name and groups',
    async (state) => {
      const before = graph.guest(state);
      const began = Math.floor(Date.now() / 1000) * 1000;
      const reply = await graph.invite(resetBody(before));
      expect(reply).toMatchObject({
        status: 201,
        body: {
          id: expect.any(String),
          inviteRedeemUrl: expect.stringContaining(before.id),
          status: 'PendingAcceptance',
          resetRedemption: true,
          invitedUser: { id: before.id },
        },
      });
      const after = graph.user(before.id);
      expect(after).toEqual({
        ...before,
        resets: 1,
        externalUserState: 'PendingAcceptance',
        externalUserStateChangeDateTime: expect.any(String),
      });
      expect(Date.parse(after.externalUserStateChangeDateTime ?? '')).toBeGreaterThanOrEqual(began);
    },
  );

  test('done twice gives two change times and two redeem URLs', async () => {
    const guest = graph.guest();
    const first = await graph.invite(resetBody(guest));
    const { externalUserStateChangeDateTime } = graph.user(guest.id);
    const second = await graph.invite(resetBody(guest));
    expect(graph.user(guest.id).externalUserStateChangeDateTime).not.toBe(externalUserStateChangeDateTime);
    expect((first.body as { inviteRedeemUrl: string }).inviteRedeemUrl).not.toBe(
      (second.body as { inviteRedeemUrl: string }).inviteRedeemUrl,
    );
    expect(graph.user(guest.id).resets).toBe(2);
  });

  test('works for an external member and for a disabled guest', async () => {
    for (const user of [graph.special('externalMember'), graph.special('disabledGuest')]) {
      expect((await graph.invite(resetBody(user))).status).toBe(201);
      expect(graph.user(user.id)).toMatchObject({
        externalUserState: 'PendingAcceptance',
        userType: user.userType,
        accountEnabled: user.accountEnabled,
      });
    }
  });

  test('takes an address from otherMails, without regard to case', async () => {
    const guest = graph.special('guestWithoutMail');
    expect(
      (await graph.invite(resetBody(guest, { invitedUserEmailAddress: guest.otherMails[0]?.toUpperCase() }))).status,
    ).toBe(201);
  });

  test('is refused for an address that the user does not have, until it is added', async () => {
    const guest = graph.guest();
    const body = resetBody(guest, { invitedUserEmailAddress: 'new@tailspin.example' });
    expect(await graph.invite(body)).toMatchObject(
      badRequest(
        'The email you’re using to invite this user doesn’t match any emails on the user object. Please add this ' +
          'email to the user object and try again.',
      ),
    );
    expect(graph.user(guest.id)).toEqual(guest);
    await graph.call('PATCH', `/v1.0/users/${guest.id}`, { mail: 'new@tailspin.example' });
    expect((await graph.invite(body)).status).toBe(201);
  });

  test('is refused for the holder of a directory role', async () => {
    for (const user of [graph.special('roleHolder'), graph.special('internalAdministrator')]) {
      expect(await graph.invite(resetBody(user))).toMatchObject({
        status: 403,
        body: { error: { code: 'Forbidden', message: 'Generic authorization exception.' } },
      });
      expect(graph.user(user.id)).toEqual(user);
    }
  });

  test('is refused for nobody', async () => {
    const body = resetBody({ ...graph.guest(), id: '99999999-9999-4999-8999-999999999999' });
    expect(await graph.invite(body)).toMatchObject({
      status: 404,
      body: { error: { code: 'Request_ResourceNotFound' } },
    });
  });
});

test.each(['internalMember', 'internalGuest'] as const)(
  'an invitation for an %s converts the account, and the statistics tell',
  async (category) => {
    const before = graph.special(category);
    expect((await graph.invite(resetBody(before))).status).toBe(201);
    expect(graph.user(before.id)).toMatchObject({
      userType: 'Guest',
      creationType: 'Invitation',
      externalUserState: 'PendingAcceptance',
      identities: [{ signInType: 'federated', issuer: 'mail' }, { signInType: 'userPrincipalName' }],
      userPrincipalName: before.userPrincipalName,
    });
    expect((await graph.sim('GET', '/stats')).body).toMatchObject({ internalConversions: 1 });
  },
);

describe('a body', () => {
  test.each([
    ['invitedUserEmailAddress', { invitedUserEmailAddress: undefined }],
    ['inviteRedirectUrl', { inviteRedirectUrl: undefined }],
    ['invitedUser', { invitedUser: undefined }],
    ['sendInvitationMessage', { sendInvitationMessage: 'yes' }],
  ])('without a proper %s is refused', async (property, change) => {
    expect(await graph.invite(resetBody(graph.guest(), change))).toMatchObject(
      badRequest(`Invalid value specified for property '${property}' of resource 'Invitation'.`),
    );
  });

  test('with an unknown property is refused', async () => {
    const reply = await graph.invite(resetBody(graph.guest(), { resetRedemtion: true }));
    expect(reply).toMatchObject({
      status: 400,
      body: {
        error: {
          message: expect.stringContaining("'resetRedemtion' does not exist on type 'microsoft.graph.invitation'"),
        },
      },
    });
  });

  test.each(Array.from('~!#$%^&*()+=[]{}\\/|;:"<>?,`’éа'))(
    'with the character %s in the address is refused',
    async (character) => {
      const guest = graph.guest();
      const address = `an${character}na@fabrikam.example`;
      await graph.sim('POST', `/users/${guest.id}`, { mail: address });
      expect(await graph.invite(resetBody(guest, { invitedUserEmailAddress: address }))).toMatchObject(
        badRequest('The Primary SMTP Address is an invalid value.'),
      );
      expect(graph.user(guest.id).resets).toBe(0);
    },
  );

  test.each([
    '.anna@a.example',
    'anna.@a.example',
    '-anna@a.example',
    'anna-@a.example',
    'anna',
    '@a.example',
    'a@b@c.example',
    'a..b@c.example',
    "'anna@a.example",
    "anna'@a.example",
    `${'a'.repeat(65)}@a.example`,
    'anna@-a.example',
    'anna@a-.example',
    'anna@192.0.2.1',
    'anna@bücher.example',
  ])('with the address %s is refused', async (address) => {
    const guest = graph.guest();
    await graph.sim('POST', `/users/${guest.id}`, { mail: address });
    expect(await graph.invite(resetBody(guest, { invitedUserEmailAddress: address }))).toMatchObject(
      badRequest('The Primary SMTP Address is an invalid value.'),
    );
  });

  test('may name one recipient in copy, or none as the documentation writes it, but not two', async () => {
    const to = (...addresses: (string | null)[]) => ({
      sendInvitationMessage: true,
      invitedUserMessageInfo: { ccRecipients: addresses.map((address) => ({ emailAddress: { name: null, address } })) },
    });
    expect((await graph.invite(resetBody(graph.guest(), to(null)))).status).toBe(201);
    expect((await graph.invite(resetBody(graph.guest(), to('chief@fabrikam.example')))).status).toBe(201);
    expect((await graph.invite(resetBody(graph.guest(), to('a@fabrikam.example', 'b@fabrikam.example')))).status).toBe(
      400,
    );
    expect((await graph.sim('GET', '/mails')).body).toMatchObject([
      { ccRecipient: null },
      { ccRecipient: 'chief@fabrikam.example' },
    ]);
  });
});

describe('the outbox', () => {
  test('holds one mail for each invitation that asked for it, without the custom message', async () => {
    const guest = graph.guest();
    await graph.invite(resetBody(guest));
    const info = { messageLanguage: 'fr-FR', customizedMessageBody: 'Bonjour', ccRecipients: [] };
    await graph.invite(resetBody(guest, { sendInvitationMessage: true, invitedUserMessageInfo: info }));
    expect((await graph.sim('GET', '/mails')).body).toEqual([
      {
        userId: guest.id,
        to: guest.mail,
        at: expect.any(String),
        messageLanguage: 'fr-FR',
        customMessage: null,
        ccRecipient: null,
      },
    ]);
  });

  test('holds nothing for an invitation that was refused', async () => {
    await graph.invite(resetBody(graph.special('roleHolder'), { sendInvitationMessage: true }));
    expect((await graph.sim('GET', '/mails')).body).toEqual([]);
  });
});

describe('a plain invitation', () => {
  const plain = (address: string) => ({
    invitedUserEmailAddress: address,
    inviteRedirectUrl: 'https://myapps.example',
    sendInvitationMessage: true,
  });

  test('creates a pending guest', async () => {
    const reply = await graph.invite(plain('eve@tailspin.example'));
    expect(reply.status).toBe(201);
    const { invitedUser } = reply.body as { invitedUser: { id: string } };
    expect(graph.user(invitedUser.id)).toMatchObject({
      userPrincipalName: 'eve_tailspin.example#EXT#@contoso.onmicrosoft.example',
      mail: 'eve@tailspin.example',
      userType: 'Guest',
      externalUserState: 'PendingAcceptance',
      creationType: 'Invitation',
    });
  });

  test('for somebody who is there invites again and changes nothing', async () => {
    const guest = graph.guest();
    expect((await graph.invite(plain(String(guest.mail)))).body).toMatchObject({ invitedUser: { id: guest.id } });
    expect(graph.user(guest.id)).toEqual(guest);
  });
});

test('redeeming makes a guest accepted, with a change time of its own', async () => {
  const guest = graph.guest('PendingAcceptance');
  const reply = await graph.sim('POST', '/redeem', { userId: guest.id });
  expect(reply.body).toMatchObject({
    externalUserState: 'Accepted',
    identities: [{ signInType: 'federated' }, { signInType: 'userPrincipalName' }],
  });
  expect(graph.user(guest.id).externalUserStateChangeDateTime).not.toBe(guest.externalUserStateChangeDateTime);
  expect((await graph.sim('POST', '/redeem', { userId: 'nobody' })).status).toBe(404);
});

import { expect, test } from 'vitest';
import { guestView } from '../../../../shared/domain/api/guest-view.ts';
import { end, rehearse } from '../../../../shared/domain/reset/changes.ts';
import { NOT_EXTERNAL, notFound } from '../../../../shared/domain/reset/preflight-verdicts.ts';
import { GUEST_ID, NOW, pending, plan, user } from '../records.ts';

const resettable = rehearse(pending(), plan(), NOW);
const refused = end(pending(), 'failed', { verdict: notFound({ by: 'id', value: GUEST_ID }) }, NOW);

test('what Graph says with null, or did not say, is left out', () => {
  const empty = user({
    userPrincipalName: null,
    userType: null,
    mail: null,
    otherMails: null,
    accountEnabled: null,
    externalUserState: null,
    externalUserStateChangeDateTime: null,
    displayName: null,
  });
  expect(guestView(empty, resettable, NOW)).toEqual({
    id: GUEST_ID,
    readAt: new Date(NOW).toISOString(),
    resettable: true,
  });
});

test.each(['', 'yesterday', '2026-13-45T00:00:00Z', '<b>'])('a time that is none (%j) is left out', (text) => {
  const view = guestView(user({ externalUserStateChangeDateTime: text, createdDateTime: text }), resettable, NOW);
  expect(view).not.toHaveProperty('externalUserStateChangeDateTime');
  expect(view).not.toHaveProperty('createdDateTime');
});

test('a false is no nothing', () => {
  expect(guestView(user({ accountEnabled: false }), resettable, NOW)).toMatchObject({ accountEnabled: false });
});

test('why not is told with what to do; of whoever can be reset there is no code', () => {
  expect(guestView(user(), refused, NOW)).toMatchObject({
    resettable: false,
    code: 'guestNotFound',
    message: expect.any(String),
    nextStep: expect.any(String),
  });
  expect(guestView(user(), resettable, NOW)).not.toHaveProperty('code');
});

test('of who is not external neither names nor addresses are told', () => {
  const view = guestView(user({ userType: 'Member' }), end(pending(), 'failed', { verdict: NOT_EXTERNAL }, NOW), NOW);
  expect(JSON.stringify(view)).not.toMatch(/@|fabrikam/);
  expect(view).toMatchObject({ id: GUEST_ID, userType: 'Member', resettable: false, code: 'notExternal' });
});

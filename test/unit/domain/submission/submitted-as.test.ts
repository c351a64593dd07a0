import { expect, test } from 'vitest';
import { erasedReset } from '../../../../shared/domain/reset/erased.ts';
import { submittedAsIn } from '../../../../shared/domain/submission/submitted-as.ts';
import { end } from '../../../../shared/domain/reset/changes.ts';
import { NOW, pending, request } from '../records.ts';

const UPN = 'anna_fabrikam.example#EXT#@contoso.example';
const input = ['ada', UPN, ' ', 'Anna Berg', 'Sales'];
const verdict = { code: 'guestNotFound', message: 'Nobody.' } as const;
const columns = ['id', 'User principal name', 'UPN', 'Display name', 'Department'];

test('of a CSV it is what stands in the columns of names, whatever they are called, and never in another', () => {
  const found = submittedAsIn(columns)(request(1, { input, alsoSaid: ['anna@fabrikam.example'] }));
  expect(found).toEqual({ userPrincipalName: UPN, mail: 'anna@fabrikam.example', displayName: 'Anna Berg' });
});

test('the name that is meant for the guest goes before the one that a directory has', () => {
  const named = request(1, { input, invitedUserDisplayName: 'Anna B.' });
  expect(submittedAsIn(columns)(named)?.displayName).toBe('Anna B.');
});

test('of another format it is the address and the name that the entry has beside', () => {
  const find = submittedAsIn();
  expect(find(request(1, { alsoSaid: ['anna@fabrikam.example'] }))).toEqual({ mail: 'anna@fabrikam.example' });
  expect(find(request(1, { invitedUserDisplayName: 'Anna' }))).toEqual({ displayName: 'Anna' });
});

test('it says nothing twice, and nothing where there is no more than the name', () => {
  const selector = { by: 'userPrincipalName', value: UPN } as const;
  expect(submittedAsIn(columns)(request(1, { selector, input: ['', UPN, '', '', 'Sales'] }))).toBeUndefined();
  expect(submittedAsIn()(request())).toBeUndefined();
});

test('nothing of it is left of a guest who was erased', () => {
  const ended = end(
    pending(1, { request: request(1, { input, invitedUserDisplayName: 'Anna' }) }),
    'failed',
    { verdict },
    NOW,
  );
  expect(submittedAsIn(columns)(ended.request)).toBeDefined();
  expect(submittedAsIn(columns)(erasedReset(ended).request)).toBeUndefined();
});

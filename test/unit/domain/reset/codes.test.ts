import { describe, expect, test } from 'vitest';
import { decidePreflight, type PreflightSettings } from '../../../../shared/domain/reset/preflight.ts';
import {
  ADDRESS_NOT_ON_USER,
  addressWantedTwice,
  holdsRole,
  SAME_GUEST_TWICE,
} from '../../../../shared/domain/reset/preflight-verdicts.ts';
import { addressTaken } from '../../../../shared/domain/reset/new-address.ts';
import { end, rehearse, succeed } from '../../../../shared/domain/reset/changes.ts';
import { isRetryable, RESET_CODES } from '../../../../shared/domain/reset/codes.ts';
import { resetView } from '../../../../shared/domain/api/reset-view.ts';
import type { ResetRecord, Verdict } from '../../../../shared/domain/reset/reset.ts';
import { NOW, pending, plan, request, sending, user, WINDOW } from '../records.ts';

const open = { showsRedeemUrl: true, redeemUrlsSince: 0 };
const retryable = (record: ResetRecord): unknown => resetView(record, open)['retryable'];
const ended = (verdict: Verdict): unknown => retryable(end(pending(), 'failed', { verdict }, NOW));

const settings: PreflightSettings = {
  jobDefaults: { sendInvitationMessage: true },
  defaultRedirectUrl: 'https://myapps.example',
  window: WINDOW,
};
/** What preflight says of a guest like this, asked for like that. */
function preflight(
  found: Parameters<typeof user>[0],
  asked: Parameters<typeof request>[1] = {},
  more: Partial<PreflightSettings> = {},
): unknown {
  const decided = decidePreflight(
    pending(1, { request: request(1, asked) }),
    { kind: 'user', user: user(found) },
    { ...settings, ...more },
  );
  return decided.kind === 'send' ? 'sent' : ended(decided.verdict);
}

describe('whether the unchanged request can succeed later', () => {
  test('is so where something outside of it can be mended: a role, another user, an address of the guest, a setting', () => {
    for (const verdict of [
      holdsRole('Reports Reader'),
      addressTaken([{ id: 'a', kind: 'guest', properties: ['mail'] }]),
      ADDRESS_NOT_ON_USER,
    ])
      expect([verdict.code, ended(verdict)]).toEqual([verdict.code, true]);
    expect(preflight({}, {}, { allowedEmailDomains: ['adatum.example'] })).toBe(true);
  });
  test('is not so where the request must say something else', () => {
    expect([ended(addressWantedTwice(7)), ended(SAME_GUEST_TWICE)]).toEqual([false, false]);
    expect([
      preflight({ mail: null }),
      preflight({}, { invitedUserEmailAddress: 'a+b@fabrikam.example' }),
      preflight({ externalUserState: null, creationType: null, identities: [] }),
      preflight({ mail: 'a@litware.example' }, {}, { changeEmailDomain: { from: 'x.example', to: 'y.example' } }),
    ]).toEqual([false, false, false, false]);
  });
  test('is not told of a success, nor of what has not ended', () => {
    const verdict: Verdict = { code: 'reset', message: 'Done.' };
    for (const record of [
      succeed(sending(), { verdict, attempts: 1 }, NOW),
      rehearse(pending(), plan(), NOW),
      pending(1, { verdict: { code: 'throttled', message: 'Later.' } }),
    ])
      expect(resetView(record, open)).not.toHaveProperty('retryable');
  });
});

test('every code of a reset says what it means, and no two the same', () => {
  const meanings = Object.values(RESET_CODES).map(({ meaning }) => meaning);
  expect(new Set(meanings).size).toBe(meanings.length);
  for (const meaning of meanings) expect(meaning).toMatch(/^[^ ].+\.$/);
  expect(isRetryable('reset')).toBeUndefined();
});

import { describe, expect, test } from 'vitest';
import { afterLateLook } from '../../../../shared/domain/reset/after-answer.ts';
import { decideDoubt, effectOf, hasChangedSince, redeemedSince } from '../../../../shared/domain/reset/doubt.ts';
import type { ResetRecord, SentRecord } from '../../../../shared/domain/reset/reset.ts';
import { NOW, pending, plan, SECOND, sending, user } from '../records.ts';

const LATER = NOW + 200 * SECOND;
const at = (milliseconds: number): string => new Date(milliseconds).toISOString();
const look = (record: ResetRecord, found = user(), now = LATER) => decideDoubt(record, found, 60, now);
const sentOf = ({ sent }: ResetRecord): SentRecord => {
  if (sent === undefined) throw new Error('nothing was sent');
  return sent;
};
const wasPending =
  plan().state.externalUserState === 'Accepted' &&
  sending({ state: { ...plan().state, externalUserState: 'PendingAcceptance' } });
if (wasPending === false) throw new Error('the plan of these tests must be of a guest who had accepted');

describe('a request in doubt', () => {
  test('happened when the state changed after it', () => {
    expect(
      look(
        sending(),
        user({ externalUserState: 'PendingAcceptance', externalUserStateChangeDateTime: at(NOW + SECOND) }),
      ),
    ).toEqual({ kind: 'happened' });
  });
  test('happened too when the guest has redeemed since: same state, newer change', () => {
    expect(look(sending(), user({ externalUserStateChangeDateTime: at(NOW + 90 * SECOND) }))).toEqual({
      kind: 'happened',
    });
  });
  test('happened for a guest who was pending, when the change time is new', () => {
    expect(
      look(
        wasPending,
        user({ externalUserState: 'PendingAcceptance', externalUserStateChangeDateTime: at(NOW + SECOND) }),
      ),
    ).toEqual({ kind: 'happened' });
  });
  test("is unknown when the change is older than the request, by more than Graph's clocks may differ", () => {
    const changed = (ms: number) =>
      user({ externalUserState: 'PendingAcceptance', externalUserStateChangeDateTime: at(ms) });
    expect(look(sending(), changed(NOW - 11 * SECOND))).toEqual({ kind: 'unknown' });
    expect(look(sending(), changed(NOW - 9 * SECOND))).toEqual({ kind: 'happened' });
  });
  test('is unknown when the guest is gone', () => {
    expect(decideDoubt(sending(), undefined, 60, LATER)).toEqual({ kind: 'unknown' });
  });
  test('did not happen only when two looks, 60 s apart, find the guest unchanged', () => {
    expect(look(sending())).toEqual({ kind: 'lookAgain', unchangedSince: LATER, at: LATER + 60 * SECOND });
    const once = { ...sending(), unchangedSince: LATER };
    expect(look(once, user(), LATER + 59 * SECOND)).toEqual({
      kind: 'lookAgain',
      unchangedSince: LATER,
      at: LATER + 60 * SECOND,
    });
    expect(look(once, user(), LATER + 60 * SECOND)).toEqual({ kind: 'repeat', happened: false });
  });
  test('of a guest who was pending before and looks the same is unknown, never repeated', () => {
    const same = user({ externalUserState: 'PendingAcceptance' });
    expect(look(wasPending, same)).toMatchObject({ kind: 'lookAgain' });
    expect(look({ ...wasPending, unchangedSince: LATER }, same, LATER + 60 * SECOND)).toEqual({ kind: 'unknown' });
  });
  test.each(['PendingAcceptance', null])(
    'of a guest whose state was %s is unknown once the guest has redeemed: it may have been the invitation from before',
    (externalUserState) => {
      const before = sending({ state: { ...plan().state, externalUserState, externalUserStateChangeDateTime: null } });
      expect(look(before, user({ externalUserStateChangeDateTime: at(NOW + 60 * SECOND) }))).toEqual({
        kind: 'unknown',
      });
      expect(
        look(
          before,
          user({ externalUserState: 'PendingAcceptance', externalUserStateChangeDateTime: at(NOW + 60 * SECOND) }),
        ),
      ).toEqual({ kind: 'happened' });
    },
  );
  test(
    'that asked for no mail is repeated at once, because only its answer has the redeem URL; unless the guest ' +
      'redeemed',
    () => {
      const silent = sending({ asksMail: false });
      expect(look(silent)).toEqual({ kind: 'repeat', happened: false });
      expect(
        look(
          silent,
          user({ externalUserState: 'PendingAcceptance', externalUserStateChangeDateTime: at(NOW + SECOND) }),
        ),
      ).toEqual({ kind: 'repeat', happened: true });
      expect(look(silent, user({ externalUserStateChangeDateTime: at(NOW + SECOND) }))).toEqual({ kind: 'happened' });
    },
  );
});

describe('a reset that is sent again for its redeem URL', () => {
  const repeated: ResetRecord = { ...sending({ asksMail: false }), earlier: 'happened' };
  const redeemed = user({ externalUserState: 'Accepted', externalUserStateChangeDateTime: at(NOW + 60 * SECOND) });
  test('must not be sent once the guest has redeemed', () => {
    expect(redeemedSince(repeated, redeemed)).toBe('this');
    expect(redeemedSince({ ...repeated, earlier: 'unclear' }, redeemed)).toBe('this');
  });
  test('may have been redeemed by the invitation from before, where the guest was pending', () => {
    expect(redeemedSince({ ...wasPending, earlier: 'unclear' }, redeemed)).toBe('perhapsAnother');
    expect(redeemedSince({ ...wasPending, earlier: 'happened' }, redeemed)).toBe('this');
  });
  test('may be sent while the guest has not, or did so before', () => {
    expect(redeemedSince(repeated, { ...redeemed, externalUserState: 'PendingAcceptance' })).toBe('no');
    expect(redeemedSince(repeated, user())).toBe('no');
    expect(redeemedSince(repeated, user({ externalUserStateChangeDateTime: at(NOW - 60 * SECOND) }))).toBe('no');
  });
  test('is another thing than a first try, and than one of which nothing is known', () => {
    expect(redeemedSince(sending({ asksMail: false }), redeemed)).toBe('no');
    expect(redeemedSince({ ...pending(), earlier: 'happened' }, redeemed)).toBe('no');
  });
});

describe('a change in the directory', () => {
  test('is one of the state, of its time, or of both', () => {
    expect(hasChangedSince(sentOf(sending()), user({ externalUserStateChangeDateTime: at(NOW) }))).toBe(true);
    expect(hasChangedSince(sentOf(sending()), user())).toBe(false);
  });
  test('from exactly as long before as clocks may differ came after the request', () => {
    expect(hasChangedSince(sentOf(sending()), user({ externalUserStateChangeDateTime: at(NOW - 10 * SECOND) }))).toBe(
      true,
    );
    expect(
      hasChangedSince(sentOf(sending()), user({ externalUserStateChangeDateTime: at(NOW - 10 * SECOND - 1) })),
    ).toBe(false);
  });
  test('without a time cannot be said to have come after the request', () => {
    for (const externalUserStateChangeDateTime of [null, 'yesterday']) {
      const found = user({ externalUserState: 'PendingAcceptance', externalUserStateChangeDateTime });
      expect(hasChangedSince(sentOf(sending()), found)).toBe(false);
    }
  });
  test('is none where a guest without a state still has none', () => {
    const stateless = sending({
      state: { ...plan().state, externalUserState: null, externalUserStateChangeDateTime: null },
    });
    const found = user({ externalUserState: null, externalUserStateChangeDateTime: null });
    expect(look(stateless, found)).toMatchObject({ kind: 'lookAgain' });
  });
});

describe('what is seen of a request', () => {
  const pendingSince = (ms: number) =>
    user({ externalUserState: 'PendingAcceptance', externalUserStateChangeDateTime: at(ms) });
  const acceptedSince = (ms: number) => user({ externalUserStateChangeDateTime: at(ms) });
  test.each([
    ['nothing', sending(), user(), 'none'],
    ['a change from before it', sending(), pendingSince(NOW - 60 * SECOND), 'earlier'],
    ['a guest who is pending now', sending(), pendingSince(NOW + SECOND), 'this'],
    ['a guest who had accepted, and has again', sending(), acceptedSince(NOW + SECOND), 'this'],
    ['a guest who was pending, and is anew', wasPending, pendingSince(NOW + SECOND), 'this'],
    ['a guest who was pending, and has accepted', wasPending, acceptedSince(NOW + SECOND), 'perhapsThis'],
    ['a guest who was pending, and had accepted before it', wasPending, acceptedSince(NOW - 60 * SECOND), 'earlier'],
  ] as const)('says the same to the look, to a repeat and to a late look: %s', (_name, record, found, effect) => {
    expect(effectOf(sentOf(record), found)).toBe(effect);
    const isSeen = effect === 'this' || effect === 'perhapsThis';
    expect(hasChangedSince(sentOf(record), found)).toBe(isSeen);
    expect(look(record, found).kind).toBe(
      { none: 'lookAgain', earlier: 'unknown', perhapsThis: 'unknown', this: 'happened' }[effect],
    );
    const hasRedeemed = isSeen && found.externalUserState === 'Accepted';
    expect(redeemedSince({ ...record, earlier: 'unclear' }, found)).toBe(
      !hasRedeemed ? 'no' : effect === 'this' ? 'this' : 'perhapsAnother',
    );
    const late = afterLateLook({ ...pending(), doubted: sentOf(record) }, found, LATER)?.status;
    expect(late).toBe({ none: undefined, earlier: undefined, perhapsThis: 'unknown', this: 'succeeded' }[effect]);
  });
});

describe('a request in doubt of a guest who was pending', () => {
  const redeemed = user({ externalUserState: 'Accepted', externalUserStateChangeDateTime: at(NOW + SECOND) });
  test('is unknown when the guest has accepted since: which invitation, nobody can tell', () => {
    expect(look(wasPending, redeemed)).toEqual({ kind: 'unknown' });
    expect(
      look(sending({ asksMail: false, state: { ...plan().state, externalUserState: 'PendingAcceptance' } }), redeemed),
    ).toEqual({ kind: 'unknown' });
  });
});

test('a reset of which nothing was sent is simply sent', () => {
  expect(look(pending())).toEqual({ kind: 'repeat', happened: false });
});

test('a state that has changed, with a time from before the request, leaves it unknown: it is never repeated', () => {
  expect(look(sending(), user({ externalUserState: 'PendingAcceptance' }))).toEqual({ kind: 'unknown' });
});

describe('a request whose answer proves nothing', () => {
  const oddAnswer = { code: 'unexpectedAnswer', message: 'Odd.' } as const;
  const pendingSince = (ms: number) =>
    user({ externalUserState: 'PendingAcceptance', externalUserStateChangeDateTime: at(ms) });
  test.each([true, false])('is never repeated (asks for mail: %s)', (asksMail) => {
    const odd: ResetRecord = { ...sending({ asksMail }), oddAnswer };
    expect(look(odd, pendingSince(NOW + SECOND))).toEqual({ kind: 'happened' });
    expect(look(odd)).toEqual({ kind: 'lookAgain', unchangedSince: LATER, at: LATER + 60 * SECOND });
    const looked = { ...odd, unchangedSince: LATER };
    expect(look(looked, user(), LATER + 60 * SECOND)).toEqual({ kind: 'fail', verdict: oddAnswer });
    expect(look(looked, pendingSince(NOW - 60 * SECOND), LATER + 60 * SECOND)).toEqual({ kind: 'unknown' });
    expect(decideDoubt(looked, undefined, 60, LATER)).toEqual({ kind: 'unknown' });
  });
  test('is unknown for a guest who was pending before, and looks the same', () => {
    const odd = { ...wasPending, oddAnswer, unchangedSince: LATER };
    expect(look(odd, user({ externalUserState: 'PendingAcceptance' }), LATER + 60 * SECOND)).toEqual({
      kind: 'unknown',
    });
  });
});

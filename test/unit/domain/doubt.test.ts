import { describe, expect, test } from 'vitest';
import { decideDoubt } from '../../../shared/domain/doubt.ts';
import type { ResetRecord } from '../../../shared/domain/reset.ts';
import { NOW, plan, SECOND, sending, user } from './records.ts';

const LATER = NOW + 200 * SECOND;
const at = (milliseconds: number): string => new Date(milliseconds).toISOString();
const look = (record: ResetRecord, found = user(), now = LATER) => decideDoubt(record, found, 60, now);
const wasPending = plan().state.externalUserState === 'Accepted' && sending({ state: { ...plan().state, externalUserState: 'PendingAcceptance' } });
if (wasPending === false) throw new Error('the plan of these tests must be of a guest who had accepted');

describe('a request in doubt', () => {
  test('happened when the state changed after it', () => {
    expect(look(sending(), user({ externalUserState: 'PendingAcceptance', externalUserStateChangeDateTime: at(NOW + SECOND) }))).toEqual({ kind: 'happened' });
  });
  test('happened too when the guest has redeemed since: same state, newer change', () => {
    expect(look(sending(), user({ externalUserStateChangeDateTime: at(NOW + 90 * SECOND) }))).toEqual({ kind: 'happened' });
  });
  test('happened for a guest who was pending, when the change time is new', () => {
    expect(look(wasPending, user({ externalUserState: 'PendingAcceptance', externalUserStateChangeDateTime: at(NOW + SECOND) }))).toEqual({ kind: 'happened' });
  });
  test('is unknown when the change is older than the request, by more than Graph\'s clocks may differ', () => {
    const changed = (ms: number) => user({ externalUserState: 'PendingAcceptance', externalUserStateChangeDateTime: at(ms) });
    expect(look(sending(), changed(NOW - 11 * SECOND))).toEqual({ kind: 'unknown' });
    expect(look(sending(), changed(NOW - 9 * SECOND))).toEqual({ kind: 'happened' });
  });
  test('is unknown when the guest is gone', () => {
    expect(decideDoubt(sending(), undefined, 60, LATER)).toEqual({ kind: 'unknown' });
  });
  test('did not happen only when two looks, 60 s apart, find the guest unchanged', () => {
    expect(look(sending())).toEqual({ kind: 'lookAgain', unchangedSince: LATER, at: LATER + 60 * SECOND });
    const once = { ...sending(), unchangedSince: LATER };
    expect(look(once, user(), LATER + 59 * SECOND)).toEqual({ kind: 'lookAgain', unchangedSince: LATER, at: LATER + 60 * SECOND });
    expect(look(once, user(), LATER + 60 * SECOND)).toEqual({ kind: 'repeat', happened: false });
  });
  test('of a guest who was pending before and looks the same is unknown, never repeated', () => {
    const same = user({ externalUserState: 'PendingAcceptance' });
    expect(look(wasPending, same)).toMatchObject({ kind: 'lookAgain' });
    expect(look({ ...wasPending, unchangedSince: LATER }, same, LATER + 60 * SECOND)).toEqual({ kind: 'unknown' });
  });
  test('that asked for no mail is repeated at once, because only its answer has the redeem URL; unless the guest redeemed', () => {
    const silent = sending({ asksMail: false });
    expect(look(silent)).toEqual({ kind: 'repeat', happened: false });
    expect(look(silent, user({ externalUserState: 'PendingAcceptance', externalUserStateChangeDateTime: at(NOW + SECOND) }))).toEqual({ kind: 'repeat', happened: true });
    expect(look(silent, user({ externalUserStateChangeDateTime: at(NOW + SECOND) }))).toEqual({ kind: 'happened' });
  });
});

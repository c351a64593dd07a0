import { describe, expect, test } from 'vitest';
import { end, rehearse, release, succeed } from '../../../../shared/domain/reset/changes.ts';
import { resetView } from '../../../../shared/domain/api/reset-view.ts';
import { resultCells, resultColumns } from '../../../../shared/domain/api/result-table.ts';
import type { ResetRecord } from '../../../../shared/domain/reset/reset.ts';
import { GUEST_ID, NOW, pending, plan, request, SECOND, sending } from '../records.ts';

const URL = 'https://login.example/redeem?ticket=secret';
const verdict = { code: 'reset', message: 'Done.', nextStep: 'Tell the guest.' } as const;
const silent = succeed(
  sending({ asksMail: false }),
  { verdict, attempts: 1, invitation: { id: 'i', inviteRedeemUrl: URL } },
  NOW + SECOND,
);
const mailed = succeed(sending(), { verdict, attempts: 1, invitation: { inviteRedeemUrl: URL } }, NOW + SECOND);
const open = { showsRedeemUrl: true, redeemUrlsSince: 0 };
const closed = { showsRedeemUrl: false, redeemUrlsSince: 0 };

describe('the redeem URL', () => {
  test('is shown to whoever may see it', () => {
    expect(resetView(silent, open)['inviteRedeemUrl']).toBe(URL);
    expect(resultCells(silent, { isDryRun: false }, open)).toContain(URL);
  });
  test('is given out for a while only', () => {
    expect(resetView(silent, { ...open, redeemUrlsSince: NOW + SECOND })['inviteRedeemUrl']).toBe(URL);
    expect(JSON.stringify(resetView(silent, { ...open, redeemUrlsSince: NOW + SECOND + 1 }))).not.toContain('secret');
  });
  test('is nowhere in what others get, in JSON or in cells', () => {
    expect(JSON.stringify(resetView(silent, closed))).not.toContain('secret');
    expect(JSON.stringify(resultCells(silent, { inputColumns: ['user'], isDryRun: false }, closed))).not.toContain(
      'secret',
    );
  });
  test('is nowhere when Microsoft mailed it', () => {
    expect(JSON.stringify(resetView(mailed, open))).not.toContain('secret');
  });
});

describe('a view', () => {
  test('says what happened, to whom, when, and what to do next', () => {
    const record: ResetRecord = { ...silent, request: request(7, { reference: 'T-1' }), warnings: ['accountDisabled'] };
    expect(resetView(record, open)).toMatchObject({
      row: 7,
      reference: 'T-1',
      user: GUEST_ID,
      guestId: GUEST_ID,
      status: 'succeeded',
      code: 'reset',
      message: 'Done.',
      nextStep: 'Tell the guest.',
      warnings: [{ code: 'accountDisabled', message: expect.stringContaining('disabled') }],
      attempts: 1,
      startedAt: '2026-03-01T12:00:00.000Z',
      endedAt: '2026-03-01T12:00:01.000Z',
      invitationId: 'i',
      mailBefore: 'anna@fabrikam.example',
    });
  });
  test('tells who mailed the guest, and nothing while nobody knows', () => {
    expect(resetView(mailed, open)).toMatchObject({ mail: 'microsoft', mailTo: 'anna@fabrikam.example' });
    expect(resetView(silent, open)).toMatchObject({ mail: 'none' });
    expect(resetView(silent, open)).not.toHaveProperty('mailTo');
    expect(resetView(end(pending(), 'skipped', { verdict }, NOW), open)).toMatchObject({ mail: 'none' });
    for (const record of [pending(), sending(), end(sending(), 'unknown', { verdict }, NOW)])
      expect(resetView(record, open)).not.toHaveProperty('mail');
  });
  test('tells the next try of a reset that was tried, and of no other', () => {
    const again = release(sending(), { dueAt: NOW + 60 * SECOND, attempts: 1 });
    expect(resetView(again, open)).toMatchObject({ status: 'pending', nextTryAt: '2026-03-01T12:01:00.000Z' });
    expect(resetView(pending(), open)).not.toHaveProperty('nextTryAt');
    expect(resetView(silent, open)).not.toHaveProperty('nextTryAt');
  });
  test('leaves out what was never known', () => {
    expect(resetView(pending(), open)).toEqual({ row: 1, user: GUEST_ID, status: 'pending', attempts: 0 });
  });
});

describe('a row of the results CSV', () => {
  test('is the input as it came, then one cell for each result column', () => {
    const input = ['anna@fabrikam.example', '', 'Sales'];
    const columns = ['user', 'note', 'department'];
    const cells = resultCells(
      { ...silent, request: request(1, { input }) },
      { inputColumns: columns, isDryRun: false },
      open,
    );
    const header = resultColumns({ inputColumns: columns, isDryRun: false });
    expect(cells.slice(0, 3)).toEqual(input);
    expect(cells).toHaveLength(header.length);
    const cell = (name: string) => cells[header.indexOf(name)];
    expect([cell('result.status'), cell('result.attempts'), cell('result.retryable'), cell('result.endedAt')]).toEqual([
      'succeeded',
      '1',
      undefined,
      '2026-03-01T12:00:01.000Z',
    ]);
  });
  test('of a job without columns names the guest and the reference, so that the file can be submitted again', () => {
    const cells = resultCells(pending(1, { request: request(1, { reference: 'T-1' }) }), { isDryRun: false }, open);
    expect(resultColumns({ isDryRun: false }).slice(0, 2)).toEqual(['user', 'reference']);
    expect(cells.slice(0, 2)).toEqual([GUEST_ID, 'T-1']);
  });
  test('shorter than the header keeps its cells under their columns', () => {
    const columns = ['user', 'note', 'department'];
    const cells = resultCells(
      pending(1, { request: request(1, { input: ['x'] }) }),
      { inputColumns: columns, isDryRun: false },
      open,
    );
    expect(cells.slice(0, 3)).toEqual(['x', undefined, undefined]);
  });
  test('has only own columns under names that a new submission passes over', () => {
    for (const column of resultColumns({ inputColumns: ['id'], isDryRun: true }).slice(1))
      expect(column).toMatch(/^result\./);
  });
});

test('a dry run says in its CSV whom Microsoft would mail, and claims no mail', () => {
  const record = rehearse(
    pending(),
    plan(1, {
      address: 'new@adatum.example',
      messageLanguage: 'de-DE',
      emailChange: { mail: 'new@adatum.example', otherMails: [] },
    }),
    NOW,
  );
  const table = { isDryRun: true };
  const row = Object.fromEntries(
    resultColumns(table).map((column, position) => [column, resultCells(record, table, open)[position]]),
  );
  expect(row).toMatchObject({
    'result.code': 'wouldReset',
    'result.mail': 'none',
    'result.wouldMailTo': 'new@adatum.example',
    'result.wouldAddEmail': 'new@adatum.example',
    'result.wouldMessageLanguage': 'de-DE',
  });
  expect(resetView(record, open)).toMatchObject({
    mail: 'none',
    would: { mail: 'microsoft', mailTo: 'new@adatum.example', messageLanguage: 'de-DE' },
  });
});

describe('the time at which a reset was started', () => {
  const startedAt = (record: ResetRecord): unknown => resetView(record, open)['startedAt'];
  const at = '2026-03-01T12:00:00.000Z';
  test('is that of the first request that was, or may have been, sent', () => {
    for (const record of [
      sending(),
      mailed,
      end(sending(), 'unknown', { verdict }, NOW),
      release(sending(), { dueAt: NOW, attempts: 1 }),
    ])
      expect(startedAt(record)).toBe(at);
  });
  test('is not told where nothing was sent: the guest was only looked up, or another job had the guest', () => {
    const lookedUp = pending(1, { startedAt: NOW });
    for (const record of [
      lookedUp,
      end(lookedUp, 'failed', { verdict }, NOW),
      end(sending(), 'skipped', { verdict }, NOW),
      rehearse(lookedUp, plan(), NOW),
    ])
      expect(startedAt(record)).toBeUndefined();
  });
});

describe('the time after which a redeem URL is no longer given out', () => {
  test('does not reach a reset that has not ended', () => {
    expect(resetView({ ...pending(), inviteRedeemUrl: URL }, { ...open, redeemUrlsSince: NOW })).not.toHaveProperty(
      'inviteRedeemUrl',
    );
  });
});

describe('a view tells too', () => {
  test('the names before and after, the request id, and whether the reset shows and was redeemed', () => {
    const told: ResetRecord = {
      ...mailed,
      before: { userPrincipalName: 'u1', mail: 'm1' },
      after: { userPrincipalName: 'u2', mail: 'm2' },
      graphRequestId: 'r',
      verification: 'verified',
      redemption: 'accepted',
      checkedAt: NOW + 2 * SECOND,
    };
    expect(resetView(told, open)).toMatchObject({
      userPrincipalNameBefore: 'u1',
      userPrincipalNameAfter: 'u2',
      mailBefore: 'm1',
      mailAfter: 'm2',
      graphRequestId: 'r',
      verification: 'verified',
      redemption: 'accepted',
      checkedAt: '2026-03-01T12:00:02.000Z',
    });
  });
  test('that a canceled reset mailed nobody', () => {
    expect(resetView(end(pending(), 'canceled', { verdict }, NOW), open)).toMatchObject({ mail: 'none' });
  });
  test('no address of a mail that may not have gone out', () => {
    for (const record of [
      sending(),
      end(sending(), 'unknown', { verdict }, NOW),
      end(sending(), 'failed', { verdict }, NOW),
    ])
      expect(resetView(record, open)).not.toHaveProperty('mailTo');
  });
  test('no next try of a reset that is being sent', () => {
    expect(resetView({ ...sending(), attempts: 2 }, open)).not.toHaveProperty('nextTryAt');
  });
  test('no warnings where there are none', () => {
    expect(resetView({ ...pending(), warnings: [] }, open)).not.toHaveProperty('warnings');
  });
  test('that a dry run would mail nobody', () => {
    expect(resetView(rehearse(pending(), plan(1, { asksMail: false }), NOW), open)).toMatchObject({
      would: { mail: 'none' },
    });
  });
});

describe('the cells of a result', () => {
  test('have the words of all warnings in one', () => {
    const header = resultColumns({ isDryRun: false });
    const cell = (record: ResetRecord) =>
      resultCells(record, { isDryRun: false }, open)[header.indexOf('result.warnings')];
    expect(cell({ ...silent, warnings: ['accountDisabled', 'externalMember'] })).toMatch(
      /^The account is disabled: .* The user is external, /,
    );
    expect([cell({ ...silent, warnings: [] }), cell(pending())]).toEqual([undefined, undefined]);
  });
  test('of a dry run have three more, under three more columns', () => {
    const [plain, dry] = [false, true].map((isDryRun) => resultColumns({ isDryRun }));
    expect(dry).toEqual([
      ...(plain ?? []),
      'result.wouldMailTo',
      'result.wouldAddEmail',
      'result.wouldMessageLanguage',
    ]);
    expect(resultCells(pending(), { isDryRun: true }, open)).toHaveLength(dry?.length ?? 0);
  });
});

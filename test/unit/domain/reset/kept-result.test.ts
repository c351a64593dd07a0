import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonLength } from '../../../../shared/domain/reset/json-length.ts';
import { keptResult, RESULT_MAX_CHARS } from '../../../../shared/domain/reset/kept-result.ts';
import { end, keepInDoubt, release, startSending, succeed } from '../../../../shared/domain/reset/changes.ts';
import { annotate } from '../../../../shared/domain/reset/notes.ts';
import type { ResetRecord, Verdict } from '../../../../shared/domain/reset/reset.ts';
import { NOW, pending, plan, sending } from '../records.ts';

/** What Graph may say: mostly short, now and then without end, of letters that JSON escapes too. */
const words = fc
  .tuple(
    fc.constantFrom('a', '"', '\\', '\u0001', '\u2028', '\ud800', '😀', 'é '),
    fc.constantFrom(0, 1, 40, 300, 2_500, 20_000),
  )
  .map(([letter, times]) => letter.repeat(times));
const verdict: fc.Arbitrary<Verdict> = fc.record({
  code: fc.constantFrom('requestRefused', 'unexpectedAnswer'),
  message: words,
  nextStep: words,
});

test('whatever Graph says, a reset keeps no more of it than its row has room for', () => {
  const texts = fc.record({ upn: words, mail: words, url: words, id: words, first: verdict, last: verdict });
  fc.assert(
    fc.property(texts, fc.boolean(), ({ upn, mail, url, id, first, last }, asksMail) => {
      const state = { ...plan().state, userPrincipalName: upn, mail };
      const attempt = { id: 'attempt', quietUntil: NOW, graphDate: NOW };
      const sent = startSending(pending(), plan(1, { state, asksMail }), attempt, NOW);
      const doubted = keepInDoubt(sent, { dueAt: NOW, verdict: first, requestId: id });
      const again = release(doubted, { dueAt: NOW, verdict: first, keepsDoubt: true, earlier: 'unclear' });
      const repeated = startSending(again, plan(1, { state, asksMail }), attempt, NOW);
      const invitation = { id, inviteRedeemUrl: url, userPrincipalName: upn };
      const after = { userPrincipalName: upn, mail };
      const done = succeed(
        repeated,
        { verdict: last, invitation, after, requestId: id, attempts: 2, verifyAt: 1 },
        NOW,
      );
      const noted: ResetRecord = {
        ...annotate(done, { kind: 'done', verification: 'notPossible' }, { kind: 'none' }),
        redemption: 'accepted',
        checkedAt: NOW,
      };
      const failed = end(repeated, 'failed', { verdict: last, guestId: 'a'.repeat(64), requestId: id }, NOW);
      for (const record of [sent, doubted, again, repeated, done, noted, failed])
        expect(jsonLength(record) - jsonLength(record.request)).toBeLessThanOrEqual(RESULT_MAX_CHARS);
    }),
    { numRuns: 100 },
  );
});

test('a result of the usual size is the same record', () => {
  const record = { ...sending(), inviteRedeemUrl: `https://login.example/${'x'.repeat(8_000)}` };
  expect(keptResult(record)).toBe(record);
});

test('long words are cut, and a redeem URL is kept whole', () => {
  const url = `https://login.example/${'x'.repeat(8_000)}`;
  const record = keptResult({
    ...sending(),
    inviteRedeemUrl: url,
    verdict: { code: 'requestRefused', message: `Graph said: ${'"'.repeat(20_000)}` },
  });
  expect(record).toMatchObject({ inviteRedeemUrl: url, request: sending().request, sent: sending().sent });
  expect(record.verdict?.message).toMatch(/^Graph said: "+\.\.\.$/);
});

test('a redeem URL that is longer than its room is left out, and a warning says so', () => {
  const record = keptResult({ ...sending(), inviteRedeemUrl: 'x'.repeat(20_000), warnings: ['accountDisabled'] });
  expect([record.inviteRedeemUrl, record.warnings]).toEqual([undefined, ['accountDisabled', 'redeemUrlTooLong']]);
});

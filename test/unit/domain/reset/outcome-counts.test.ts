import { describe, expect, test } from 'vitest';
import { end, rehearse, succeed } from '../../../../shared/domain/reset/changes.ts';
import { addOutcomeCounts, outcomeCountsOf } from '../../../../shared/domain/reset/outcome-counts.ts';
import type { ResetRecord } from '../../../../shared/domain/reset/reset.ts';
import { NOW, pending, plan, sending } from '../records.ts';

const verdict = { code: 'requestRefused', message: 'X.' } as const;
const emailChange = { mail: 'new@adatum.example', otherMails: [] };
const done = (more: Parameters<typeof sending>[0]) => succeed(sending(more), { verdict, attempts: 1 }, NOW);

describe('a outcomeCounts', () => {
  test('counts a mail where Microsoft was asked for one, a change where an email was added', () => {
    expect(
      outcomeCountsOf([
        done({}),
        done({ asksMail: false }),
        done({ emailChange }),
        done({ emailChange }),
        done({ asksMail: false, emailChange }),
      ]),
    ).toMatchObject({ mails: 3, emailChanges: 3 });
  });
  test('counts only successes, so that no sum goes back', () => {
    expect(
      outcomeCountsOf([
        pending(),
        sending({ emailChange }),
        end(sending({ emailChange }), 'unknown', { verdict }, NOW),
        end(sending({ emailChange }), 'failed', { verdict }, NOW),
      ]),
    ).toMatchObject({ mails: 0, emailChanges: 0 });
  });
  test('counts in a dry run what would be done', () => {
    const rehearsed = [plan(), plan(1, { asksMail: false }), plan(1, { emailChange })].map((each) =>
      rehearse(pending(), each, NOW),
    );
    expect(outcomeCountsOf(rehearsed)).toMatchObject({ mails: 2, emailChanges: 1 });
  });
  test('counts no mail for a success of which no request is known', () => {
    expect(outcomeCountsOf([{ ...pending(), status: 'succeeded' }])).toMatchObject({ mails: 0, emailChanges: 0 });
  });
  test('counts what has ended by its code, and by each warning as the results show it', () => {
    const warned = (record: ResetRecord): ResetRecord => ({
      ...record,
      warnings: ['accountDisabled', 'alreadyPending'],
    });
    const left = { ...end(sending({ emailChange }), 'failed', { verdict }, NOW), emailAdded: true } as const;
    expect(
      outcomeCountsOf([warned(done({})), done({}), left, warned(pending(1, { verdict })), warned(sending())]),
    ).toMatchObject({
      byCode: { requestRefused: 3 },
      byWarning: { accountDisabled: 1, alreadyPending: 1, addressAdded: 1 },
    });
  });
  test('is added up member by member', () => {
    expect(
      addOutcomeCounts(
        { mails: 3, emailChanges: 5, byCode: { reset: 2, throttled: 1 }, byWarning: { alreadyPending: 1 } },
        { mails: 20, emailChanges: 1, byCode: { reset: 5, noToken: 1 }, byWarning: {} },
      ),
    ).toEqual({
      mails: 23,
      emailChanges: 6,
      byCode: { reset: 7, throttled: 1, noToken: 1 },
      byWarning: { alreadyPending: 1 },
    });
  });
});

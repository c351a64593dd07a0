import { describe, expect, test } from 'vitest';
import { end, rehearse, succeed } from '../../../shared/domain/reset-changes.ts';
import { addTally, tallyOf } from '../../../shared/domain/tally.ts';
import { NOW, pending, plan, sending } from './records.ts';

const verdict = { code: 'requestRefused', message: 'X.' } as const;
const emailChange = { mail: 'new@adatum.example', otherMails: [] };
const done = (more: Parameters<typeof sending>[0]) => succeed(sending(more), { verdict, attempts: 1 }, NOW);

describe('a tally', () => {
  test('counts a mail where Microsoft was asked for one, a change where an email was added', () => {
    expect(
      tallyOf([
        done({}),
        done({ asksMail: false }),
        done({ emailChange }),
        done({ emailChange }),
        done({ asksMail: false, emailChange }),
      ]),
    ).toEqual({ mails: 3, emailChanges: 3 });
  });
  test('counts only successes, so that no sum goes back', () => {
    expect(
      tallyOf([
        pending(),
        sending({ emailChange }),
        end(sending({ emailChange }), 'unknown', { verdict }, NOW),
        end(sending({ emailChange }), 'failed', { verdict }, NOW),
      ]),
    ).toEqual({ mails: 0, emailChanges: 0 });
  });
  test('counts in a dry run what would be done', () => {
    const rehearsed = [plan(), plan(1, { asksMail: false }), plan(1, { emailChange })].map((each) =>
      rehearse(pending(), each, NOW),
    );
    expect(tallyOf(rehearsed)).toEqual({ mails: 2, emailChanges: 1 });
  });
  test('counts no mail for a success of which no request is known', () => {
    expect(tallyOf([{ ...pending(), status: 'succeeded' }])).toEqual({ mails: 0, emailChanges: 0 });
  });
  test('is added up member by member', () => {
    expect(addTally({ mails: 3, emailChanges: 5 }, { mails: 20, emailChanges: 1 })).toEqual({
      mails: 23,
      emailChanges: 6,
    });
  });
});

/** What the service says, as the page shows it: no word of the API, for whoever reads it has no such field. */
import { describe, expect, test } from 'vitest';
import { RESET_CODES, STOP_CODES, WARNING_CODES } from '../../../client/codes.ts';
import { inPageWords, saidOfList } from '../../../console/src/parts/service-words.ts';
import { moment } from '../../../console/src/parts/numbers.ts';
import { whyStopped } from '../../../console/src/parts/stop-words.ts';
import { UNKNOWN } from '../../../shared/domain/reset/lost-answer.ts';
import { jobWarning } from '../../../shared/domain/reset/warnings.ts';
import { noAddress, stateNotWanted } from '../../../shared/domain/reset/preflight-verdicts.ts';
import { sentencesOf } from './sentences.ts';

/** Requests, parameters, names that only a program has, marks of the docs, and times as programs write them. */
const OF_THE_API = /\b(?:GET|POST|DELETE) \/|\?\w+=|\bstatus=|(?<![\w.])[a-z]+[A-Z]\w*|\d{4}-\d\d-\d\dT|`|\b[Dd]ry run/;

/** @returns those that still have a word of the API */
const left = (texts: readonly string[], inWords = inPageWords): readonly string[] =>
  texts.map(inWords).filter((text) => OF_THE_API.test(text));

describe('no word of the API reaches the page', () => {
  test('in what a code, a warning or a stop means', () => {
    const meanings = [RESET_CODES, WARNING_CODES, STOP_CODES].flatMap((table) =>
      Object.values<object>(table).flatMap((words) =>
        Object.values(words).filter((text): text is string => typeof text === 'string'),
      ),
    );
    expect(meanings.length).toBeGreaterThan(60);
    expect(left(meanings)).toEqual([]);
  });

  test.each(['graph', 'reset', 'claim', 'job', 'stops'])('in what is said of resets and stops by %s', (subject) => {
    const said = sentencesOf(`shared/domain/${subject}`);
    expect(said).not.toEqual([]);
    expect(left(said)).toEqual([]);
  });

  test('in what is refused', () => {
    const said = sentencesOf('shared/usecases');
    expect(said.length).toBeGreaterThan(40);
    expect(left(said, saidOfList)).toEqual([]);
  });

  test('in times, which are said as everywhere on the page', () => {
    expect(inPageWords('Another job has reset the guest at 2026-11-29T21:21:03.778Z.')).toBe(
      `Another job has reset the guest at ${moment('2026-11-29T21:21:03.778Z')}.`,
    );
  });

  test('but what somebody has said who paused by hand stays as it is', () => {
    const message = 'See the dry run of 2026-11-29T21:21:03.778Z, status=failed.';
    expect(whyStopped({ code: 'pausedByHand', message })).toBe(message);
    expect(whyStopped({ code: 'noToken', message })).not.toBe(message);
  });

  test('and a column of the list is called as it is there', () => {
    const said = jobWarning('unusedColumns', 'userType, otherMails').message;
    expect(saidOfList(said)).toBe(said);
  });

  test('and it says what a person can do', () => {
    expect(inPageWords(UNKNOWN.nextStep ?? '')).toContain('If none did, try once more: if one did,');
    expect(inPageWords(noAddress([]).nextStep ?? '')).toBe(
      'Give the address to invite in a column “Email address to invite” and submit again.',
    );
    expect(inPageWords(stateNotWanted('Accepted', 'pending').message)).toBe(
      'The guest has no open invitation, and the job is for who has an open one. Nothing was sent.',
    );
  });
});

/** Nobody twice, nobody forgotten: every order of events, for one guest and two workers. */
import { describe, expect, test } from 'vitest';
import { explore } from './explore.ts';
import { RULES, type Rule, type Setting } from './protocol.ts';

const MAX_STATES = 400_000;
const plain: Setting = {
  pendingBefore: false,
  duplicateDetection: true,
  crashes: 1,
  lostLocks: 1,
  lostAnswers: 0,
  oddAnswers: 0,
  throttles: 0,
  cancels: 0,
  attempts: 2,
};

describe('every order of events', () => {
  const exploreAll = (more: Partial<Setting>) => explore({ ...plain, ...more }, MAX_STATES);
  const wellEnded = { states: expect.toSatisfy((states: number) => states > 150) as number };
  test.each<[string, Partial<Setting>]>([
    ['a crash and a lost answer', { lostLocks: 0, lostAnswers: 1 }],
    ['a lost lock and a lost answer', { crashes: 0, lostAnswers: 1 }],
    ['two crashes', { crashes: 2, lostLocks: 0 }],
    ['a guest who was pending before', { pendingBefore: true }],
    ['a throttled request and a crash', { throttles: 1, lostLocks: 0 }],
    ['a cancel and a crash', { cancels: 1, lostLocks: 0 }],
    ['a cancel and a lost lock', { cancels: 1, crashes: 0 }],
    ['a cancel and a lost answer', { cancels: 1, crashes: 0, lostLocks: 0, lostAnswers: 1 }],
    ['two lost answers', { lostAnswers: 2, crashes: 0, lostLocks: 0 }],
    ['an odd answer and a crash', { oddAnswers: 1, lostLocks: 0 }],
    ['an odd answer and a lost lock', { oddAnswers: 1, crashes: 0 }],
    ['a lost answer and an odd one', { oddAnswers: 1, lostAnswers: 1, crashes: 0, lostLocks: 0 }],
    ['an odd answer about a guest who was pending before', { oddAnswers: 1, lostLocks: 0, pendingBefore: true }],
    ['an odd answer and a cancel', { oddAnswers: 1, cancels: 1, crashes: 0, lostLocks: 0 }],
  ])('with %s: no second mail, and an end', (_name, more) => {
    expect(exploreAll(more)).toEqual(wellEnded);
  });

  // Tens and hundreds of thousands of states each.
  test.each<[string, Partial<Setting>]>([
    ['a crash and a lost lock', {}],
    ['a crash, a lost lock and three attempts', { attempts: 3 }],
    ['two lost locks', { crashes: 0, lostLocks: 2 }],
    ['a broker that drops no duplicates', { duplicateDetection: false }],
  ])('with %s: no second mail, and an end', { tags: 'long', timeout: 150_000 }, (_name, more) => {
    expect(exploreAll(more)).toEqual(wellEnded);
  });
});

describe('without the rule', () => {
  /** The smallest setting in which each is missed. */
  const missedIn: Readonly<Record<Rule, Partial<Setting>>> = {
    quietTime: {},
    sendWindow: {},
    sendingFirst: {},
    secondLook: {},
    lookBeforeRepeat: {},
    resendCurrent: {},
    claimOfLatest: { attempts: 3 },
    compareAndSet: {},
    cancelSparesSending: { crashes: 0, lostLocks: 0, cancels: 1 },
    oddIsDoubt: { oddAnswers: 1, crashes: 0, lostLocks: 0 },
    oddIsFinal: { oddAnswers: 1, crashes: 0, lostLocks: 0 },
  };
  test.each(RULES)('%s there is a story that ends badly', (off) => {
    const { story } = explore({ ...plain, ...missedIn[off], off }, MAX_STATES);
    console.log(`Without ${off}:\n${(story ?? []).map((line) => `  ${line}`).join('\n')}`);
    expect(story?.at(-1)).toMatch(/mails|nothing is left|without a mail|and mailed|sent again/);
  });
});

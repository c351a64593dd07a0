import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SERVICE } from '../../../../shared/domain/actions.ts';
import { endCanary } from '../../../../shared/domain/job/canary.ts';
import { liftFromJob, mayApprove, withHold } from '../../../../shared/domain/job/approval.ts';
import { commit, requestCancel } from '../../../../shared/domain/job/changes.ts';
import { howToResume, stopOf } from '../../../../shared/domain/job/job-stops.ts';
import type { Job } from '../../../../shared/domain/job/job.ts';
import { lift, OPEN_GATE, pause, stop, type StandingStop } from '../../../../shared/domain/stops/stop.ts';
import { job, NOW } from '../records.ts';

const MANAGER = { id: 'manager' };
const OWNER = { id: 'caller' };
const held = commit(withHold(job({ status: 'receiving', total: 3 }), 2, NOW), NOW + 1);
const seen: StandingStop = held.stop ?? { code: 'noToken', message: '', since: 0 };
const kinds = ({ actions }: Job) => actions?.list.map(({ action, by }) => `${action} ${by.id}`);

describe('a job is held', () => {
  test.each<readonly [number | undefined, number, boolean | undefined, boolean]>([
    [undefined, 500_000, undefined, false],
    [0, 1, undefined, true],
    [0, 1, false, true],
    [0, 1, true, false],
    [20, 20, undefined, false],
    [20, 21, undefined, true],
    [20, 21, true, false],
  ])('above %s, of %s resets, with dryRun %s: %s', (above, total, dryRun, isHeld) => {
    const { options } = job();
    const before = job({ total, options: { ...options, ...(dryRun !== undefined && { dryRun }) } });
    const after = withHold(before, above, NOW);
    expect(after.stop?.code).toBe(isHeld ? 'awaitingApproval' : undefined);
    expect(after === before).toBe(!isHeld);
  });
  test('and told so after it was submitted, the same whoever finishes the commit, and when', () => {
    expect(kinds(held)).toEqual(['submitted caller', 'stopped service']);
    const later = commit(withHold(job({ status: 'receiving', total: 3 }), 2, NOW), NOW + 99);
    expect(later.actions).toEqual(held.actions);
  });
});

describe('approval', () => {
  test.each<readonly [string, string, boolean]>([
    ['caller', 'manager', true],
    ['caller', 'caller', false],
    ['caller', 'CALLER', false],
    ['AB', 'ab', false],
    ['caller', SERVICE.id, false],
  ])('of a job of %s by %s: %s', (submitter, by, may) => {
    expect(mayApprove({ submitter: { id: submitter } }, { id: by })).toBe(may);
  });
  test('notes who and when, in the job and its actions, and nothing stands any more', () => {
    const approved = liftFromJob(held, seen, NOW + 5, { id: 'manager', name: 'Ben' });
    expect([approved.stop, approved.approval, approved.resumedAt]).toEqual([
      undefined,
      { by: { id: 'manager', name: 'Ben' }, at: NOW + 5 },
      NOW + 5,
    ]);
    expect(approved.actions?.list.at(-1)).toMatchObject({ action: 'approved', code: 'awaitingApproval', at: NOW + 5 });
    expect(liftFromJob(approved, seen, NOW + 6, { id: 'other' })).toBe(approved);
  });
  test.each<readonly [string, Job, { readonly id: string } | undefined]>([
    ['by nobody', held, undefined],
    ['by the service', held, SERVICE],
    ['by who submitted it', held, OWNER],
    ['of a job that is being canceled', requestCancel(held, OWNER, NOW), MANAGER],
    ['of a job that has ended', { ...held, endedAt: NOW }, MANAGER],
    ['of another stop than the one that was seen', { ...held, stop: { ...seen, since: NOW - 1 } }, MANAGER],
  ])('%s changes nothing', (_name, target, by) => {
    expect(liftFromJob(target, seen, NOW + 5, by)).toBe(target);
  });
  test('is never that of a pause in front, which is lifted alone and by whoever may', () => {
    const paused = pause(held, 'Wait.', NOW + 2);
    const [front, behind] = [paused.stop, paused.stop?.behind];
    if (front === undefined) throw new Error('not paused');
    expect(behind).toEqual(seen);
    const lifted = liftFromJob(paused, front, NOW + 3, OWNER);
    expect([lifted.stop, lifted.approval]).toEqual([seen, undefined]);
    const approved = liftFromJob(paused, seen, NOW + 3, MANAGER);
    expect([approved.stop?.code, approved.stop?.behind, approved.approval?.by]).toEqual([
      'pausedByHand',
      undefined,
      MANAGER,
    ]);
  });
  test('whatever is done to a job that is held, it goes on only after somebody else has approved it', () => {
    const act = fc.constantFrom('pause', 'stop', 'resumeByOwner', 'resumeByService', 'resumeByNobody', 'canary');
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
        let current: Job = held;
        for (const [index, each] of acts.entries()) {
          const at = NOW + 2 + index;
          const front = current.stop ?? seen;
          if (each === 'pause') current = pause(current, 'Wait.', at);
          else if (each === 'stop') current = stop(current, { code: 'refusedRepeatedly', message: '' }, at);
          else if (each === 'canary') current = endCanary({ ...current, canary: { resets: 1, chunks: 1 } }, ONE, at);
          else current = liftFromJob(current, front, at, BY[each]);
          expect([current.stop?.code, current.stop?.behind?.code]).toContain('awaitingApproval');
          expect(current.approval).toBeUndefined();
        }
      }),
    );
  });
});

const BY = { resumeByOwner: OWNER, resumeByService: SERVICE, resumeByNobody: undefined } as const;
const ONE = { pending: 2, sending: 0, succeeded: 1, failed: 0, skipped: 0, unknown: 0, canceled: 0 };

describe('whoever waits is told whom to ask', () => {
  const told = (target: Job): string => {
    const shown = stopOf(target, OPEN_GATE);
    return shown === undefined ? '' : howToResume(shown);
  };
  test('while the job awaits approval, and while somebody has paused it as well', () => {
    const who = /somebody with the role Manage who did not submit the job/;
    expect(told(held)).toMatch(new RegExp(`^POST /api/jobs/${held.id}/resume approves it: for ${who.source}`));
    expect(told(pause(held, 'Wait.', NOW))).toMatch(who);
    expect(told(lift(held, seen, NOW))).toBe('');
  });
});

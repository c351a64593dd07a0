import { describe, expect, test } from 'vitest';
import { newChunk } from '../../../../shared/domain/chunk/chunk.ts';
import {
  beginToRemove,
  beginToStrip,
  deletionUnderWay,
  isRehearsal,
  stripMoved,
  stripped,
  strippedChunk,
  strippedReset,
} from '../../../../shared/domain/job/deletion.ts';
import type { JobId } from '../../../../shared/domain/ids.ts';
import { receivingJob, type Job } from '../../../../shared/domain/job/job.ts';
import type { ResetRecord } from '../../../../shared/domain/reset/reset.ts';

const ID = 'j'.repeat(26) as JobId;
/** With something to hide in every member that has words of people or of Graph. */
const JOB: Job = {
  ...receivingJob(ID, { id: 'submitter', name: 'hidden@name.example' }, { caller: 'submitter', key: 'kept hash' }, 1),
  status: 'completed',
  committedAt: 2,
  startedAt: 3,
  endedAt: 4,
  total: 2,
  chunkCount: 2,
  cursor: 2,
  columns: ['hidden'],
  options: {
    reason: 'kept reason',
    skipIfResetWithinHours: 24,
    changeEmailDomain: { from: 'hidden.example', to: 'hidden2.example' },
    defaults: { customizedMessageBody: 'hidden', ccRecipient: { address: 'hidden@cc.example' } },
  },
  verifying: true,
  cancel: { requestedAt: 1, by: 'hidden', cursor: 2, movedAt: 1 },
};
const RECORD: ResetRecord = {
  request: {
    row: 1,
    selector: { by: 'mail', value: 'hidden@selector.example' },
    reference: 'kept reference',
    invitedUserEmailAddress: 'hidden@invited.example',
    invitedUserDisplayName: 'hidden',
    inviteRedirectUrl: 'https://hidden.example',
    input: ['hidden'],
  },
  status: 'succeeded',
  dueAt: 5,
  attempts: 1,
  guestId: 'kept guest',
  sent: {
    attemptId: 'a',
    at: 1,
    graphDate: 1,
    address: 'hidden@sent.example',
    asksMail: true,
    addsEmail: false,
    externalUserState: null,
    externalUserStateChangeDateTime: null,
  },
  startedAt: 6,
  endedAt: 7,
  verdict: { code: 'reset', message: 'hidden words', nextStep: 'hidden too' },
  graphRequestId: 'hidden',
  inviteRedeemUrl: 'https://hidden.example',
  before: { userPrincipalName: 'hidden', mail: 'hidden' },
  after: { mail: 'hidden' },
  would: { mailTo: 'hidden' },
};

describe('what is left', () => {
  test('of a reset is who, what, when and the reference, and stripping it again changes nothing', () => {
    const kept = strippedReset(RECORD);
    expect(JSON.stringify(kept)).not.toContain('hidden');
    expect(kept).toEqual({
      request: { row: 1, selector: { by: 'id', value: 'kept guest' }, reference: 'kept reference' },
      status: 'succeeded',
      dueAt: 5,
      attempts: 1,
      guestId: 'kept guest',
      startedAt: 6,
      endedAt: 7,
      verdict: { code: 'reset', message: '' },
    });
    expect(kept && strippedReset(kept)).toEqual(kept);
  });
  test('of a reset that was never tried, or of nobody, is nothing; nor of a chunk that has only such', () => {
    const { startedAt: _never, ...untried } = RECORD;
    const { guestId: _nobody, ...unknown } = RECORD;
    const chunk = { ...newChunk(ID, 0, [], 5), attemptId: 'a', quietUntil: 9 };
    expect([strippedReset(untried), strippedReset(unknown)]).toEqual([undefined, undefined]);
    expect(strippedChunk({ ...chunk, resets: [untried, unknown] })).toBeUndefined();
    expect(strippedChunk({ ...chunk, resets: [untried, RECORD] })).toEqual({
      jobId: ID,
      index: 0,
      wake: 1,
      dueAt: 5,
      resets: [strippedReset(RECORD)],
    });
  });
  test('of a job is whose it was, why and when, and its key', () => {
    const kept = stripped(beginToStrip(JOB, { id: 'ada' }, 5));
    expect(JSON.stringify(kept)).not.toContain('hidden');
    expect(kept).toMatchObject({
      id: ID,
      submitter: { id: 'submitter' },
      options: { reason: 'kept reason' },
      idempotency: { caller: 'submitter', key: 'kept hash' },
      createdAt: 1,
      endedAt: 4,
      deletion: { kind: 'stripped' },
    });
    expect(kept).not.toHaveProperty('verifying');
  });
});

describe('a deletion', () => {
  const stripping = beginToStrip(JOB, { id: 'ada' }, 5);
  const removing = beginToRemove(JOB, 5, 6);
  test('begins with an ended job, once', () => {
    const { endedAt: _open, ...open } = JOB;
    expect(stripping.deletion).toEqual({ kind: 'stripping', cursor: 0, movedAt: 5 });
    expect(removing.deletion).toEqual({ kind: 'removing', movedAt: 6 });
    for (const job of [open, stripping, stripped(stripping), removing])
      expect(beginToStrip(job, { id: 'ada' }, 9)).toBe(job);
    for (const job of [open, stripping, removing]) expect(beginToRemove(job, 9, 9)).toBe(job);
  });
  test('by age waits until the job ended before that time, and takes what is left of a stripped one', () => {
    expect(beginToRemove(JOB, 4, 6)).toBe(JOB);
    expect(beginToRemove(stripped(stripping), 5, 6).deletion).toEqual({ kind: 'removing', movedAt: 6 });
  });
  test('does not lose whether the job only rehearsed; of one that an older build has stripped nobody knows', () => {
    for (const dryRun of [true, false]) {
      const { options } = JOB;
      const job: Job = { ...JOB, options: { ...options, ...(dryRun && { dryRun }) } };
      const kept = stripped(beginToStrip(job, { id: 'ada' }, 5));
      for (const each of [job, beginToStrip(job, { id: 'ada' }, 5), beginToRemove(job, 5, 6)])
        expect(isRehearsal(each)).toBe(dryRun);
      expect([isRehearsal(kept), isRehearsal(beginToRemove(kept, 5, 6))]).toEqual([dryRun, dryRun]);
      const { dryRun: _notKept, ...older } = kept.options;
      const old = { ...kept, options: older };
      expect([isRehearsal(old), isRehearsal(beginToRemove(old, 5, 6))]).toEqual([undefined, undefined]);
    }
  });
  test('moves on from where the steps began, and only while it strips', () => {
    const moved = stripMoved(stripping, 0, 2, 7);
    expect(moved.deletion).toEqual({ kind: 'stripping', cursor: 2, movedAt: 7 });
    expect(stripMoved(moved, 0, 1, 8)).toBe(moved);
    for (const job of [JOB, removing, stripped(stripping)]) expect(stripMoved(job, 0, 2, 7)).toBe(job);
  });
  test('is under way while it strips or removes', () => {
    expect([JOB, stripping, stripped(stripping), removing].map((job) => deletionUnderWay(job)?.kind)).toEqual([
      undefined,
      'stripping',
      undefined,
      'removing',
    ]);
  });
});

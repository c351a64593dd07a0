/** Small records for tests of the domain. Times count from `NOW`. */
import { newChunk, type Chunk } from '../../../shared/domain/chunk/chunk.ts';
import type { GraphUser } from '../../../shared/domain/guest/guest.ts';
import { newJobId, type JobId } from '../../../shared/domain/ids.ts';
import { receivingJob, type Job } from '../../../shared/domain/job/job.ts';
import { DEFAULT_POLICY } from '../../../shared/domain/policy.ts';
import type { SendPlan } from '../../../shared/domain/reset/send-plan.ts';
import type { RecentWindow } from '../../../shared/domain/reset/recent-state.ts';
import { startSending } from '../../../shared/domain/reset/changes.ts';
import type { ResetRecord, ResetRequest } from '../../../shared/domain/reset/reset.ts';

export const NOW = Date.parse('2026-03-01T12:00:00Z');
export const SECOND = 1_000;
export const GUEST_ID = '00000000-0000-4000-8000-000000000001';

export const jobId = (seed = 0): JobId => newJobId(NOW + seed, new Uint8Array(16).fill(seed));

export const request = (row = 1, more: Partial<ResetRequest> = {}): ResetRequest => ({
  row,
  selector: { by: 'id', value: GUEST_ID },
  sendInvitationMessage: true,
  ...more,
});

export const pending = (row = 1, more: Partial<ResetRecord> = {}): ResetRecord => ({
  request: request(row),
  status: 'pending',
  nextAction: 'send',
  dueAt: NOW,
  attempts: 0,
  ...more,
});

export const user = (more: Partial<GraphUser> = {}): GraphUser => ({
  id: GUEST_ID,
  userPrincipalName: 'anna_fabrikam.example#EXT#@contoso.example',
  userType: 'Guest',
  mail: 'anna@fabrikam.example',
  otherMails: [],
  creationType: 'Invitation',
  accountEnabled: true,
  externalUserState: 'Accepted',
  externalUserStateChangeDateTime: '2025-01-01T00:00:00Z',
  identities: [{ signInType: 'federated', issuerAssignedId: null }],
  preferredLanguage: null,
  ...more,
});

export const plan = (row = 1, more: Partial<SendPlan> = {}): SendPlan => ({
  row,
  guestId: GUEST_ID,
  address: 'anna@fabrikam.example',
  asksMail: true,
  invitation: {},
  warnings: [],
  state: {
    externalUserState: 'Accepted',
    externalUserStateChangeDateTime: '2025-01-01T00:00:00Z',
    userPrincipalName: 'upn',
    mail: 'anna@fabrikam.example',
    otherMails: [],
  },
  ...more,
});

/** Of a job that was submitted at NOW, when the guest was looked at. */
export const WINDOW: RecentWindow = {
  jobSubmittedAt: NOW,
  skipIfResetWithinHours: 24,
  lookedAt: { graph: NOW, own: NOW },
};

/** A reset whose request went out at NOW. */
export const sending = (more: Partial<SendPlan> = {}, row = 1): ResetRecord =>
  startSending(
    pending(row),
    plan(row, more),
    { id: 'attempt', quietUntil: NOW + DEFAULT_POLICY.quietSeconds * SECOND, graphDate: NOW },
    NOW,
  );

export const chunk = (resets: readonly ResetRecord[] = [pending()], more: Partial<Chunk> = {}): Chunk => ({
  ...newChunk(jobId(), 0, [], NOW),
  resets,
  ...more,
});

export const job = (more: Partial<Job> = {}): Job => ({
  ...receivingJob(jobId(), { id: 'caller' }, { caller: 'caller', key: 'key' }, NOW),
  status: 'queued',
  committedAt: NOW,
  total: 20,
  chunkCount: 1,
  ...more,
});

/** A job in the middle of its way, as the API tells it. */
import type { Job } from '../../../client/types.ts';

export const COUNTS: Job['counts'] = {
  pending: 0,
  sending: 0,
  succeeded: 0,
  failed: 0,
  skipped: 0,
  unknown: 0,
  canceled: 0,
};
export const JOB: Job = {
  id: '7ybr1z9vj7e0mzpqmbtznnz118',
  status: 'inProgress',
  lane: 'bulk',
  total: 200,
  done: 101,
  counts: { ...COUNTS, succeeded: 100, failed: 1, pending: 98, sending: 1 },
  summary: { mailed: 100, emailsAdded: 0 },
  byCode: { reset: 100, guestNotFound: 1 },
  byWarning: {},
  options: {
    skipIfResetWithinHours: 24,
    onlyIf: 'any',
    verify: true,
    addEmailTo: 'mail',
    inviteRedirectUrl: 'https://apps.contoso.example',
    hasCustomizedMessageBody: false,
    hasCcRecipient: false,
  },
  createdAt: '2026-11-29T08:00:00Z',
  submittedBy: { id: 'anna' },
  links: { self: '', completion: '', resets: '', csv: '' },
};

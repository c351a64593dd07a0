/** The two writes on Graph: an email added to a guest, and the invitation that resets the guest. */
import { stepId } from '../../domain/graph/classify.ts';
import type { SendPlan } from '../../domain/reset/send-plan.ts';
import type { Invitations } from '../../usecases/ports.ts';
import { postBatch, type BatchStep } from './batch.ts';
import type { PostToGraph } from './client.ts';

const JSON_BODY = { 'Content-Type': 'application/json' } as const;

export function invitations(post: PostToGraph): Invitations {
  return {
    addEmails: (plans) => postBatch(post, plans.flatMap(emailStep)),
    send: (plans) => postBatch(post, plans.map(inviteStep)),
  };
}

const emailStep = ({ row, guestId, emailChange }: SendPlan): BatchStep[] =>
  emailChange === undefined
    ? []
    : [
        {
          id: stepId(row),
          method: 'PATCH',
          url: `/users/${encodeURIComponent(guestId)}`,
          headers: JSON_BODY,
          body: emailChange,
        },
      ];

const inviteStep = ({ row, invitation }: SendPlan): BatchStep => ({
  id: stepId(row),
  method: 'POST',
  url: '/invitations',
  headers: JSON_BODY,
  body: invitation,
});

/** Guests on Graph: look them up, reset them. */
import { stepId } from '../../domain/classify.ts';
import type { BatchAnswer } from '../../domain/graph-answer.ts';
import type { LookUp } from '../../domain/look-up.ts';
import type { SendPlan } from '../../domain/preflight.ts';
import type { Clock, Graph } from '../../usecases/ports.ts';
import { postBatch, type BatchStep } from './batch.ts';
import { connectGraph, type GraphSettings } from './client.ts';

/** The properties of `GraphUser`. */
const SELECT = '$select=id,userPrincipalName,displayName,userType,mail,otherMails,identities,creationType,accountEnabled,externalUserState,externalUserStateChangeDateTime,preferredLanguage';

/** A dropped connection on a read is tried again this often, after this long each. */
const READ_RETRY_MS = [200, 800] as const;

const JSON_BODY = { 'Content-Type': 'application/json' } as const;

export function graphAdapter(settings: GraphSettings, clock: Pick<Clock, 'sleep'>): Graph {
  const post = connectGraph(settings);
  return {
    async lookUp(lookUps) {
      const steps = lookUps.map((lookUp, position): BatchStep => ({ id: String(position), method: 'GET', url: lookUpUrl(lookUp) }));
      let answer: BatchAnswer = await postBatch(post, steps);
      for (const waitMs of READ_RETRY_MS) {
        if (answer.kind !== 'noAnswer' && (answer.kind !== 'notSent' || answer.tokenMissing)) break;
        await clock.sleep(waitMs);
        answer = await postBatch(post, steps);
      }
      return answer;
    },
    check: () => postBatch(post, [{ id: 'organization', method: 'GET', url: '/organization?$select=id' }]),
    addEmails: (plans) => postBatch(post, plans.flatMap(emailStep)),
    send: (plans) => postBatch(post, plans.map(inviteStep)),
  };
}

function lookUpUrl({ by, value }: LookUp): string {
  if (by !== 'mail') return `/users/${encodeURIComponent(value)}?${SELECT}`;
  const quoted = value.replaceAll("'", "''");
  return `/users?$filter=${encodeURIComponent(`mail eq '${quoted}' or otherMails/any(m:m eq '${quoted}')`)}&${SELECT}`;
}

const emailStep = ({ row, guestId, emailChange }: SendPlan): BatchStep[] => (emailChange === undefined ? [] : [{
  id: stepId(row), method: 'PATCH', url: `/users/${encodeURIComponent(guestId)}`, headers: JSON_BODY, body: emailChange,
}]);

const inviteStep = ({ row, invitation }: SendPlan): BatchStep =>
  ({ id: stepId(row), method: 'POST', url: '/invitations', headers: JSON_BODY, body: invitation });

/** What an answer of Graph makes of a reset. Pure. Times are milliseconds since the epoch. */
import type { Invitation, Outcome } from '../graph/classify.ts';
import { decideDoubt, effectOf } from './doubt.ts';
import type { GraphUser } from '../guest/guest.ts';
import type { FailedLookUp } from '../guest/look-up.ts';
import { NO_ANSWER, SEEN_IN_DIRECTORY, SEEN_WITHOUT_URL, UNKNOWN, unknownOf } from './lost-answer.ts';
import { backoffMs, steadyBackoffMs, type Policy, GATE_MAX_AGE_MS } from '../policy.ts';
import type { SendPlan } from './send-plan.ts';
import { askedUntil, endUnseen, givenUp, THROTTLED, throttledDueAt } from './put-off.ts';
import { end, keepInDoubt, postpone, release, succeed, type Release, type Success } from './changes.ts';
import { names } from './notes.ts';
import type { ResetRecord, Verdict } from './reset.ts';
import { isOverdue, withinRunningTime, type Moment } from './running-time.ts';

/** A reset that happened is sent again for its redeem URL at most until this attempt. */
const MAX_ATTEMPTS_FOR_URL = 3;

/** By then every instance sees a stop. */
const STOP_SEEN_MS = 2 * GATE_MAX_AGE_MS;

/** The reset after its own requests were answered, or not. */
export function afterSending(record: ResetRecord, plan: SendPlan, outcome: Outcome, moment: Moment): ResetRecord {
  const { now, policy, random } = moment;
  const attempts = record.attempts + 1;
  const request = 'requestId' in outcome && outcome.requestId !== undefined ? { requestId: outcome.requestId } : {};
  switch (outcome.kind) {
    case 'done':
      return afterSuccess(record, plan, outcome.invitation, { attempts, ...request }, moment);
    case 'failed':
      return isReplicationLag(record, outcome.verdict, moment)
        ? waitAndSend(
            record,
            steadyBackoffMs(attempts, policy.backoff, random),
            { verdict: outcome.verdict, attempts, ...request },
            moment,
          )
        : end(record, 'failed', { verdict: outcome.verdict, attempts, ...request }, now);
    case 'languageRefused':
      return isExhausted(record, attempts, moment)
        ? end(record, 'failed', { verdict: outcome.verdict, attempts, ...request }, now)
        : release(record, { dueAt: now, verdict: outcome.verdict, attempts, withoutLanguage: true, ...request });
    case 'notDone':
      return isExhausted(record, attempts, moment)
        ? end(record, 'failed', { verdict: givenUp(outcome.verdict, attempts), attempts, ...request }, now)
        : waitAndSend(
            record,
            backoffMs(attempts, policy.backoff, random),
            { verdict: outcome.verdict, attempts, notDone: true, ...request },
            moment,
          );
    case 'throttled':
      return isOverdue(record, moment)
        ? end(record, 'failed', { verdict: givenUp(THROTTLED, record.attempts) }, now)
        : release(record, { dueAt: throttledDueAt(record, outcome.wait, moment), notDone: true });
    case 'stopped':
    case 'tenant':
      return release(record, { dueAt: now + STOP_SEEN_MS, verdict: outcome.verdict, notDone: true, ...request });
    case 'inDoubt':
      return keepInDoubt(record, {
        dueAt: Math.max(record.dueAt, askedUntil(record, outcome.wait, moment)),
        verdict: outcome.verdict,
        attempts,
        ...request,
      });
    case 'odd':
      return keepInDoubt(record, {
        dueAt: record.dueAt,
        verdict: outcome.verdict,
        oddAnswer: outcome.verdict,
        attempts,
        ...request,
      });
  }
}

function afterSuccess(
  record: ResetRecord,
  plan: SendPlan,
  invitation: Invitation,
  answered: Pick<Success, 'attempts' | 'requestId'>,
  moment: Moment,
): ResetRecord {
  const success: Success = {
    ...answered,
    verifyAt: verifyAt(moment),
    verdict: plan.asksMail ? RESET_WITH_MAIL : RESET_WITHOUT_MAIL,
    invitation,
    after: names({ ...invitation, mail: mailAfter(plan) }),
  };
  return succeed(record, success, moment.now);
}

/** No wait goes beyond the running time. */
function waitAndSend(record: ResetRecord, ms: number, why: Omit<Release, 'dueAt'>, moment: Moment): ResetRecord {
  return release(record, { ...why, dueAt: withinRunningTime(record, moment.now + ms, moment) });
}

const verifyAt = ({ now, verifyAfterSeconds = 0 }: Moment): number | undefined =>
  verifyAfterSeconds > 0 ? now + verifyAfterSeconds * 1000 : undefined;

const mailAfter = (plan: SendPlan): string | null => plan.emailChange?.mail ?? plan.state.mail;

/**
 * Right after we added the address, "no such email" only means that the directory has not caught up: time ends that,
 * not a number of tries.
 */
function isReplicationLag(record: ResetRecord, verdict: Verdict, { policy, now }: Moment): boolean {
  return (
    verdict.code === 'emailNotOnUser' &&
    record.emailAddedAt !== undefined &&
    now < record.emailAddedAt + policy.replicationLagSeconds * 1000
  );
}

function isExhausted(record: ResetRecord, attempts: number, moment: Moment): boolean {
  return attempts >= moment.policy.maxAttempts || isOverdue(record, moment);
}

/** The reset after a look-up of its guest failed. Reading does no harm, so it costs no attempt; only time ends it. */
export function afterFailedLookUp(record: ResetRecord, found: FailedLookUp, moment: Moment): ResetRecord {
  const { now, policy, random } = moment;
  const isFinal =
    found.class === 'guest' ||
    (found.class !== 'tenant' && (isOverdue(record, moment) || staysIncomplete(record, found.verdict, policy)));
  if (isFinal) return endUnseen(record, found.verdict, now);
  const started: ResetRecord = { ...record, startedAt: record.startedAt ?? now };
  if (found.class === 'throttled') return postpone(started, { dueAt: throttledDueAt(started, found.wait, moment) });
  const failedLookUps = (record.failedLookUps ?? 0) + 1;
  const ownUntil = withinRunningTime(started, now + backoffMs(failedLookUps, policy.backoff, random), moment);
  const dueAt = Math.max(ownUntil, askedUntil(started, found.wait, moment));
  return { ...postpone(started, { dueAt, verdict: found.verdict }), failedLookUps };
}

/** Answers that leave something out are a passing fault of a replica; where they go on, a person must look. */
const staysIncomplete = ({ verdict: before, failedLookUps = 0 }: ResetRecord, { code }: Verdict, policy: Policy) =>
  code === 'guestIncomplete' && before?.code === code && failedLookUps + 1 >= policy.maxAttempts;

/**
 * The reset in doubt after its guest was looked at. When it becomes pending it may be sent again at once.
 * @param mayBeSent false where the attempt never came as far as claiming the guest: then nothing was sent, whatever the
 * directory shows. What Graph has answered was sent, and somebody else has had the guest since
 */
export function afterLook(
  record: ResetRecord,
  user: GraphUser | undefined,
  mayBeSent: boolean,
  moment: Moment,
): ResetRecord {
  const { now, policy } = moment;
  if (!mayBeSent)
    return record.oddAnswer === undefined
      ? release(record, { dueAt: now, nothingSent: true })
      : end(record, 'unknown', { verdict: unknownOf(record) }, now);
  const decision = decideDoubt(record, user, policy.lookIntervalSeconds, now);
  switch (decision.kind) {
    case 'happened':
      return succeed(
        record,
        {
          verdict: lacksUrl(record, user) ? SEEN_WITHOUT_URL : SEEN_IN_DIRECTORY,
          verification: 'verified',
          attempts: record.attempts,
          ...(user !== undefined && { after: names(user) }),
        },
        now,
      );
    case 'fail':
      return end(record, 'failed', { verdict: decision.verdict }, now);
    case 'lookAgain':
      return keepInDoubt(record, {
        dueAt: withinRunningTime(record, decision.at, moment),
        unchangedSince: decision.unchangedSince,
      });
    case 'unknown':
      return end(record, 'unknown', { verdict: unknownOf(record) }, now);
    case 'repeat':
      return repeat(record, decision.happened, user, moment);
  }
}

/** Who has not redeemed, and got no mail, may miss the redeem URL. */
const lacksUrl = ({ sent }: ResetRecord, user: GraphUser | undefined): boolean =>
  sent?.asksMail === false && user?.externalUserState !== 'Accepted';

/** A reset that is about to be sent again, where the request before it shows after all; undefined where it does not. */
export function afterLateLook(record: ResetRecord, user: GraphUser, now: number): ResetRecord | undefined {
  const effect = record.doubted === undefined ? 'none' : effectOf(record.doubted, user);
  if (effect === 'none' || effect === 'earlier') return undefined;
  return effect === 'perhapsThis'
    ? end(record, 'unknown', { verdict: UNKNOWN }, now)
    : succeed(
        record,
        { verdict: SEEN_IN_DIRECTORY, verification: 'verified', attempts: record.attempts, after: names(user) },
        now,
      );
}

/** Sends once more, unless that was done often enough. What the directory shows is kept, for whatever comes of it. */
function repeat(record: ResetRecord, happened: boolean, user: GraphUser | undefined, moment: Moment): ResetRecord {
  const mayRepeat =
    !isExhausted(record, record.attempts, moment) && !(happened && record.attempts >= MAX_ATTEMPTS_FOR_URL);
  // Two unchanged looks are enough to say that a reset with mail did not happen; one without mail is repeated after the
  // first.
  const earlier = happened ? 'happened' : record.sent?.asksMail === false ? 'unclear' : undefined;
  if (mayRepeat)
    return release(record, {
      dueAt: moment.now,
      ...(earlier !== undefined && { earlier }),
      keepsDoubt: record.sent?.asksMail === true,
    });
  if (happened)
    return succeed(
      record,
      {
        verdict: SEEN_WITHOUT_URL,
        verification: 'verified',
        attempts: record.attempts,
        ...(user !== undefined && { after: names(user) }),
      },
      moment.now,
    );
  return earlier === 'unclear'
    ? end(record, 'unknown', { verdict: UNKNOWN }, moment.now)
    : end(record, 'failed', { verdict: givenUp(record.verdict ?? NO_ANSWER, record.attempts) }, moment.now);
}

const RESET_WITH_MAIL: Verdict = {
  code: 'reset',
  message: 'The guest must redeem again; Microsoft was asked to send the invitation by mail.',
};
const RESET_WITHOUT_MAIL: Verdict = {
  code: 'reset',
  message: 'The guest must redeem again; no mail was sent.',
  nextStep: 'Give the guest the redeem URL, or the link of an app.',
};

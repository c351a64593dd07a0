/** No wait carries a reset past the time for which it is tried. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterFailedLookUp, afterLook, afterSending } from '../../../../shared/domain/reset/after-answer.ts';
import type { Moment } from '../../../../shared/domain/reset/running-time.ts';
import type { Outcome } from '../../../../shared/domain/graph/classify.ts';
import type { FailedLookUp } from '../../../../shared/domain/guest/look-up.ts';
import { afterNothingSent, afterOther, afterThrottling } from '../../../../shared/domain/reset/put-off.ts';
import { DEFAULT_POLICY } from '../../../../shared/domain/policy.ts';
import { isTerminal, type ResetRecord } from '../../../../shared/domain/reset/reset.ts';
import { NOW, pending, plan, SECOND, sending, user } from '../records.ts';

const verdict = { code: 'emailNotOnUser', message: 'X.' } as const;
const LIMIT_MS = DEFAULT_POLICY.maxRunningSeconds * SECOND;
const LONGEST_OWN_WAIT_MS = DEFAULT_POLICY.backoff.maxSeconds * SECOND;

const seconds = fc.oneof(fc.double({ min: 1, max: 3_600, noNaN: true }), fc.double({ min: 1, max: 1e20, noNaN: true }));
const wait = fc.record({ seconds });
const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.record({ kind: fc.constant('throttled' as const), wait }),
  fc.record({ kind: fc.constant('inDoubt' as const), verdict: fc.constant(verdict), wait }),
  fc.constantFrom<Outcome>(
    { kind: 'notDone', verdict },
    { kind: 'failed', verdict },
    { kind: 'stopped', verdict },
    { kind: 'tenant', verdict },
  ),
);
const failedLookUp: fc.Arbitrary<FailedLookUp> = fc
  .record({ kind: fc.constant('failed' as const), verdict: fc.constant(verdict), wait })
  .chain((each) =>
    fc.constantFrom('guest', 'retry', 'throttled', 'tenant', 'inDoubt').map((of) => ({ ...each, class: of })),
  );

/** One of all that may happen to a reset, as a change of it. */
type Happening = (record: ResetRecord, around: Moment) => ResetRecord;
const sent = sending({ emailChange: { mail: 'new@adatum.example', otherMails: [] } });
const started = pending(1, { startedAt: NOW });
interface Case {
  readonly from: ResetRecord;
  readonly happens: Happening;
}
const inDoubtOrNot = fc.constantFrom(sent, started, pending());
const happening: fc.Arbitrary<Case> = fc.oneof<fc.Arbitrary<Case>[]>(
  outcome.map((met) => ({ from: sent, happens: (record, around) => afterSending(record, plan(), met, around) })),
  fc.tuple(failedLookUp, inDoubtOrNot).map(([found, from]) => ({
    from,
    happens: (record, around) => afterFailedLookUp(record, found, around),
  })),
  fc.constantFrom(sending(), sent).map((from) => ({
    from,
    happens: (record, around) => afterLook(record, user(), true, around),
  })),
  fc.constant({ from: sent, happens: afterNothingSent }),
  seconds.map((more) => ({
    from: sent,
    happens: (record, around) => afterOther(record, { until: around.now + more * SECOND, verdict }, around),
  })),
  fc.tuple(seconds, inDoubtOrNot).map(([more, from]) => ({
    from,
    happens: (record, around) => afterThrottling(record, { dueAt: around.now + more * SECOND }, around),
  })),
);

test('whatever happens to a reset, it has ended or comes again before its running time is over', () => {
  fc.assert(
    fc.property(
      happening,
      fc.integer({ min: 0, max: LIMIT_MS + 3_600 * SECOND }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      ({ from, happens }, ranMs, random) => {
        const now = NOW + ranMs;
        const after = happens(from, { policy: DEFAULT_POLICY, now, random });
        if (isTerminal(after.status)) return;
        const overdueAt = (from.startedAt ?? now) + LIMIT_MS + 1;
        // The quiet time of what is on its way is kept in any case.
        const last = Math.max(overdueAt, from.status === 'sending' ? from.dueAt : 0);
        expect(after.dueAt).toBeLessThanOrEqual(now < overdueAt ? last : now + LONGEST_OWN_WAIT_MS);
      },
    ),
    { numRuns: 2_000 },
  );
});

/**
 * A reset's whole life against a small model of Graph: answers get lost, reads lag behind, requests are refused. The
 * model knows what really happened; the reset must not have lied about it.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterFailedLookUp, afterLook, afterSending } from '../../../../shared/domain/reset/after-answer.ts';
import type { Moment } from '../../../../shared/domain/reset/running-time.ts';
import type { Outcome } from '../../../../shared/domain/graph/classify.ts';
import { guestState, type GraphUser } from '../../../../shared/domain/guest/guest.ts';
import { DEFAULT_POLICY } from '../../../../shared/domain/policy.ts';
import { startSending } from '../../../../shared/domain/reset/changes.ts';
import { isTerminal, type ResetRecord, type ResetStatus } from '../../../../shared/domain/reset/reset.ts';
import { NOW, pending, plan, SECOND, user } from '../records.ts';

/** What one request meets: whether Graph did it, and what the service was told. */
type Fate =
  | { readonly did: true; readonly told: 'done' | 'nothing' }
  | { readonly did: false; readonly told: 'nothing' | 'notDone' | 'failed' | 'throttled' };

const fate = fc.oneof<fc.Arbitrary<Fate>[]>(
  fc.record({ did: fc.constant(true as const), told: fc.constantFrom('done' as const, 'nothing' as const) }),
  fc.record({
    did: fc.constant(false as const),
    told: fc.constantFrom('nothing' as const, 'notDone' as const, 'failed' as const, 'throttled' as const),
  }),
);

interface World {
  /** One for each request, the last one again and again. */
  readonly fates: readonly Fate[];
  readonly wasState: 'Accepted' | 'PendingAcceptance' | null;
  /** Whether a new invitation of a guest who is pending already shows in the change time. */
  readonly renewsChange: boolean;
  /** Reads show a change this much later. */
  readonly lagSeconds: number;
  /** How far the service's clock is before Graph's. */
  readonly skewSeconds: number;
  /** Look-ups that fail first of all. */
  readonly lookUpsFail: number;
  readonly random: number;
}

/** Reads that lag longer than that can deceive any rule: the quiet time, then two looks. */
const MAX_LAG_SECONDS = DEFAULT_POLICY.quietSeconds + DEFAULT_POLICY.lookIntervalSeconds - 5;

const world: fc.Arbitrary<World> = fc.record({
  fates: fc.array(fate, { minLength: 1, maxLength: 12 }),
  wasState: fc.constantFrom('Accepted', 'PendingAcceptance', null),
  renewsChange: fc.boolean(),
  lagSeconds: fc.integer({ min: 0, max: MAX_LAG_SECONDS }),
  skewSeconds: fc.integer({ min: -3_600, max: 3_600 }),
  lookUpsFail: fc.nat(3),
  random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
});

/** Graph with one guest. All times are Graph's own. */
function modelGraph({ fates, wasState, renewsChange, lagSeconds }: World) {
  let before: GraphUser = user({ externalUserState: wasState });
  let guest = before;
  let changedAt = -Infinity;
  const requests = { sent: 0, done: 0 };
  return {
    requests,
    read: (at: number): GraphUser => (at >= changedAt + lagSeconds * SECOND ? guest : before),
    send(at: number): Outcome {
      const { did, told } = fates[Math.min(requests.sent, fates.length - 1)] ?? { did: false, told: 'notDone' };
      requests.sent++;
      if (did) {
        requests.done++;
        before = guest;
        changedAt = at + SECOND;
        const shows = guest.externalUserState !== 'PendingAcceptance' || renewsChange;
        // Graph tells change times in whole seconds.
        if (shows)
          guest = {
            ...guest,
            externalUserState: 'PendingAcceptance',
            externalUserStateChangeDateTime: new Date(Math.floor(changedAt / SECOND) * SECOND).toISOString(),
          };
      }
      return OUTCOMES[told];
    },
  };
}

const verdict = { code: 'requestRefused', message: 'X.' } as const;
const OUTCOMES: Record<Fate['told'], Outcome> = {
  done: { kind: 'done', invitation: {} },
  nothing: { kind: 'inDoubt', verdict },
  notDone: { kind: 'notDone', verdict },
  failed: { kind: 'failed', verdict },
  throttled: { kind: 'throttled', wait: { seconds: 7 } },
};

type Graph = ReturnType<typeof modelGraph>;

/**
 * One visit: the look at a reset in doubt, then the request of one that is pending. `skew` leads from our clock to
 * Graph's.
 */
function visit(record: ResetRecord, graph: Graph, around: Moment, skew: number): ResetRecord {
  const seen = graph.read(around.now - skew);
  const looked = record.status === 'sending' ? afterLook(record, seen, true, around) : record;
  if (looked.status !== 'pending') return looked;
  const planned = plan(1, { state: guestState(seen) });
  const attempt = {
    id: `attempt ${graph.requests.sent}`,
    quietUntil: around.now + DEFAULT_POLICY.quietSeconds * SECOND,
    graphDate: around.now - skew,
  };
  const sending = startSending(looked, planned, attempt, around.now);
  return afterSending(sending, planned, graph.send(around.now - skew), { ...around, now: around.now + 2 * SECOND });
}

const MAX_VISITS = 200;

/** Lives the reset, visit by visit when it is due, until it ends. */
function live(given: World): { record: ResetRecord; requests: Graph['requests'] } {
  const graph = modelGraph(given);
  const skew = given.skewSeconds * SECOND;
  let record = pending(1, { dueAt: NOW + skew });
  for (let visits = 0; visits < MAX_VISITS && !isTerminal(record.status); visits++) {
    const around: Moment = { policy: DEFAULT_POLICY, now: record.dueAt, random: given.random };
    record =
      visits < given.lookUpsFail
        ? afterFailedLookUp(record, { kind: 'failed', class: 'retry', verdict }, around)
        : visit(record, graph, around, skew);
  }
  return { record, requests: graph.requests };
}

/** How many mails may have gone out where a reset stands. Pending at the end is one that is throttled for ever. */
const TRUE_MAILS: Partial<Record<ResetStatus, readonly number[]>> = {
  pending: [0],
  succeeded: [1],
  failed: [0],
  unknown: [0, 1],
};

test('the guest gets at most one mail, and the result says truly whether one went out, or that nobody knows', () => {
  fc.assert(
    fc.property(world, (given) => {
      const {
        record,
        requests: { done },
      } = live(given);
      expect(TRUE_MAILS[record.status], record.status).toContain(done);
    }),
    { numRuns: 400 },
  );
});

test("a lost answer is found in the directory, however slow its reads and whatever the service's clock says", () => {
  fc.assert(
    fc.property(world, fc.constantFrom('Accepted' as const, null), (given, wasState) => {
      const { record, requests } = live({ ...given, wasState, fates: [{ did: true, told: 'nothing' }] });
      expect(record.status).toBe('succeeded');
      expect(requests).toEqual({ sent: 1, done: 1 });
    }),
  );
});

test('a reset that is not throttled for ever ends, after at most eight requests that were not', () => {
  const throttled: Fate = { did: false, told: 'throttled' };
  fc.assert(
    fc.property(world, fc.nat(5), (given, waits) => {
      const fates = [
        ...Array.from({ length: waits }, () => throttled),
        ...given.fates.filter(({ told }) => told !== 'throttled'),
        { did: false, told: 'notDone' } as const,
      ];
      const {
        record,
        requests: { sent },
      } = live({ ...given, fates });
      expect(isTerminal(record.status)).toBe(true);
      expect(sent - waits).toBeLessThanOrEqual(DEFAULT_POLICY.maxAttempts);
    }),
    { numRuns: 200 },
  );
});

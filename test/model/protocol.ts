/**
 * One chunk of one guest, two workers, and everything that can go wrong between them, as a set of states to explore.
 * The decisions are those that production uses; what is modelled is the order of effects around them: see
 * `processWake`, `visitChunk`, `sendAttempt`, `recordOutcomes`. Times are milliseconds.
 */
import { afterLook, afterSending } from '../../shared/domain/reset/after-answer.ts';
import type { Moment } from '../../shared/domain/reset/running-time.ts';
import { cancelPending } from '../../shared/domain/job/cancel.ts';
import { changeResets, hasLiveAttempt, hasWork, withNextWake, type Chunk } from '../../shared/domain/chunk/chunk.ts';
import { decideClaim, isClaimOf, type GuestClaim } from '../../shared/domain/claim/claim.ts';
import type { Outcome } from '../../shared/domain/graph/classify.ts';
import type { GraphUser } from '../../shared/domain/guest/guest.ts';
import { DEFAULT_POLICY } from '../../shared/domain/policy.ts';
import { decidePreflight } from '../../shared/domain/reset/preflight.ts';
import type { SendPlan } from '../../shared/domain/reset/send-plan.ts';
import { end, release, startSending } from '../../shared/domain/reset/changes.ts';
import { isTerminal, type ResetRecord } from '../../shared/domain/reset/reset.ts';
import { decideWake } from '../../shared/domain/chunk/wake.ts';
import { chunk as chunkOf, NOW, pending, plan as planOf, user as userOf, WINDOW } from '../unit/domain/records.ts';

/** Rules that can be switched off, to see what each is for. */
export const RULES = [
  'quietTime',
  'sendWindow',
  'sendingFirst',
  'secondLook',
  'lookBeforeRepeat',
  'resendCurrent',
  'claimOfLatest',
  'compareAndSet',
  'cancelSparesSending',
  'oddIsDoubt',
  'oddIsFinal',
] as const;
export type Rule = (typeof RULES)[number];

export interface Setting {
  readonly off?: Rule;
  readonly pendingBefore: boolean;
  /** Whether the broker drops a message that is there already. */
  readonly duplicateDetection: boolean;
  /** How many of each may happen. */
  readonly crashes: number;
  readonly lostLocks: number;
  readonly lostAnswers: number;
  /** Answers that prove nothing, with the effect or without. */
  readonly oddAnswers: number;
  readonly throttles: number;
  readonly cancels: number;
  /** Attempts that are explored; a second mail needs two. */
  readonly attempts: number;
}

type Step = 'read' | 'look' | 'write' | 'claim' | 'send' | 'answer' | 'record' | 'wake' | 'done';

interface Message {
  readonly wake: number;
  readonly at: number;
}

interface Worker {
  readonly step: Step;
  readonly message: Message;
  readonly read?: { readonly chunk: Chunk; readonly version: number };
  readonly record?: ResetRecord;
  readonly attemptId?: string;
  readonly sendingAt?: number;
  readonly outcome?: Outcome | 'gaveUp';
  readonly left?: Chunk;
  /** Whether the job was canceled when the row was read. */
  readonly isCanceled?: boolean;
}

/** A request on the wire: it takes effect, or not, before its deadline. */
interface Flight {
  readonly attemptId: string;
  readonly deadline: number;
}

export interface World {
  readonly now: number;
  readonly row: Chunk;
  readonly version: number;
  readonly claim?: GuestClaim;
  readonly messages: readonly Message[];
  readonly workers: readonly (Worker | null)[];
  readonly flights: readonly Flight[];
  readonly attempts: number;
  /** The row says that a request was answered so that nothing is proved; and one was sent all the same. */
  readonly isOdd?: true;
  readonly isSentAgain?: true;
  /** When the guest was reset, if that happened; and how often Microsoft was asked to mail. */
  readonly resetAt?: number;
  readonly mails: number;
  readonly isCanceled: boolean;
  /** The step of a cancel over the chunk: asked for, or between its reading and its writing. */
  readonly cancelStep?: { readonly read?: { readonly chunk: Chunk; readonly version: number } };
  readonly left: Pick<Setting, 'crashes' | 'lostLocks' | 'lostAnswers' | 'oddAnswers' | 'throttles' | 'cancels'>;
}

export interface Move {
  readonly name: string;
  readonly world: World;
}

const GRAPH_MS = DEFAULT_POLICY.graphTimeoutSeconds * 1000;
/** Reads may be behind the truth by as much: longer than the quiet time leaves, shorter than until the second look. */
const LAG_MS = 150_000;
const plan: SendPlan = planOf();
const verdict = { code: 'requestRefused', message: 'X.' } as const;

export function firstWorld({ crashes, lostLocks, lostAnswers, oddAnswers, throttles, cancels }: Setting): World {
  const row = chunkOf([pending()]);
  return {
    now: NOW,
    row,
    version: 1,
    messages: [{ wake: row.wake, at: NOW }],
    workers: [null, null],
    flights: [],
    attempts: 0,
    mails: 0,
    isCanceled: false,
    left: { crashes, lostLocks, lostAnswers, oddAnswers, throttles, cancels },
  };
}

const recordOf = ({ resets }: Chunk): ResetRecord => {
  const [first] = resets;
  if (first === undefined) throw new Error('the chunk of the model has one reset');
  return first;
};
const around = (world: World): Moment => ({ policy: DEFAULT_POLICY, now: world.now, random: 0 });

/** What a look-up finds: the truth, or what was true before while reads lag. */
function views(world: World, setting: Setting): GraphUser[] {
  const before = userOf(setting.pendingBefore ? { externalUserState: 'PendingAcceptance' } : {});
  if (world.resetAt === undefined) return [before];
  const after = userOf({
    externalUserState: 'PendingAcceptance',
    externalUserStateChangeDateTime: new Date(world.resetAt).toISOString(),
  });
  return world.now < world.resetAt + LAG_MS ? [before, after] : [after];
}

/** Everything that can happen next. */
export function moves(world: World, setting: Setting): Move[] {
  return [
    ...deliveries(world),
    ...world.workers.flatMap((worker, who) =>
      worker === null ? [] : [...work(world, setting, worker, who), ...accidents(world, worker, who)],
    ),
    ...landings(world, setting),
    ...canceling(world, setting),
    ...passing(world),
  ];
}

function deliveries(world: World): Move[] {
  const who = world.workers.indexOf(null);
  if (who < 0) return [];
  return world.messages
    .filter(({ at }) => at <= world.now)
    .map((message) => ({
      name: `worker ${who} takes wake ${message.wake}`,
      world: withWorker({ ...world, messages: world.messages.filter((other) => other !== message) }, who, {
        step: 'read',
        message,
      }),
    }));
}

const withWorker = (world: World, who: number, worker: Worker | null): World => ({
  ...world,
  workers: world.workers.map((other, index) => (index === who ? worker : other)),
});
function withMessage(world: World, message: Message, duplicateDetection: boolean): World {
  const isThere = world.messages.some(
    ({ wake, at }) => wake === message.wake && (duplicateDetection || at === message.at),
  );
  return isThere ? world : { ...world, messages: [...world.messages, message] };
}

/** Whoever dies leaves the message to be delivered again; whoever loses the lock goes on, and so does another. */
function accidents(world: World, { message, step }: Worker, who: number): Move[] {
  const again = { ...world, messages: [...world.messages, { ...message, at: world.now }] };
  const { crashes, lostLocks } = world.left;
  return [
    ...(crashes > 0
      ? [
          {
            name: `worker ${who} dies before ${step}`,
            world: withWorker({ ...again, left: { ...world.left, crashes: crashes - 1 } }, who, null),
          },
        ]
      : []),
    ...(lostLocks > 0
      ? [
          {
            name: `worker ${who} loses its lock`,
            world: { ...again, left: { ...world.left, lostLocks: lostLocks - 1 } },
          },
        ]
      : []),
  ];
}

/** Requests on the wire take effect, or get lost; an answer may prove nothing. */
function landings(world: World, { off }: Setting): Move[] {
  const oddOutcome: Outcome =
    off === 'oddIsDoubt' ? { kind: 'failed', verdict } : { kind: 'odd', verdict, said: '409 Conflict' };
  return world.flights.flatMap((flight) => {
    const rest = { ...world, flights: world.flights.filter((other) => other !== flight) };
    const waiting = world.workers.findIndex(
      (worker) => worker?.step === 'answer' && worker.attemptId === flight.attemptId,
    );
    const done = { ...rest, resetAt: world.now, mails: world.mails + 1 };
    const answered = (base: World, outcome: Outcome): World => {
      const worker = base.workers[waiting];
      return worker === null || worker === undefined
        ? base
        : withWorker(base, waiting, { ...worker, step: 'record', outcome });
    };
    const lost = { ...world.left, lostAnswers: world.left.lostAnswers - 1 };
    const odd = { ...world.left, oddAnswers: world.left.oddAnswers - 1 };
    return [
      { name: 'Graph resets the guest', world: answered(done, { kind: 'done', invitation: {} }) },
      ...(world.left.lostAnswers > 0
        ? [
            {
              name: 'Graph resets the guest, the answer is lost',
              world: answered({ ...done, left: lost }, { kind: 'inDoubt', verdict }),
            },
            { name: 'the request is lost', world: answered({ ...rest, left: lost }, { kind: 'inDoubt', verdict }) },
          ]
        : []),
      ...(world.left.oddAnswers > 0
        ? [
            {
              name: 'Graph resets the guest, the answer proves nothing',
              world: answered({ ...done, left: odd }, oddOutcome),
            },
            {
              name: 'Graph does nothing, the answer proves nothing',
              world: answered({ ...rest, left: odd }, oddOutcome),
            },
          ]
        : []),
      ...(world.left.throttles > 0
        ? [
            {
              name: 'Graph throttles',
              world: answered(
                { ...rest, left: { ...world.left, throttles: world.left.throttles - 1 } },
                { kind: 'throttled', wait: { seconds: 5 } },
              ),
            },
          ]
        : []),
    ];
  });
}

/** A wish in the job's row; then a task of its own goes over the chunk, by compare-and-set. See `cancel-job.ts`. */
function canceling(world: World, { off, duplicateDetection }: Setting): Move[] {
  const { cancelStep, left, row, version } = world;
  if (left.cancels > 0)
    return [
      {
        name: 'somebody cancels the job',
        world: { ...world, isCanceled: true, cancelStep: {}, left: { ...left, cancels: left.cancels - 1 } },
      },
    ];
  if (cancelStep === undefined) return [];
  const { cancelStep: _over, ...rest } = world;
  if (cancelStep.read === undefined) {
    const isSpared = hasLiveAttempt(row, world.now) && off !== 'cancelSparesSending';
    return [
      isSpared
        ? { name: 'the cancel leaves the row to its owner', world: rest }
        : { name: 'the cancel reads the row', world: { ...world, cancelStep: { read: { chunk: row, version } } } },
    ];
  }
  const target =
    off === 'cancelSparesSending'
      ? {
          ...cancelStep.read.chunk,
          resets: cancelStep.read.chunk.resets.map((own) =>
            own.status === 'sending' ? release(own, { dueAt: world.now }) : own,
          ),
        }
      : cancelStep.read.chunk;
  const canceled = cancelPending(target, world.now);
  if (canceled === target || version !== cancelStep.read.version)
    return [{ name: 'the cancel has nothing to write', world: rest }];
  const stored = { ...rest, row: canceled, version: version + 1 };
  return [
    {
      name: 'the cancel writes the row',
      world: hasWork(canceled)
        ? withMessage(stored, { wake: canceled.wake, at: canceled.dueAt }, duplicateDetection)
        : stored,
    },
  ];
}

/** Time goes on to the next thing that is due; no further than a request on the wire may last. */
function passing(world: World): Move[] {
  const limit = Math.min(...world.flights.map(({ deadline }) => deadline));
  const next = Math.min(limit, ...world.messages.map(({ at }) => at).filter((at) => at > world.now));
  return Number.isFinite(next) && next > world.now
    ? [{ name: `time passes: ${(next - world.now) / 1000} s`, world: { ...world, now: next } }]
    : [];
}

/** The next step of one worker. */
function work(world: World, setting: Setting, worker: Worker, who: number): Move[] {
  const next = (name: string, change: Partial<Worker>, base: World = world): Move => ({
    name: `worker ${who}: ${name}`,
    world: withWorker(base, who, { ...worker, ...change }),
  });
  const finish = (name: string, base: World = world): Move => ({
    name: `worker ${who}: ${name}`,
    world: withWorker(base, who, null),
  });
  switch (worker.step) {
    case 'read':
      return [decide(world, setting, worker, next, finish)];
    case 'look':
      return look(world, setting, worker, next);
    case 'write':
      return [writeSending(world, setting, worker, next)];
    case 'claim':
      return [claimGuest(world, setting, worker, next, finish)];
    case 'send':
      return [send(world, setting, worker, next)];
    case 'answer':
      return [];
    case 'record':
      return [record(world, setting, worker, next, finish)];
    case 'wake':
      return [
        next(
          'sends the next wake',
          { step: 'done' },
          withMessage(world, { wake: worker.left?.wake ?? 0, at: worker.left?.dueAt ?? 0 }, setting.duplicateDetection),
        ),
      ];
    case 'done':
      return [finish('completes the message')];
  }
}

type Next = (name: string, change: Partial<Worker>, base?: World) => Move;
type Finish = (name: string, base?: World) => Move;

function decide(
  world: World,
  { off, duplicateDetection }: Setting,
  { message }: Worker,
  next: Next,
  finish: Finish,
): Move {
  const { row } = world;
  const seen = off === 'quietTime' ? withoutQuiet(row) : row;
  const decision = decideWake(
    seen,
    { version: 1, jobId: row.jobId, chunk: row.index, wake: message.wake },
    false,
    world.now,
  );
  switch (decision.kind) {
    case 'complete':
      return finish(`completes: ${decision.reason}`);
    case 'resendCurrent':
      return off === 'resendCurrent'
        ? finish('drops an old wake')
        : finish(
            'sends the current wake again',
            withMessage(world, { wake: decision.wake, at: decision.at }, duplicateDetection),
          );
    case 'comeBack':
      return finish('sends a copy for later', {
        ...world,
        messages: [...world.messages, { ...message, at: decision.at }],
      });
    case 'work':
      return next('reads the row', {
        step: 'look',
        read: { chunk: row, version: world.version },
        isCanceled: world.isCanceled,
      });
  }
}

function withoutQuiet(chunk: Chunk): Chunk {
  const { quietUntil: _quiet, ...rest } = chunk;
  return { ...rest, dueAt: 0, resets: chunk.resets.map((reset) => ({ ...reset, dueAt: 0 })) };
}

/** Looks at a request in doubt; a reset that is pending goes on to be sent. */
function look(world: World, setting: Setting, worker: Worker, next: Next): Move[] {
  const { off } = setting;
  const { chunk } = worker.read ?? { chunk: world.row };
  const own = recordOf(chunk);
  if (worker.isCanceled === true && own.status === 'pending')
    return [
      next('sends no more', {
        step: 'record',
        outcome: 'gaveUp',
        left: cancelPending(withNextWake(chunk, [own]), world.now),
      }),
    ];
  if (own.nextAction !== 'look' || off === 'lookBeforeRepeat') {
    const ready = own.status === 'pending' ? own : release(own, { dueAt: world.now });
    return views(world, setting).map((user) => preflight(world, worker, ready, user, next));
  }
  const mayBeSent = isClaimOf(world.claim, { jobId: chunk.jobId, chunk: chunk.index, row: 1 }, own.sent?.attemptId);
  return views(world, setting).map((user) => {
    const { oddAnswer: _odd, ...repeatable } = own;
    const known = off === 'oddIsFinal' ? repeatable : own;
    const asked = off === 'secondLook' ? { ...known, unchangedSince: 0 } : known;
    const after = afterLook(asked, user, mayBeSent, around(world));
    if (worker.isCanceled === true)
      return next(`looks: ${after.status}`, {
        step: 'record',
        outcome: 'gaveUp',
        left: cancelPending(withNextWake(chunk, [after]), world.now),
      });
    return after.status === 'pending'
      ? next('looks: it did not happen', { step: 'write', record: after })
      : next(`looks: ${after.status}`, {
          step: 'record',
          record: after,
          outcome: 'gaveUp',
          left: withNextWake(chunk, [after]),
        });
  });
}

/** A guest whose invitation is open since the submission is skipped; but nobody else resets the guest of the model. */
function preflight(world: World, worker: Worker, ready: ResetRecord, user: GraphUser, next: Next): Move {
  const lookedAt = { graph: world.now, own: world.now };
  const settings = { jobDefaults: {}, defaultRedirectUrl: 'https://my.example', window: { ...WINDOW, lookedAt } };
  const decided = decidePreflight(ready, { kind: 'user', user }, settings);
  if (decided.kind === 'end' || decided.plan.pendingSince === undefined)
    return next('looks the guest up', { step: 'write', record: ready });
  const { chunk } = worker.read ?? { chunk: world.row };
  return next('looks: somebody has reset the guest', {
    step: 'record',
    outcome: 'gaveUp',
    left: withNextWake(chunk, [end(ready, 'skipped', { verdict }, world.now)]),
  });
}

/** Compare-and-set of `sending`: the claim on the chunk. */
function writeSending(world: World, { off, attempts: maxAttempts }: Setting, worker: Worker, next: Next): Move {
  const { read, record: own } = worker;
  if (read === undefined || own === undefined || world.attempts >= maxAttempts)
    return next('has tried often enough', { step: 'done' });
  if (off !== 'compareAndSet' && read.version !== world.version) return next('meets a changed row', { step: 'read' });
  const attemptId = `a${world.attempts + 1}`;
  const quietUntil = world.now + DEFAULT_POLICY.quietSeconds * 1000;
  const started = startSending(own, plan, { id: attemptId, quietUntil, graphDate: world.now }, world.now);
  const sending: Chunk = { ...read.chunk, attemptId, quietUntil, resets: [started] };
  const stored = off === 'sendingFirst' ? world : { ...world, row: sending, version: world.version + 1 };
  return next(
    'writes sending',
    { step: 'claim', attemptId, sendingAt: world.now, read: { chunk: sending, version: stored.version } },
    { ...stored, attempts: world.attempts + 1 },
  );
}

/** The guest's own row: an attempt that has been overtaken writes nothing, and goes no further. */
function claimGuest(world: World, { off }: Setting, { attemptId = '' }: Worker, next: Next, finish: Finish): Move {
  const mine = { jobId: world.row.jobId, chunk: world.row.index, row: 1 };
  const decision =
    world.claim === undefined || off === 'claimOfLatest' || off === 'sendingFirst'
      ? undefined
      : decideClaim(
          { ...mine, attemptId },
          world.claim,
          world.row,
          { jobSubmittedAt: NOW, skipIfResetWithinHours: 24 },
          world.now,
        );
  if (decision !== undefined && decision.kind !== 'take') return finish('has been overtaken');
  return next('claims the guest', { step: 'send' }, { ...world, claim: { ...mine, attemptId } });
}

function send(world: World, { off }: Setting, worker: Worker, next: Next): Move {
  const isLate = world.now - (worker.sendingAt ?? 0) > DEFAULT_POLICY.sendWindowSeconds * 1000;
  if (world.isCanceled) return next('sees the cancel', { step: 'record', outcome: 'gaveUp' });
  if (isLate && off !== 'sendWindow') return next('is too late to send', { step: 'record', outcome: 'gaveUp' });
  return next(
    'sends',
    { step: 'answer' },
    {
      ...world,
      flights: [...world.flights, { attemptId: worker.attemptId ?? '', deadline: world.now + GRAPH_MS }],
      ...(world.isOdd === true && { isSentAgain: true }),
    },
  );
}

/** Writes down what came of the visit; a row that changed meanwhile is merged where it still is this attempt's. */
function record(world: World, { off }: Setting, worker: Worker, next: Next, finish: Finish): Move {
  const { read, outcome, left, attemptId } = worker;
  if (read === undefined || outcome === undefined) return finish('has nothing to write');
  if (left !== undefined) {
    if (read.version !== world.version) return next('meets a changed row', { step: 'read' });
    return leave(world, left, next, finish);
  }
  const isCurrent = read.version === world.version || off === 'compareAndSet' || off === 'sendingFirst';
  const base = isCurrent ? read.chunk : world.row;
  const own = recordOf(base);
  if (own.status !== 'sending' || own.sent?.attemptId !== attemptId) return finish('comes too late with its answer');
  const after =
    outcome === 'gaveUp' ? release(own, { dueAt: world.now + 1_000 }) : afterSending(own, plan, outcome, around(world));
  const told: World = outcome !== 'gaveUp' && outcome.kind === 'odd' ? { ...world, isOdd: true } : world;
  return leave(told, withNextWake(base, changeResets(base.resets, new Map([[1, () => after]]))), next, finish);
}

function leave(world: World, left: Chunk, next: Next, finish: Finish): Move {
  const stored = { ...world, row: left, version: world.version + 1 };
  const { status } = recordOf(left);
  return hasWork(left) ? next(`writes ${status}`, { step: 'wake', left }, stored) : finish(`writes ${status}`, stored);
}

/** What must never be, in words; undefined where all is well. */
export function violation(world: World, { attempts }: Setting): string | undefined {
  const { status } = recordOf(world.row);
  if (world.isSentAgain === true) return 'sent again after an answer that proves nothing';
  if (world.mails > 1 && status !== 'unknown') return `${world.mails} mails, and the reset is ${status}`;
  const isOver =
    world.messages.length === 0 && world.flights.length === 0 && world.workers.every((worker) => worker === null);
  if (!isOver || world.attempts >= attempts) return undefined;
  if (!isTerminal(status)) return `nothing is left to happen, and the reset is ${status}`;
  if (status === 'succeeded' && world.mails === 0) return 'succeeded without a mail';
  return ['failed', 'canceled', 'skipped'].includes(status) && world.mails > 0 ? `${status}, and mailed` : undefined;
}

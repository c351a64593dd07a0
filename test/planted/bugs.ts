/**
 * Bugs that somebody could write, and what must notice each. A list to be kept: a `find` that is not there any more is
 * an error.
 */
import type { Invariant } from '../chaos/evidence.ts';

export interface PlantedBug {
  readonly name: string;
  /** What it would break, in the words of the chaos run. */
  readonly breaks: Invariant;
  /**
   * `model`: every order of events. `order`: one order, in one test. `lives`: whole jobs in one process. `chaos`:
   * processes.
   */
  readonly noticedBy: 'model' | 'order' | 'lives' | 'chaos';
  /** Of `order`: the file of the test, and a part of its name. */
  readonly test?: { readonly file: string; readonly name: string };
  /** The first seed of a chaos run; runs until one violates, at most `RUNS`. */
  readonly seed?: number;
  readonly file: string;
  /** One expression, statement or case of a switch, which is in the file exactly once. */
  readonly find: string;
  readonly put: string;
}

export const BUGS: readonly PlantedBug[] = [
  {
    name: 'nothing is written before sending',
    breaks: 'everyoneEnds',
    noticedBy: 'lives',
    file: 'shared/usecases/wake/visit-chunk.ts',
    find: 'await writeChunk(deps, job, read, sending)',
    put: '({ version: read.version } as { version: string } | Changed)',
  },
  {
    name: 'the ETag of a chunk is ignored',
    breaks: 'oneMail',
    noticedBy: 'order',
    file: 'shared/adapters/tables/own-write.ts',
    test: { file: 'test/parts/service/process-wake.test.ts', name: 'the claim on the chunk comes too late' },
    find: "table.updateEntity(own, 'Replace', { etag: version })",
    put: "table.updateEntity(own, 'Replace', { etag: '*' })",
  },
  {
    name: 'old wakes are dropped',
    breaks: 'everyoneEnds',
    noticedBy: 'model',
    file: 'shared/domain/chunk/wake.ts',
    find: "return { kind: 'resendCurrent', wake: chunk.wake, at: Math.max(readyAt, now) };",
    put: "return { kind: 'complete', reason: 'chunkEnded' };",
  },
  {
    name: 'the quiet time is ignored',
    breaks: 'oneMail',
    noticedBy: 'model',
    file: 'shared/domain/chunk/chunk.ts',
    find: 'return chunk.quietUntil !== undefined && chunk.quietUntil > now;',
    put: 'return false;',
  },
  {
    name: 'a lost answer is repeated without a look',
    breaks: 'oneMail',
    noticedBy: 'model',
    file: 'shared/domain/reset/after-answer.ts',
    find:
      'return keepInDoubt(record, { dueAt: Math.max(record.dueAt, askedUntil(record, outcome.wait, moment)), ' +
      'verdict: outcome.verdict, attempts, ...request });',
    put: 'return release(record, { dueAt: now, verdict: outcome.verdict, attempts, ...request });',
  },
  {
    name: 'one look is enough',
    breaks: 'oneMail',
    noticedBy: 'model',
    file: 'shared/domain/reset/doubt.ts',
    find: 'now < at',
    put: 'now < 0',
  },
  {
    name: 'an attempt that was overtaken goes on',
    breaks: 'oneMail',
    noticedBy: 'model',
    file: 'shared/domain/claim/claim.ts',
    find: "return { kind: 'superseded' };",
    put: "return { kind: 'take' };",
  },
  {
    name: 'a 5xx counts as not done',
    breaks: 'oneMail',
    noticedBy: 'lives',
    file: 'shared/domain/graph/classify.ts',
    find: "case 'inDoubt': return inDoubt(verdict, answer);",
    put: "case 'inDoubt': return { kind: 'notDone', verdict };",
  },
  {
    name: 'an odd status counts as not done',
    breaks: 'truth',
    noticedBy: 'lives',
    file: 'shared/domain/graph/classify.ts',
    find: "case 'odd': return odd(verdict, answer, graphError(answer.body).code.replace(NO_CODE, ''));",
    put: "case 'odd': return { kind: 'failed', verdict };",
  },
  {
    name: 'an odd answer is repeated like a lost one',
    breaks: 'oneMail',
    noticedBy: 'order',
    file: 'shared/domain/reset/after-answer.ts',
    test: { file: 'test/parts/service/odd-answers.test.ts', name: 'and is sent once' },
    find:
      'return keepInDoubt(record, { dueAt: record.dueAt, verdict: outcome.verdict, oddAnswer: outcome.verdict, ' +
      'attempts, ...request });',
    put: 'return keepInDoubt(record, { dueAt: record.dueAt, verdict: outcome.verdict, attempts, ...request });',
  },
  {
    name: 'a look-up is believed whoever it is about',
    breaks: 'truth',
    noticedBy: 'lives',
    file: 'shared/domain/guest/look-up.ts',
    find: '!isAskedFor(lookUp, read.user)',
    put: 'found.length > 100',
  },
  {
    name: 'a step missing from a batch counts as done',
    breaks: 'truth',
    noticedBy: 'lives',
    file: 'shared/domain/graph/classify.ts',
    find: 'if (answer === undefined) return leftOut;',
    put: "if (answer === undefined) return { kind: 'done', invitation: {} };",
  },
  {
    name: 'the claim of another job is not looked at',
    breaks: 'oneMail',
    noticedBy: 'lives',
    file: 'shared/domain/claim/claim.ts',
    find: "return { kind: 'skip', success: lastSuccess };",
    put: "return { kind: 'take' };",
  },
  {
    name: 'a new address replaces the others',
    breaks: 'addressesKept',
    noticedBy: 'lives',
    file: 'shared/domain/graph/invitation.ts',
    find: '{ mail: address, otherMails: withAddresses(otherMails, ...(mail === null ? [] : [mail])) }',
    put: '({ mail: address, otherMails: [] })',
  },
  {
    name: 'a cancel also ends what is being sent',
    breaks: 'truth',
    noticedBy: 'model',
    file: 'shared/domain/job/cancel.ts',
    find: "record.status === 'pending' ? cancel(record, now, verdict) : record",
    put:
      "record.status === 'pending' || record.status === 'sending' ? cancel({ ...record, status: 'pending' }, now, " +
      'verdict) : record',
  },
  {
    name: 'the Graph client repeats a lost POST',
    breaks: 'oneMail',
    noticedBy: 'chaos',
    seed: 1,
    file: 'shared/adapters/graph/client.ts',
    find: "context.response = await fetch(context.request, { ...context.options, headers, redirect: 'manual' });",
    put:
      "const once = () => fetch(context.request, { ...context.options, headers, redirect: 'manual' });\n        " +
      'context.response = await once().catch(once);',
  },
  {
    name: 'a trial whose job was paused is never concluded',
    breaks: 'everyoneEnds',
    noticedBy: 'order',
    file: 'shared/usecases/wake/process-wake.ts',
    test: { file: 'test/parts/service/trials.test.ts', name: 'when its job is paused' },
    find: '!mayTry || read === undefined || !canBeTried(job, read.value, trial.stop.since)',
    put: 'false',
  },
  {
    name: 'whoever has submitted a job may approve it',
    breaks: 'canary',
    noticedBy: 'order',
    file: 'shared/domain/job/approval.ts',
    test: { file: 'test/parts/service/approval.test.ts', name: 'is refused, and nothing is noted' },
    find: 'id !== SERVICE.id && id.toLowerCase() !== submitter.id.toLowerCase()',
    put: 'id !== SERVICE.id && submitter.id.length > 0',
  },
  {
    name: 'a lost wake is never missed',
    breaks: 'everyoneEnds',
    noticedBy: 'order',
    file: 'shared/usecases/repair/reconcile.ts',
    test: { file: 'test/parts/service/reconcile.test.ts', name: 'wakes a chunk whose wake got lost' },
    find: 'repairsLeft > 0',
    put: 'repairsLeft < 0',
  },
  {
    name: 'internal users are taken for external',
    breaks: 'externalOnly',
    noticedBy: 'chaos',
    seed: 1,
    file: 'shared/domain/guest/external.ts',
    find: 'state === user.externalUserState && holds(user)',
    put: 'state === user.externalUserState || holds(user)',
  },
  {
    name: 'the budgets grant everything',
    breaks: 'budgets',
    noticedBy: 'chaos',
    seed: 2,
    file: 'shared/domain/pace/budget.ts',
    find: 'return { fullAt: next, goAt: next - (burst * 1000) / (perSecond * rateFactor) };',
    put: 'return { fullAt: next, goAt: 0 };',
  },
  {
    name: 'the content of a job is written on any version',
    breaks: 'oneMail',
    noticedBy: 'order',
    file: 'shared/adapters/tables/idempotency-store.ts',
    test: { file: 'test/parts/service/duplicates.test.ts', name: 'one of many is a job' },
    find: "seen === undefined ? ['create', row] : ['update', row, 'Replace', { etag: seen }]",
    put: "['upsert', row, 'Replace']",
  },
  {
    name: 'a key that is taken is not looked at',
    breaks: 'oneJobPerKey',
    noticedBy: 'chaos',
    seed: 1,
    file: 'shared/usecases/submit/open-try.ts',
    find: "if (state === 'committed') return { kind: 'committed', jobId: current.value.jobId, bodyHash };",
    put:
      "if (state === 'committed' && bodyHash !== undefined) return { kind: 'open', version: current.version, " +
      'deadline, startedAt };',
  },
  {
    name: 'a chunk that was passed counts as ended',
    breaks: 'counters',
    noticedBy: 'chaos',
    seed: 1,
    file: 'shared/domain/job/progress.ts',
    find: 'const hasEnded = row.counts.pending === 0 && row.counts.sending === 0;',
    put: 'const hasEnded = row.counts.pending === 0;',
  },
  {
    name: 'an address is logged',
    breaks: 'quietLogs',
    noticedBy: 'chaos',
    seed: 1,
    file: 'shared/usecases/wake/send-attempt.ts',
    find: 'const answer = await deps.invitations.send(plans);',
    put: "deps.log.info('sending', { to: plans[0]?.address });\n  const answer = await deps.invitations.send(plans);",
  },
];

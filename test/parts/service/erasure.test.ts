/** Erasing one guest: afterwards no row of any table names them, and whatever was of others is as it was. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eraserOf, wordsOf } from '../../../shared/domain/guest/erasure-words.ts';
import type { JobId } from '../../../shared/domain/ids.ts';
import { answerErasure } from '../../../shared/entry/http/answers/erasure-answer.ts';
import { answerAudit } from '../../../shared/entry/http/answers/audit-answer.ts';
import { answerGuestHistory } from '../../../shared/entry/http/answers/history-answer.ts';
import { answerResets } from '../../../shared/entry/http/answers/resets-answer.ts';
import { Refusal } from '../../../shared/entry/http/refusal.ts';
import type { Caller } from '../../../shared/entry/http/requests/caller.ts';
import { handleTask } from '../../../shared/entry/queue/on-task.ts';
import { taskBody } from '../../../shared/domain/job/task.ts';
import type { Deps } from '../../../shared/usecases/deps.ts';
import { continueErasures, stepErasure } from '../../../shared/usecases/erasure/erase-guest.ts';
import { openErasure } from '../../../shared/usecases/erasure/begin-erasure.ts';
import { cancelJob, continueCancel } from '../../../shared/usecases/jobs/cancel-job.ts';
import { deleteJob } from '../../../shared/usecases/jobs/delete-job.ts';
import { readJob } from '../../../shared/usecases/jobs/read-jobs.ts';
import { reconcile } from '../../../shared/usecases/repair/reconcile.ts';
import { pauseTenant, resumeTenant } from '../../../shared/usecases/stops/stop-control.ts';
import { retryJob } from '../../../shared/usecases/submit/retry-job.ts';
import { callOf } from '../call-of.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService({ guests: 60 });
});
afterEach(async () => {
  await service?.stop();
});

const ADA: Caller = { id: 'ada', roles: new Set(['Manage', 'Read', 'Submit']) };
const guest = (index: number) => service.graph.guest('Accepted', index);
/** The guest who is erased, read anew: the directory changes their addresses. */
const whom = () => guest(0);

const erase = async (named: string = whom().id, deps: Deps = service.deps) => {
  const { status, jsonBody } = await answerErasure(
    callOf('eraseGuest', { caller: ADA, deps, params: { guestId: named } }),
  );
  return { ...(jsonBody as { erased: Record<string, number>; kept: string[]; lost: string[] }), status };
};
const refusal = (named?: string) =>
  erase(named).then(
    () => undefined,
    (error: unknown) => (error instanceof Refusal ? error.problem : error),
  );

/** Every row of every table, as text. */
async function rows(): Promise<{ readonly name: string; readonly text: string }[]> {
  const found: { name: string; text: string }[] = [];
  for (const [name, table] of Object.entries(service.tables))
    for await (const { etag: _etag, timestamp: _time, ...row } of table.listEntities())
      found.push({ name: `${name} ${String(row.rowKey)}`, text: JSON.stringify(row).toLowerCase() });
  return found;
}
const said = ['new.address@partner.example', 'gone@old.example'];
/** Rows that name the guest, by object id, UPN or any address they have or had, in whatever form. */
async function left(): Promise<string[]> {
  const {
    id,
    mail,
    userPrincipalName,
    otherMails = [],
  } = whom() as unknown as Record<string, string> & { otherMails?: string[] };
  const words = [id, mail, userPrincipalName, ...otherMails, ...said].flatMap((word) => word ?? []);
  const forms = words.flatMap((word) => [
    word,
    encodeURIComponent(word),
    word.replace('@', '_'),
    word.replaceAll('-', ''),
  ]);
  const other = `jo${String(mail)}`.toLowerCase();
  const all = (await rows()).map(({ name, text }) => ({ name, text: text.replaceAll(other, '') }));
  return all.filter(({ text }) => forms.some((form) => text.includes(form.toLowerCase()))).map(({ name }) => name);
}

/** The guest among others, with everything that may name them. */
async function eventfulJobs(): Promise<JobId[]> {
  const mail = String(whom().mail);
  const ids = [
    await service.job(
      [
        { user: whom().id, invitedUserEmailAddress: said[0], reference: `call ${mail}` },
        { user: guest(1).id, reference: `colleague of ${mail}, not of jo${mail}` },
        { user: guest(2).id },
      ],
      { sendInvitationMessage: true, addEmailTo: 'otherMails', reason: `moved with ${mail}` },
    ),
  ];
  await service.drain();
  ids.push(
    await service.job([{ user: whom().id }, { user: guest(3).id }], { sendInvitationMessage: true, dryRun: true }),
  );
  ids.push(await service.csvJob(`user,remark\n${whom().userPrincipalName},a remark on ${mail}\n${guest(4).id},none\n`));
  await service.drain();
  const canceled = await service.job([{ user: mail.toUpperCase() }, { user: guest(5).id }], {
    sendInvitationMessage: true,
    notBefore: new Date(service.now() + 3_600_000).toISOString(),
  });
  await cancelJob(service.deps, canceled, { id: 'ada' });
  await continueCancel(service.deps, canceled);
  const deleted = await service.job([{ user: whom().id }, { user: guest(6).id }], {
    sendInvitationMessage: true,
    skipIfResetWithinHours: 0,
  });
  await service.drain();
  await deleteJob(service.deps, deleted);
  await pauseTenant(service.deps, `Paused: ${mail}.`, true, { by: { id: 'ada' }, reason: `wrong ${mail}` });
  service.tasks.length = 0;
  return [...ids, canceled, deleted];
}
const countsOf = async (ids: readonly JobId[]) =>
  Promise.all(
    ids.map(async (id) => {
      const progress = await readJob(service.deps, id);
      return progress && [progress.counts, progress.outcomeCounts];
    }),
  );
/** What the rows say of the chunks, whatever the job's own row remembers. */
const folded = (ids: readonly JobId[]) => Promise.all(ids.map((id) => service.deps.chunks.counts(id, 0, 9)));

describe('an erased guest', () => {
  test('is in no row of any table any more, by no name; the counts of the jobs stay, and so do others', async () => {
    const ids = await eventfulJobs();
    const [counts, chunks] = [await countsOf(ids), await folded(ids)];
    expect((await left()).length).toBeGreaterThan(8);
    expect(await erase()).toMatchObject({
      status: 200,
      erased: { resets: 5, jobs: 5 },
      kept: expect.any(Array),
      lost: [expect.stringContaining('skipIfResetWithinHours')],
    });
    expect(await left()).toEqual([]);
    expect([await countsOf(ids), await folded(ids)]).toEqual([counts, chunks]);
    const [first] = await service.resets(ids[0] as JobId).then((resets) => resets.slice(1));
    expect(first).toMatchObject({ guestId: guest(1).id, request: { selector: { value: guest(1).id } } });
    expect(first?.request.reference).toBe(`colleague of [erased], not of jo${String(whom().mail)}`);
    expect((await service.deps.guests.history(guest(1).id, undefined, 9)).length).toBe(1);
  });
  test('may be named by mail too, and by object id when the directory does not have them any more', async () => {
    await eventfulJobs();
    const { id, mail } = whom();
    expect((await erase(String(mail))).status).toBe(200);
    expect(await left()).toEqual([]);
    expect((await erase(crypto.randomUUID())).erased).toEqual({ resets: 0, jobs: 0, texts: 0, rows: 0 });
    expect(await refusal('nobody@elsewhere.example')).toMatchObject({ code: 'guestNotFound' });
    expect((await erase(id)).erased).toEqual({ resets: 0, jobs: 0, texts: 0, rows: 0 });
  });
  test('is found by what their resets say, where the directory says nothing', async () => {
    await eventfulJobs();
    const lookUp: Deps['directory']['lookUp'] = async () =>
      service.deps.directory.lookUp([{ by: 'id', value: crypto.randomUUID() }]);
    const deps = { ...service.deps, directory: { ...service.deps.directory, lookUp } };
    expect((await erase(whom().id, deps)).status).toBe(200);
    expect(await left()).toEqual([]);
  });
  test('leaves one row in the audit: by whom and when, and not who they were; a repeat adds none', async () => {
    await eventfulJobs();
    for (let repeat = 0; repeat < 2; repeat++) await erase();
    const { jsonBody } = await answerAudit(
      callOf('listAudit', { caller: ADA, deps: service.deps, query: 'pageSize=100' }),
    );
    const { value } = jsonBody as { value: { of: string }[] };
    expect(value.filter(({ of }) => of === 'guest')).toEqual([
      { of: 'guest', at: expect.any(String), action: 'erased', by: { id: 'ada' }, total: 5 },
    ]);
  });
  test('has no history, and results that name nobody; a retry passes over them', async () => {
    const id = await service.job([{ user: whom().id }, { user: guest(1).id }]);
    await cancelJob(service.deps, id, { id: 'ada' });
    await continueCancel(service.deps, id);
    await erase();
    const history = await answerGuestHistory(
      callOf('listGuestResets', { caller: ADA, deps: service.deps, params: { guestId: whom().id } }),
    );
    expect(history.jsonBody).toEqual({ value: [] });
    const job = (await service.deps.jobs.read(id))?.value;
    if (job === undefined) throw new Error('gone');
    const { jsonBody } = await answerResets(callOf('listResets', { caller: ADA, deps: service.deps }), job);
    expect((jsonBody as { value: unknown[] }).value[0]).toEqual({
      row: 1,
      user: '',
      status: 'canceled',
      code: 'canceled',
      message: '',
      erased: true,
      attempts: 0,
      retryable: expect.any(Boolean),
      mail: 'none',
      endedAt: expect.any(String),
    });
    const { body } = await answerResets(
      callOf('listResets', { caller: ADA, deps: service.deps, query: 'format=csv' }),
      job,
    );
    expect(await new Response(body as ReadableStream<Uint8Array>).text()).toContain(guest(1).id);
    expect(await retryJob(service.deps, job, {}, { submitter: { id: 'bob' } })).toMatchObject({
      job: { total: 1 },
    });
  });
  test('is not reset too soon while the directory tells of it; once they have redeemed, they are', async () => {
    await service.job([{ user: whom().id }]);
    await service.drain();
    await erase();
    const codes: unknown[] = [];
    for (let round = 0; round < 2; round++) {
      const again = await service.job([{ user: whom().id }]);
      await service.drain();
      codes.push((await service.resets(again))[0]?.verdict?.code);
      await service.graph.sim('POST', '/redeem', { userId: whom().id });
    }
    expect([codes, await service.mailsTo(whom().id)]).toEqual([['pendingRecently', 'reset'], 2]);
  });
});

describe('a guest in a job that has not ended', () => {
  test.each([
    ['by object id', () => whom().id],
    ['by another address', () => String(whom().mail)],
    ['by UPN in capitals', () => whom().userPrincipalName.toUpperCase()],
  ])('named %s is not erased, nor is anything else; the answer names the job', async (_how, user) => {
    const ended = await service.job([{ user: whom().id }]);
    await service.drain();
    const open = await service.job([{ user: user() }], {
      sendInvitationMessage: true,
      notBefore: new Date(service.now() + 3_600_000).toISOString(),
    });
    const before = await rows();
    const problem = await refusal();
    expect(problem).toMatchObject({ status: 409, code: 'guestInOpenJobs', detail: expect.stringContaining(open) });
    expect((problem as { detail: string }).detail).not.toContain(ended);
    expect(await rows()).toEqual(before);
    await cancelJob(service.deps, open, { id: 'ada' });
    await continueCancel(service.deps, open);
    expect((await erase()).status).toBe(200);
    expect(await left()).toEqual([]);
  });
  test('keeps the claim of a reset that has begun since: nobody is mailed twice', async () => {
    await service.job([{ user: whom().id }]);
    await service.drain();
    const begun = await openErasure(service.deps, whom().id, [], { id: 'ada' });
    if (begun.kind !== 'begun') throw new Error('open');
    const again = await service.job([{ user: whom().id }], { sendInvitationMessage: true, skipIfResetWithinHours: 0 });
    await service.fault({ effect: 'done', status: 503 });
    await service.step();
    await stepErasure(service.deps, begun.erasure);
    expect((await service.deps.guests.current(whom().id))?.value.jobId).toBe(again);
    await service.drain();
    expect([(await service.resets(again))[0]?.status, await service.mailsTo(whom().id)]).toEqual(['succeeded', 2]);
  });
});

describe('an open job', () => {
  test.each([
    ['reason', { reason: `instead of ann` }, undefined],
    ['key', {}, 'ann'],
  ])('that names the guest in its %s is named, and nothing is erased', async (_where, options, key) => {
    const named = (text: string | undefined) => text?.replace('ann', String(whom().mail));
    await service.job([{ user: whom().id }]);
    await service.drain();
    const before = await left();
    const { reason } = options as { reason?: string };
    const result = await service.submit(
      [{ user: guest(1).id }],
      {
        sendInvitationMessage: true,
        notBefore: new Date(service.now() + 3_600_000).toISOString(),
        ...(reason !== undefined && { reason: named(reason) }),
      },
      named(key),
    );
    if (result.kind !== 'accepted') throw new Error(result.problem.detail);
    expect(await refusal()).toMatchObject({
      code: 'guestInOpenJobs',
      detail: expect.stringContaining(result.job.id),
    });
    expect(await left()).toEqual(expect.arrayContaining(before));
  });
});

describe('another guest', () => {
  test('stays in the results, though named by an address that the erased one has too', async () => {
    const theirs = String(guest(1).mail);
    const id = await service.job([{ user: theirs }, { user: guest(2).id }], { sendInvitationMessage: true });
    await service.drain();
    const begun = await openErasure(service.deps, whom().id, [theirs], { id: 'ada' });
    if (begun.kind !== 'begun') throw new Error('open');
    await stepErasure(service.deps, begun.erasure);
    const [first] = await service.resets(id);
    expect([first?.erased, first?.guestId, first?.request.selector]).toEqual([
      undefined,
      guest(1).id,
      { by: 'id', value: guest(1).id },
    ]);
    expect((await service.deps.guests.history(guest(1).id, undefined, 9)).length).toBe(1);
  });
  test('is reset by a retry of a job that sent copies to the erased one', async () => {
    const copies = { ccRecipients: [{ emailAddress: { address: String(whom().mail), name: 'Colleague' } }] };
    const id = await service.job([{ user: guest(1).id }, { user: guest(2).id, invitedUserMessageInfo: copies }], {
      sendInvitationMessage: true,
      customizedMessageBody: `Dear all,\n${String(whom().mail)} has moved.`,
      notBefore: new Date(service.now() + 3_600_000).toISOString(),
    });
    await cancelJob(service.deps, id, { id: 'ada' });
    await continueCancel(service.deps, id);
    await erase();
    expect(await left()).toEqual([]);
    const job = (await service.deps.jobs.read(id))?.value;
    if (job === undefined) throw new Error('gone');
    const retry = await retryJob(service.deps, job, {}, { submitter: { id: 'bob' } });
    if (retry.kind !== 'accepted') throw new Error(retry.problem.detail);
    await service.drain();
    expect((await service.resets(retry.job.id)).map(({ status }) => status)).toEqual(['succeeded', 'succeeded']);
    expect((await rows()).filter(({ text }) => text.includes('colleague'))).toEqual([]);
  });
});

describe('an erasure', () => {
  test('that takes longer goes on by messages that name nobody, and ends', async () => {
    await eventfulJobs();
    const begun = await openErasure(service.deps, whom().id, [String(whom().mail)], { id: 'ada' });
    if (begun.kind !== 'begun') throw new Error('open');
    let steps = 0;
    for (let isDone = false; !isDone; steps++) {
      const [next] = await service.deps.erasures.all();
      if (next === undefined) throw new Error('lost');
      ({ isDone } = await stepErasure(service.deps, next, 0));
    }
    expect(service.tasks).toEqual(Array.from({ length: steps - 1 }, () => ({ kind: 'erase' })));
    expect(steps).toBeGreaterThan(5);
    expect(await left()).toEqual([]);
    expect(await service.deps.erasures.all()).toEqual([]);
  });
  test('is finished by the handler of the queue, and asked for again where its message was lost', async () => {
    await eventfulJobs();
    await openErasure(service.deps, whom().id, [], { id: 'ada' });
    await reconcile(service.deps);
    expect(service.tasks).toEqual([]);
    service.advance(16 * 60);
    await reconcile(service.deps);
    expect(service.tasks).toContainEqual({ kind: 'erase' });
    await handleTask(taskBody({ kind: 'erase' }), service.deps);
    expect(await left()).toEqual([]);
  });
  test('whose process dies at any of its writes is ended by whoever comes next', { timeout: 120_000 }, async () => {
    await eventfulJobs();
    await openErasure(service.deps, whom().id, [String(whom().mail)], { id: 'ada' });
    for (let lost = 0, died = true; died && lost < 60; lost++) {
      let writes = 0;
      const dying = async <R>(write: () => Promise<R>): Promise<R> => {
        if (writes++ === Math.floor(lost / 2) % 4 && lost % 2 === 0) throw new Error('died');
        const result = await write();
        if (writes - 1 === Math.floor(lost / 2) % 4 && lost % 2 === 1) throw new Error('died');
        return result;
      };
      const { jobs, chunks, guests, erasures, audit } = service.deps;
      const deps: Deps = {
        ...service.deps,
        jobs: { ...jobs, replace: (...args) => dying(() => jobs.replace(...args)) },
        chunks: { ...chunks, replace: (...args) => dying(() => chunks.replace(...args)) },
        guests: { ...guests, eraseRows: (...args) => dying(() => guests.eraseRows(...args)) },
        erasures: { ...erasures, end: (...args) => dying(() => erasures.end(...args)) },
        audit: { ...audit, write: (...args) => dying(() => audit.write(...args)) },
      };
      died = await continueErasures(deps).then(
        () => false,
        () => true,
      );
    }
    await continueErasures(service.deps);
    expect([await left(), await service.deps.erasures.all()]).toEqual([[], []]);
  });
  test('by two at once is one', async () => {
    await eventfulJobs();
    const begun = await openErasure(service.deps, whom().id, [], { id: 'ada' });
    if (begun.kind !== 'begun') throw new Error('open');
    await Promise.all([stepErasure(service.deps, begun.erasure), stepErasure(service.deps, begun.erasure)]);
    expect(await left()).toEqual([]);
    await resumeTenant(service.deps);
  });
});

test('a word is a name only where it stands alone', () => {
  const eraser = eraserOf(wordsOf('6F3CBA15-0d1e-4b4f-93a0-7d0d36e6f0a1', ['Ann@x.example', 'no address']));
  expect(
    [
      'to ANN@x.example.',
      'joann@x.example',
      'ann@x.example.org',
      'ann_x.example#EXT#@contoso.example',
      'https://a.example/?mail=ann%40x.example&x',
      'id 6f3cba15-0d1e-4b4f-93a0-7d0d36e6f0a1!',
      'no address',
      'first line\nann@x.example',
      '\tann@x.example\\',
      'ann@x.example-2026',
      'ann@x.example_2',
      'ann@x.example-and-sons.example',
    ].map((text) => eraser.redacted(text)),
  ).toEqual([
    'to [erased].',
    'joann@x.example',
    'ann@x.example.org',
    '[erased]@contoso.example',
    'https://a.example/?mail=[erased]&x',
    'id [erased]!',
    'no address',
    'first line\n[erased]',
    '\t[erased]\\',
    '[erased]-2026',
    '[erased]_2',
    'ann@x.example-and-sons.example',
  ]);
});

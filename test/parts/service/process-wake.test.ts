/** One wake after another, against real tables and the simulated tenant. The tenant's own word decides. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { resumeTenant } from '../../../shared/usecases/stops/stop-control.ts';
import { reconcile } from '../../../shared/usecases/repair/reconcile.ts';
import { processWake } from '../../../shared/usecases/wake/process-wake.ts';
import { readJob } from '../../../shared/usecases/jobs/read-jobs.ts';
import { startService, type Service } from '../service-fixture.ts';
import { Killed, troubled } from '../lives/troubled.ts';

type Plans = Parameters<Service['deps']['invitations']['send']>[0];

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(async () => {
  await service?.stop();
});

const stats = async (): Promise<{
  requests: { invite: number; patchUser: number };
  roundTrips: number;
  internalConversions: number;
}> =>
  (await service.graph.sim('GET', '/stats')).body as {
    requests: { invite: number; patchUser: number };
    roundTrips: number;
    internalConversions: number;
  };
const counts = async (id: Awaited<ReturnType<Service['job']>>) => (await readJob(service.deps, id))?.counts;

test('a guest is reset with one request and one mail, and the job closes', async () => {
  const guest = service.graph.guest('Accepted');
  const id = await service.job([{ user: guest.id }]);
  expect(await service.step()).toBe('worked');
  expect(await service.mailsTo(guest.id)).toBe(1);
  expect((await service.deps.jobs.read(id))?.value).toMatchObject({ status: 'completed' });
  // What is left is the look whether it shows.
  expect(service.messages.map(({ at }) => Math.round((at - service.now()) / 10_000))).toEqual([6]);
  // The look-up, the invitation, and once in a while the list of those who hold a role.
  expect((await stats()).roundTrips).toBe(3);
});

test('what a guest is called after a reset is told once the directory was asked, and not before', async () => {
  const guest = service.graph.guest('Accepted');
  const id = await service.job([{ user: guest.id }]);
  await service.step();
  const [told] = await service.resets(id);
  expect([told?.before, told?.after]).toEqual([
    { userPrincipalName: guest.userPrincipalName, mail: guest.mail },
    { mail: guest.mail },
  ]);
  expect(told?.graphRequestId).toMatch(/^[0-9a-f-]{36}$/);
  await service.drain();
  expect((await service.resets(id))[0]?.after).toEqual(told?.before);
});

test('a process that dies after the effect leaves a reset that the next one finds: one mail', async () => {
  const guest = service.graph.guest('Accepted');
  const id = await service.job([{ user: guest.id }]);
  const [message] = service.messages;
  const dying = {
    ...service.deps,
    invitations: {
      ...service.deps.invitations,
      send: async (plans: Plans) => {
        await service.deps.invitations.send(plans);
        throw new Error('killed');
      },
    },
  };
  await expect(service.step(dying)).rejects.toThrow('killed');
  if (message !== undefined) service.messages.push(message); // the broker delivers it again
  expect(await service.step()).toBe('comesBack');
  expect(service.messages[0]?.at).toBeGreaterThan(service.now() + 150_000);
  await service.drain();
  expect((await service.resets(id))[0]).toMatchObject({ status: 'succeeded' });
  expect(await service.mailsTo(guest.id)).toBe(1);
});

test(
  'a process that dies before it claims the guest has sent nothing, whatever another job does to the guest ' +
    'meanwhile',
  async () => {
    const guest = service.graph.guest('Accepted');
    const dead = await service.job([{ user: guest.id }], { sendInvitationMessage: true, skipIfResetWithinHours: 0 });
    let isDead = false;
    const dying = troubled(service.deps, (call) => (isDead ||= call === 'guests.claim'));
    await expect(service.step(dying)).rejects.toThrow(Killed);
    const other = await service.job([{ user: guest.id }]);
    await service.drain();
    await reconcile(service.deps);
    service.advance(20 * 60);
    await reconcile(service.deps);
    await service.drain();
    expect([
      (await service.resets(dead))[0]?.verdict?.code,
      (await service.resets(other))[0]?.verdict?.code,
      await service.mailsTo(guest.id),
    ]).toEqual(['resetRecently', 'reset', 1]);
  },
);

test('the quiet time counts from the claim, however long the look-up before it took', async () => {
  const guest = service.graph.guest('Accepted');
  const id = await service.job([{ user: guest.id }]);
  const directory = {
    ...service.deps.directory,
    lookUp: async (lookUps: Parameters<typeof service.deps.directory.lookUp>[0]) => {
      service.advance(170);
      return service.deps.directory.lookUp(lookUps);
    },
  };
  const seen: number[] = [];
  const invitations = {
    ...service.deps.invitations,
    send: async (plans: Plans) => {
      seen.push(((await service.deps.chunks.read(id, 0))?.value.quietUntil ?? 0) - service.now());
      return service.deps.invitations.send(plans);
    },
  };
  await service.step({ ...service.deps, directory, invitations });
  expect(seen[0]).toBeGreaterThan(170_000);
});

test('throttled resets wait exactly as long as asked, and pay no attempt', async () => {
  const guest = service.graph.guest('Accepted');
  await service.fault({ status: 429, retryAfter: 17.5 });
  const id = await service.job([{ user: guest.id }]);
  await service.step();
  const [reset] = await service.resets(id);
  expect(reset).toMatchObject({ status: 'pending', attempts: 0 });
  expect((reset?.dueAt ?? 0) - service.now()).toBeGreaterThan(16_000);
  await service.drain();
  expect((await service.resets(id))[0]).toMatchObject({ status: 'succeeded', attempts: 1 });
  expect(await service.mailsTo(guest.id)).toBe(1);
});

describe('one guest', () => {
  test('in two jobs at the same time gets one mail; the other job says that there was one', async () => {
    const guest = service.graph.guest('Accepted');
    const one = await service.job([{ user: guest.id }]);
    const two = await service.job([{ user: guest.userPrincipalName }]);
    const wakes = service.messages.splice(0).map(({ wake }) => wake);
    await Promise.all(wakes.map((wake) => processWake(service.deps, wake)));
    await service.drain();
    const ends = [...(await service.resets(one)), ...(await service.resets(two))];
    expect(ends.map(({ status }) => status).sort()).toEqual(['skipped', 'succeeded']);
    expect(ends.find(({ status }) => status === 'skipped')?.verdict?.message).toMatch(
      /^Another job has reset the guest/,
    );
    expect(await service.mailsTo(guest.id)).toBe(1);
  });
  test(
    "held by another job for two seconds is looked at again a few seconds later, and not after the other's quiet " +
      'time',
    async () => {
      const guest = service.graph.guest('Accepted');
      await service.job([{ user: guest.id }]);
      const second = await service.job([{ user: guest.id }]);
      const invitations = {
        ...service.deps.invitations,
        send: async (plans: Plans) => {
          expect(await service.step()).toBe('worked');
          expect((await service.resets(second))[0]).toMatchObject({
            status: 'pending',
            verdict: { code: 'heldByOther' },
          });
          service.advance(2);
          return service.deps.invitations.send(plans);
        },
      };
      const startedAt = service.now();
      await service.step({ ...service.deps, invitations });
      await service.step();
      expect((await service.resets(second))[0]).toMatchObject({
        status: 'skipped',
        verdict: { code: 'resetRecently' },
      });
      expect(service.now() - startedAt).toBeLessThan(25_000);
      expect(await service.mailsTo(guest.id)).toBe(1);
    },
  );
  test('held by another job whose worker died is never sent while that claim is live, and looked at a few times only', async () => {
    const guest = service.graph.guest('Accepted');
    const first = await service.job([{ user: guest.id }]);
    const second = await service.job([{ user: guest.id }]);
    const dying = troubled(service.deps, (call, when) => call === 'invitations.send' && when === 'before');
    const [lost] = service.messages;
    await expect(service.step(dying)).rejects.toThrow(Killed);
    const quietUntil = (await service.deps.chunks.read(first, 0))?.value.quietUntil ?? 0;
    /** What was sent by the end of each step. */
    const sent: number[] = [];
    while ((await service.resets(second))[0]?.status === 'pending' && service.now() < quietUntil) {
      await service.step();
      if (service.now() < quietUntil) sent.push((await stats()).requests.invite);
    }
    expect(sent).toEqual([0, 0, 0, 0, 0]);
    expect(service.now()).toBeLessThan(quietUntil + 20_000);
    if (lost !== undefined) service.messages.push({ ...lost, at: service.now() });
    await service.drain();
    expect([(await service.resets(first))[0]?.status, (await service.resets(second))[0]?.status]).toEqual([
      'succeeded',
      'skipped',
    ]);
    expect(await service.mailsTo(guest.id)).toBe(1);
  });
  test('under id and UPN in one job fails the second time', async () => {
    const guest = service.graph.guest('Accepted');
    const id = await service.job([{ user: guest.id }, { user: guest.userPrincipalName }]);
    await service.drain();
    expect((await service.resets(id)).map(({ status, verdict }) => [status, verdict?.code])).toEqual([
      ['succeeded', 'reset'],
      ['failed', 'sameGuestTwice'],
    ]);
    expect(await service.mailsTo(guest.id)).toBe(1);
  });
  test('woken twice by the same message gets one mail', async () => {
    const guest = service.graph.guest('Accepted');
    await service.job([{ user: guest.id }]);
    const wake = service.messages.splice(0)[0]?.wake;
    if (wake === undefined) throw new Error('no wake was sent');
    await Promise.all([processWake(service.deps, wake), processWake(service.deps, wake)]);
    await service.drain();
    expect(await processWake(service.deps, wake)).toBe('chunkEnded');
    expect(await service.mailsTo(guest.id)).toBe(1);
  });
  test(
    'whose chunk another worker has done since this one read it gets one mail: the claim on the chunk comes too ' +
      'late',
    async () => {
      const guest = service.graph.guest('Accepted');
      await service.job([{ user: guest.id }]);
      const wake = service.messages.splice(0)[0]?.wake;
      if (wake === undefined) throw new Error('no wake was sent');
      let other: Promise<unknown> | undefined;
      const replace: Service['deps']['chunks']['replace'] = async (chunk, version) => {
        await (other ??= processWake(service.deps, wake));
        return service.deps.chunks.replace(chunk, version);
      };
      await processWake({ ...service.deps, chunks: { ...service.deps.chunks, replace } }, wake);
      expect(await other).toBe('worked');
      expect([await service.mailsTo(guest.id), (await stats()).requests.invite]).toEqual([1, 1]);
    },
  );
  test('with a new address keeps every old one', async () => {
    const guest = service.graph.guest('Accepted');
    const before = service.graph.user(guest.id);
    const old = [before.mail, ...before.otherMails];
    await service.job([{ user: guest.id, invitedUserEmailAddress: 'moved@adatum.example' }]);
    await service.drain();
    expect(service.graph.user(guest.id)).toMatchObject({
      mail: 'moved@adatum.example',
      otherMails: expect.arrayContaining(old),
    });
    expect(await service.mailsTo(guest.id)).toBe(1);
  });
});

test('twenty guests, half of them with new addresses, are done in one visit', async () => {
  const guests = Array.from({ length: 20 }, (_, index) => service.graph.guest('Accepted', index));
  const id = await service.job(
    guests.map(({ id: user }, index) => ({
      user,
      ...(index % 2 === 0 && { invitedUserEmailAddress: `new${index}@adatum.example` }),
    })),
  );
  expect(await service.step()).toBe('worked');
  expect(await counts(id)).toMatchObject({ succeeded: 20 });
  expect((await stats()).requests).toMatchObject({ invite: 20, patchUser: 10 });
});

test('no internal user is ever sent to Graph', async () => {
  const id = await service.job([
    { user: service.graph.special('internalMember').id },
    { user: service.graph.special('internalGuest').id },
  ]);
  await service.drain();
  expect((await service.resets(id)).map(({ verdict }) => verdict?.code)).toEqual(['notExternal', 'notExternal']);
  expect(await stats()).toMatchObject({ internalConversions: 0, requests: { invite: 0 } });
});

test('a refusal of the whole tenant stops everything, and a resume goes on: one mail', async () => {
  const [first, second] = [service.graph.guest('Accepted', 0), service.graph.guest('Accepted', 1)];
  await service.fault({
    status: 403,
    code: 'Forbidden',
    message:
      'Invitations are blocked for this directory due to suspicious activity. Please contact Microsoft support ' +
      'for help.',
  });
  const one = await service.job([{ user: first.id }]);
  const two = await service.job([{ user: second.id }]);
  await service.drain();
  expect([await counts(one), await counts(two)]).toMatchObject([{ pending: 1 }, { pending: 1 }]);
  expect((await stats()).requests.invite).toBe(1);
  expect((await service.deps.control.read()).gate).toMatchObject({ stop: { code: 'tenantBlocked' } });
  await resumeTenant(service.deps);
  await service.drain();
  expect([await counts(one), await counts(two)]).toMatchObject([{ succeeded: 1 }, { succeeded: 1 }]);
  expect([await service.mailsTo(first.id), await service.mailsTo(second.id)]).toEqual([1, 1]);
});

test('outcomes are merged into a row that changed while they were on their way', async () => {
  const guest = service.graph.guest('Accepted');
  const id = await service.job([{ user: guest.id }]);
  const invitations = {
    ...service.deps.invitations,
    send: async (plans: Plans) => {
      const answer = await service.deps.invitations.send(plans);
      const row = await service.deps.chunks.read(id, 0);
      if (row !== undefined)
        await service.deps.chunks.replace(
          { ...row.value, resets: row.value.resets.map((reset) => ({ ...reset, unchangedSince: service.now() })) },
          row.version,
        );
      return answer;
    },
  };
  expect(await service.step({ ...service.deps, invitations })).toBe('worked');
  expect((await service.resets(id))[0]).toMatchObject({ status: 'succeeded', attempts: 1 });
});

describe('a submission', () => {
  test('with the same key, twice at the same instant, is one job', async () => {
    const body = [{ user: service.graph.guest('Accepted').id }];
    const results = await Promise.all([
      service.submit(body, { sendInvitationMessage: true }, 'key'),
      service.submit(body, { sendInvitationMessage: true }, 'key'),
    ]);
    const ids = results.map((result) => (result.kind === 'accepted' ? result.job.id : result.problem.code));
    expect(ids[0]).toBe(ids[1]);
    expect((await service.deps.jobs.page(undefined, 10)).length).toBe(1);
    expect(await service.submit(body, { sendInvitationMessage: false }, 'key')).toMatchObject({
      kind: 'refused',
      problem: { status: 422 },
    });
  });
  test('that is refused leaves no row and no message, and its key is free', async () => {
    const guests = Array.from({ length: 30 }, (_, index) => ({ user: `anna${index}@fabrikam.example` }));
    expect(
      await service.submit([...guests, { user: 'nonsense' }], { sendInvitationMessage: true }, 'key'),
    ).toMatchObject({ kind: 'refused', problem: { code: 'invalidSubmission' } });
    for (const table of [service.tables.jobs, service.tables.chunks, service.tables.idempotency]) {
      for await (const row of table.listEntities()) throw new Error(`left behind: ${String(row.rowKey)}`);
    }
    expect(service.messages).toEqual([]);
    expect(await service.submit(guests, { sendInvitationMessage: true }, 'key')).toMatchObject({ kind: 'accepted' });
  });
});

test(
  'a job that was promised is there at once, even where whoever took it in died right after the commit; and it ' +
    'starts',
  async () => {
    const dying: Service['deps'] = {
      ...service.deps,
      jobs: {
        ...service.deps.jobs,
        replace: async (job, version) =>
          job.status === 'queued' ? Promise.reject(new Error('dead')) : service.deps.jobs.replace(job, version),
      },
    };
    const accepted = await service.submit(
      [{ user: service.graph.guest('Accepted').id }],
      { sendInvitationMessage: true },
      'promised',
      dying,
    );
    if (accepted.kind !== 'accepted') throw new Error(JSON.stringify(accepted));
    expect((await service.deps.jobs.read(accepted.job.id))?.value.status).toBe('receiving');
    const tasks: string[] = [];
    const deps = {
      ...service.deps,
      queue: {
        ...service.deps.queue,
        sendTask: async ({ kind }: { kind: string }) => {
          tasks.push(kind);
        },
      },
    };
    expect((await readJob(deps, accepted.job.id))?.job.status).toBe('queued');
    expect(tasks).toEqual(['dispatch']);
  },
);

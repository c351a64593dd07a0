/** The simulator's limits: budgets, clock, lag, latency, and what the tenant refuses. Its clock is the test's own. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Budget } from '../../../local/graph/budget.ts';
import { drawLatencyMs } from '../../../local/graph/latency.ts';
import { seededRandom } from '../../../local/graph/random.ts';
import { SimClock } from '../../../local/graph/sim-clock.ts';
import { resetBody, startTestGraph, type TestGraph } from './graph-simulator-calls.ts';

const START = Date.parse('2026-03-01T12:00:00Z');
let time = START;
let graph: TestGraph;
beforeEach(async () => {
  time = START;
  graph = await startTestGraph({ now: () => new Date(time) });
});
afterEach(() => graph.simulator.close());

interface BudgetStats {
  readonly refused: number;
  readonly peakArrived: number;
  readonly windowsOver: number;
}
const stats = async () =>
  (await graph.sim('GET', '/stats')).body as {
    refusedByBlock: number;
    writes: { total: number };
    throttled: number;
    budgets: Record<string, BudgetStats>;
  };
const mails = async () => ((await graph.sim('GET', '/mails')).body as unknown[]).length;
const read = async (id: string) =>
  (await graph.call('GET', `/v1.0/users/${id}?$select=mail,otherMails,externalUserState`)).body as {
    mail: string;
    otherMails: string[];
    externalUserState: string;
  };
const find = async (address: string) =>
  (
    (
      await graph.call(
        'GET',
        `/v1.0/users?$filter=${encodeURIComponent(`mail eq '${address}' or otherMails/any(m:m eq '${address}')`)}`,
      )
    ).body as { value: { id: string }[] }
  ).value.map(({ id }) => id);
const batchOf = (count: number, from = 0) =>
  graph.batch(
    Array.from({ length: count }, (_, index) => ({
      id: String(index),
      method: 'POST',
      url: '/invitations',
      headers: { 'Content-Type': 'application/json' },
      body: resetBody(graph.guest('Accepted', (from + index) % 25)),
    })),
  );
const responses = (body: unknown) =>
  (body as { responses: { id: string; status: number; headers: Record<string, string> }[] }).responses;

describe('throttling', () => {
  test('refuses each inner request over the budget with a time to wait, after which there is room', async () => {
    await graph.sim('POST', '/throttle', { budgets: 'documented' });
    const statuses: number[] = [];
    let retryAfter = 0;
    for (let batch = 0; batch < 8; batch++) {
      for (const { status, headers } of responses((await batchOf(20)).body)) {
        statuses.push(status);
        if (status === 429) retryAfter = Math.max(retryAfter, Number(headers['Retry-After']));
      }
    }
    expect([
      statuses.filter((status) => status === 201).length,
      statuses.filter((status) => status === 429).length,
    ]).toEqual([150, 10]);
    expect((await stats()).budgets['invitations']).toMatchObject({ refused: 10, peakArrived: 160, windowsOver: 10 });
    expect((await stats()).writes.total).toBe(150);
    time += retryAfter * 1000;
    expect(responses((await batchOf(1)).body).map(({ status }) => status)).toEqual([201]);
  });
  test('counts what arrives even while it refuses nothing', async () => {
    for (let batch = 0; batch < 8; batch++) await batchOf(20);
    expect((await stats()).budgets['invitations']).toMatchObject({ refused: 0, peakArrived: 160, windowsOver: 10 });
    expect((await stats()).throttled).toBe(0);
  });
  test('a look-up costs resource units and no write', async () => {
    await read(graph.guest().id);
    const { budgets } = await stats();
    expect([budgets['resourceUnits']?.peakArrived, budgets['appWrites']?.peakArrived]).toEqual([1, 0]);
  });
});

describe('a budget', () => {
  test('forgets what is older than its window, to the millisecond', () => {
    const budget = new Budget({ limit: 3, windowSeconds: 10 });
    for (const at of [1_000, 1_000, 1_000, 11_000, 11_000, 11_001]) budget.arrive(1, at);
    expect(budget.statistics()).toMatchObject({ peakArrived: 3, windowsOver: 0 });
    budget.arrive(1, 20_999);
    expect(budget.statistics()).toMatchObject({ peakArrived: 4, windowsOver: 1 });
  });
  test('refills evenly, never above its limit, and refused requests cost a little', () => {
    const budget = new Budget({ limit: 10, windowSeconds: 10 });
    expect(budget.waitSeconds(10, 1_000)).toBe(0);
    budget.take(10);
    expect(budget.waitSeconds(5, 1_000)).toBe(5);
    budget.refuse(5);
    expect(budget.waitSeconds(5, 1_000)).toBe(6);
    expect(budget.waitSeconds(10, 100_000)).toBe(0);
    expect(budget.waitSeconds(11, 100_000)).toBe(1);
  });
});

describe('the clock', () => {
  test('runs faster without a jump, and is moved forward', () => {
    let outer = START;
    const clock = new SimClock(() => new Date(outer));
    outer += 1_000;
    clock.run(10);
    expect(clock.now().getTime()).toBe(START + 1_000);
    outer += 500;
    expect(clock.now().getTime()).toBe(START + 6_000);
    clock.advance(60);
    expect([clock.now().getTime(), clock.outerMs(400)]).toEqual([START + 66_000, 40]);
  });
  test('is the one that answers carry', async () => {
    await graph.sim('POST', '/clock', { advanceSeconds: 3_600 });
    expect(Date.parse((await graph.call('GET', '/v1.0/users')).headers.get('date') ?? '')).toBe(START + 3_600_000);
    expect((await graph.sim('POST', '/clock', { speed: 0 })).status).toBe(400);
  });
});

describe('replication', () => {
  beforeEach(async () => {
    await graph.sim('POST', '/lag', { minMs: 2_000, maxMs: 5_000 });
  });
  test('shows a write to readers only after its lag; the control plane sees it at once', async () => {
    const guest = graph.guest('Accepted');
    await graph.call('PATCH', `/v1.0/users/${guest.id}`, { mail: 'new@adatum.example', otherMails: [guest.mail] });
    expect([await read(guest.id), await find('new@adatum.example'), await find(guest.mail ?? '')]).toMatchObject([
      { mail: guest.mail },
      [],
      [guest.id],
    ]);
    expect(graph.user(guest.id).mail).toBe('new@adatum.example');
    time += 5_000;
    expect([await read(guest.id), await find('new@adatum.example')]).toMatchObject([
      { mail: 'new@adatum.example' },
      [guest.id],
    ]);
  });
  test('makes an invitation right after a new address fail, in the words of the real service', async () => {
    const guest = graph.guest('Accepted');
    await graph.call('PATCH', `/v1.0/users/${guest.id}`, { mail: 'new@adatum.example' });
    const invitation = resetBody(guest, { invitedUserEmailAddress: 'new@adatum.example' });
    expect(await graph.invite(invitation)).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining('doesn’t match any emails') } },
    });
    time += 5_000;
    expect((await graph.invite(invitation)).status).toBe(201);
  });
  test('shows writes in their order, each whole', async () => {
    const guest = graph.guest('Accepted');
    const versions = [guest.mail, 'one@adatum.example', 'two@adatum.example', 'three@adatum.example'];
    for (const mail of versions.slice(1)) {
      await graph.call('PATCH', `/v1.0/users/${guest.id}`, { mail });
      time += 700;
    }
    const seen: number[] = [];
    for (let step = 0; step < 12; step++, time += 500) seen.push(versions.indexOf((await read(guest.id)).mail));
    expect(seen).toEqual(seen.toSorted((one, other) => one - other));
    expect([seen[0], seen.at(-1)]).toEqual([0, 3]);
  });
  test('hides a reset as well, and nothing once the guest has redeemed', async () => {
    const guest = graph.guest('Accepted');
    await graph.invite(resetBody(guest));
    expect((await read(guest.id)).externalUserState).toBe('Accepted');
    time += 5_000;
    expect((await read(guest.id)).externalUserState).toBe('PendingAcceptance');
    await graph.sim('POST', '/redeem', { userId: guest.id });
    expect((await read(guest.id)).externalUserState).toBe('Accepted');
  });
});

describe('what the tenant refuses', () => {
  test('after some invitations is every one, until the block is lifted', async () => {
    await graph.sim('POST', '/block', { afterInvitations: 3 });
    const before = responses((await batchOf(8)).body).map(({ status }) => status);
    expect([
      before.filter((status) => status === 201).length,
      before.filter((status) => status === 403).length,
      await mails(),
    ]).toEqual([3, 5, 0]);
    expect((await graph.invite(resetBody(graph.guest()))).body).toMatchObject({
      error: { message: expect.stringContaining('suspicious activity') },
    });
    expect((await stats()).refusedByBlock).toBe(6);
    await graph.sim('DELETE', '/block');
    expect((await graph.invite(resetBody(graph.guest()))).status).toBe(201);
  });
  test('by policy says so in other words', async () => {
    await graph.sim('POST', '/block', { reason: 'invitationsNotAllowed' });
    expect((await graph.invite(resetBody(graph.guest()))).body).toMatchObject({
      error: { message: expect.stringContaining('not allowed for your company') },
    });
  });
  test('for want of a permission has no effect', async () => {
    const taken = { 'User.ReadWrite.All': false, 'RoleManagement.Read.Directory': false };
    await graph.sim('POST', '/permissions', { ...taken, 'User.Read.All': true });
    const guest = graph.guest();
    expect((await graph.invite(resetBody(guest))).body).toMatchObject({
      error: { message: 'Generic authorization exception.' },
    });
    expect((await graph.call('PATCH', `/v1.0/users/${guest.id}`, { mail: 'x@adatum.example' })).status).toBe(403);
    expect((await graph.call('GET', '/v1.0/roleManagement/directory/roleAssignments')).status).toBe(403);
    expect((await graph.call('GET', `/v1.0/users/${guest.id}`)).status).toBe(200);
    expect(graph.user(guest.id)).toEqual(guest);
    await graph.sim('POST', '/permissions', { 'User.Read.All': false });
    for (const path of ['/v1.0/users?$top=1&$select=id', `/v1.0/users/${guest.id}`])
      expect((await graph.call('GET', path)).body).toMatchObject({ error: { code: 'Authorization_RequestDenied' } });
  });
});

describe('role assignments', () => {
  test('are listed page by page, with the names of the roles where asked for', async () => {
    const holders = [...graph.tenant.special].filter(({ user }) => user.roles.length > 0).map(({ user }) => user.id);
    const ids: string[] = [];
    let path: string | undefined =
      '/v1.0/roleManagement/directory/roleAssignments?$expand=roleDefinition($select=displayName)&$top=3';
    for (let pages = 0; path !== undefined && pages < 5; pages++) {
      const { body } = await graph.call('GET', path);
      const page = body as {
        value: { principalId: string; roleDefinition: { displayName: string } }[];
        '@odata.nextLink'?: string;
      };
      ids.push(...page.value.map(({ principalId }) => principalId));
      expect(page.value.every(({ roleDefinition }) => roleDefinition.displayName.length > 3)).toBe(true);
      const next: string | undefined = page['@odata.nextLink'];
      path = next === undefined ? undefined : new URL(next).pathname + new URL(next).search;
    }
    expect(ids.toSorted()).toEqual(holders.toSorted());
  });
});

test('an invitation that pretends is answered as ever, and nothing happens', async () => {
  await graph.sim('POST', '/faults', { kind: 'invite', act: 'pretend' });
  const guest = graph.guest('Accepted');
  expect(await graph.invite(resetBody(guest, { sendInvitationMessage: true }))).toMatchObject({
    status: 201,
    body: { status: 'PendingAcceptance', invitedUser: { id: guest.id } },
  });
  expect([graph.user(guest.id), await mails(), (await stats()).writes.total]).toEqual([guest, 0, 0]);
});

test('somebody else may change or delete a user', async () => {
  const guest = graph.guest('Accepted');
  await graph.sim('POST', `/users/${guest.id}`, { otherMails: ['other@adatum.example'] });
  expect(await read(guest.id)).toMatchObject({ mail: guest.mail, otherMails: ['other@adatum.example'] });
  await graph.sim('POST', `/users/${guest.id}`, { deleted: true });
  expect([(await graph.call('GET', `/v1.0/users/${guest.id}`)).status, await find(guest.mail ?? '')]).toEqual([
    404,
    [],
  ]);
});

test('latencies follow their median and 95th percentile, the same for the same seed', () => {
  const draw = (seed: number) => {
    const random = seededRandom(seed);
    return Array.from({ length: 4_000 }, () => drawLatencyMs({ medianMs: 400, p95Ms: 800 }, random)).toSorted(
      (one, other) => one - other,
    );
  };
  const drawn = draw(1);
  expect(Math.abs((drawn[2_000] ?? 0) - 400)).toBeLessThan(20);
  expect(Math.abs((drawn[3_800] ?? 0) - 800)).toBeLessThan(60);
  expect(draw(1)).toEqual(drawn);
  expect(draw(2)).not.toEqual(drawn);
});

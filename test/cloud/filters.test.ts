/** Lists give what was asked for and nothing else, on the built app. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCloud, type TestCloud } from './cloud.ts';
import { completed, json, type JobAnswer } from './jobs.ts';

interface Page<T> {
  readonly value: T[];
  readonly nextLink?: string;
}

let cloud: TestCloud;
const ids = { canceled: '', rehearsed: '', retried: '', paused: '' };
const createdAt: string[] = [];

async function submit(options: object, users: readonly string[]): Promise<string> {
  const { body } = await json<JobAnswer & { readonly createdAt: string }>(`${cloud.api}/jobs`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(!('notBefore' in options) && { Prefer: 'wait=20' }) },
    body: JSON.stringify({ sendInvitationMessage: true, ...options, resets: users.map((user) => ({ user })) }),
  });
  createdAt.push(body.createdAt);
  return body.id;
}
const LATER = { notBefore: '2099-01-01T00:00:00Z' };

beforeAll(async () => {
  cloud = await startCloud();
  const users = (
    await json<{ id: string; account: string; externalUserState: string; roles: string[] }[]>(
      `${cloud.graph}/_sim/users`,
    )
  ).body;
  const guests = users.filter(
    ({ account, externalUserState, roles }) =>
      account === 'elsewhere' && externalUserState === 'Accepted' && roles.length === 0,
  );
  const guest = (index: number): string => guests[index]?.id ?? '';
  ids.canceled = await submit(LATER, [guest(0)]);
  const { headers } = await json(`${cloud.api}/jobs/${ids.canceled}/cancel`, { method: 'POST' });
  await completed(headers.get('location') ?? '', 20);
  ids.rehearsed = await submit({ dryRun: true }, [
    guest(1),
    'nobody@fabrikam.example',
    guest(2),
    'none@fabrikam.example',
  ]);
  const retried = await json<JobAnswer>(`${cloud.api}/jobs/${ids.canceled}/retry?dryRun=true`, {
    method: 'POST',
    headers: { Prefer: 'wait=20' },
  });
  ids.retried = retried.body.id;
  ids.paused = await submit(LATER, [guest(3)]);
  await json(`${cloud.api}/jobs/${ids.paused}/pause`, { method: 'POST' });
}, 60_000);
afterAll(async () => {
  await cloud?.stop();
});

test.each(['json', 'csv', 'ndjson'])(
  'who has redeemed is not told as %s where nobody has looked, and a job that has reset nobody is not looked at',
  async (format) => {
    for (const id of [ids.canceled, ids.rehearsed]) {
      const { status, body } = await json<{ code: string; detail: string }>(
        `${cloud.api}/jobs/${id}/resets?redemption=pending&format=${format}`,
      );
      expect([status, body.code]).toEqual([409, 'notChecked']);
      expect(body.detail).toContain(`/api/jobs/${id}/check`);
      const check = await json<{ code: string }>(`${cloud.api}/jobs/${id}/check`, { method: 'POST' });
      expect([check.status, check.body.code]).toEqual([409, 'nothingToCheck']);
    }
  },
);

/** Every item, page by page; a page may be empty. */
async function all<T>(path: string): Promise<T[]> {
  const items: T[] = [];
  for (let next: string | undefined = `${cloud.api}/${path}`, pages = 0; next !== undefined && pages < 20; pages++) {
    const { body }: { body: Page<T> } = await json<Page<T>>(next);
    items.push(...body.value);
    next = body.nextLink;
  }
  return items;
}
const jobs = async (query: string): Promise<string[]> =>
  (await all<{ id: keyof typeof ids }>(`jobs?pageSize=1&${query}`)).map(({ id }) => id);

describe('jobs', () => {
  test('by the status that is shown', async () => {
    expect(await jobs('status=paused')).toEqual([ids.paused]);
    expect(await jobs('status=canceled')).toEqual([ids.canceled]);
    expect(await jobs('status=Paused,canceled')).toEqual([ids.paused, ids.canceled]);
    expect(await jobs('status=queued')).toEqual([]);
  });
  test('by the pause of the tenant, too', async () => {
    const open = await submit(LATER, ['later@fabrikam.example']);
    expect(await jobs('status=queued')).toEqual([open]);
    await json(`${cloud.api}/pause`, { method: 'POST' });
    expect([await jobs('status=queued'), await jobs('status=paused')]).toEqual([[], [open, ids.paused]]);
    await json(`${cloud.api}/resume`, { method: 'POST' });
    const { headers } = await json(`${cloud.api}/jobs/${open}/cancel`, { method: 'POST' });
    await completed(headers.get('location') ?? '', 20);
    await fetch(`${cloud.api}/jobs/${open}`, { method: 'DELETE' });
  });
  test('by what was asked for, and by whom', async () => {
    expect(await jobs('dryRun=true')).toEqual([ids.retried, ids.rehearsed]);
    expect(await jobs('dryRun=false')).toEqual([ids.paused, ids.canceled]);
    expect(await jobs(`retryOf=${ids.canceled}`)).toEqual([ids.retried]);
    expect(await jobs('submittedBy=local-developer&dryRun=true')).toEqual([ids.retried, ids.rehearsed]);
    expect(await jobs('submittedBy=LOCAL-Developer&dryRun=true')).toEqual([ids.retried, ids.rehearsed]);
    expect(await jobs('submittedBy=nobody')).toEqual([]);
  });
  test('by their time: from the first moment on, up to the last without it', async () => {
    const [first = '', second = '', third = ''] = createdAt;
    expect(await jobs(`createdAfter=${second}`)).toEqual([ids.paused, ids.retried, ids.rehearsed]);
    expect(await jobs(`createdBefore=${second}`)).toEqual([ids.canceled]);
    expect(await jobs(`createdAfter=${first}&createdBefore=${third}&dryRun=true`)).toEqual([
      ids.retried,
      ids.rehearsed,
    ]);
  });
  test.each([
    'status=done',
    'status=',
    'retryOf=7',
    'createdAfter=yesterday',
    'createdBefore=2030-02-30T00:00:00Z',
    'dryRun=x',
  ])('are not listed for %s, which is refused', async (query) => {
    const { status, body } = await json<{ code: string }>(`${cloud.api}/jobs?${query}`);
    expect([status, body.code]).toEqual([400, 'invalidParameter']);
  });
});

describe('resets', () => {
  const rows = async (query: string): Promise<number[]> =>
    (await all<{ row: number }>(`jobs/${ids.rehearsed}/resets?pageSize=1&${query}`)).map(({ row }) => row);
  test('by some statuses, and by some codes', async () => {
    expect(await rows('status=failed')).toEqual([2, 4]);
    expect(await rows('status=failed,succeeded')).toEqual([1, 2, 3, 4]);
    expect(await rows('code=guestNotFound')).toEqual([2, 4]);
    expect(await rows('code=guestNotFound,wouldReset&status=succeeded')).toEqual([1, 3]);
    const { body } = await json<{ code: string }>(`${cloud.api}/jobs/${ids.rehearsed}/resets?code=notFound`);
    expect(body.code).toBe('invalidParameter');
  });
  test('from a row on', async () => {
    expect(await rows('from=1')).toEqual([1, 2, 3, 4]);
    expect(await rows('from=3')).toEqual([3, 4]);
    expect(await rows('from=3&code=guestNotFound')).toEqual([4]);
    expect(await rows('from=5')).toEqual([]);
  });
  test.each(['0', '-1', '1.5', 'last', '', '1000000000'])('not from row "%s", which is refused', async (from) => {
    const { status, body } = await json<{ code: string }>(`${cloud.api}/jobs/${ids.rehearsed}/resets?from=${from}`);
    expect([status, body.code]).toEqual([400, 'invalidParameter']);
  });
  test('from a row on, or where a page before ended: both is refused, in each format', async () => {
    const path = `${cloud.api}/jobs/${ids.rehearsed}/resets`;
    const { body: page } = await json<Page<unknown>>(`${path}?pageSize=1&from=2`);
    const next = new URL(page.nextLink ?? '');
    expect(next.searchParams.has('from')).toBe(false);
    next.searchParams.set('from', '2');
    for (const format of ['json', 'csv']) {
      next.searchParams.set('format', format);
      if (format === 'csv') next.searchParams.delete('pageSize');
      const { status, body } = await json<{ code: string; errors: { field: string }[] }>(next.href);
      expect([status, body.code, body.errors.map(({ field }) => field)]).toEqual([400, 'invalidParameter', ['from']]);
    }
  });
  test.each(['csv', 'ndjson'])('in %s, too', async (format) => {
    const answer = await fetch(`${cloud.api}/jobs/${ids.rehearsed}/resets?format=${format}&code=guestNotFound`);
    const lines = (await answer.text()).trim().split('\n');
    expect(lines).toHaveLength(format === 'csv' ? 3 : 2);
  });
});

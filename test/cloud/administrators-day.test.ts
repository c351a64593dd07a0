/**
 * A day of an administrator whose partner has moved: Entra's export, a rehearsal, a careful beginning, the run, what
 * failed, the results in a spreadsheet, and those who have not redeemed. What happened is the simulated tenant's word.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCloud, type TestCloud } from './cloud.ts';
import { completed, json, mailsByGuest, submitCsv, type JobAnswer } from './jobs.ts';

const PARTNER = '@fabrikam.example';

/** The 29 columns of the user list that the Entra portal gives out. */
const ENTRA_COLUMNS = `
  userPrincipalName displayName surname mail givenName id userType jobTitle department accountEnabled
  usageLocation streetAddress state country physicalDeliveryOfficeName city postalCode telephoneNumber mobile
  alternateEmailAddress ageGroup consentProvidedForMinor legalAgeGroupClassification companyName creationType
  directorySynced invitationState identityIssuer createdDateTime`
  .trim()
  .split(/\s+/);

interface SimUser extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly mail: string | null;
  readonly externalUserState: string | null;
}
interface Job extends JobAnswer {
  readonly byCode: Readonly<Record<string, number>>;
  readonly pausedReason?: { readonly code: string };
  readonly warnings?: readonly { readonly code: string; readonly message: string }[];
  readonly check?: { readonly status: string; readonly counts: Readonly<Record<string, number>> };
}

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startCloud({ guests: 150, seed: 11 });
});
afterAll(async () => {
  await cloud?.stop();
});

test('an administrator moves a partner: export, rehearsal, canary, run, failures, retry, results, reminders', async () => {
  const { api, graph } = cloud;
  const partners = (await usersOf(graph)).filter(
    ({ mail, externalUserState }) => mail?.endsWith(PARTNER) === true && externalUserState === 'Accepted',
  );
  const idsOf = (users: readonly SimUser[]): string[] => users.map(({ id }) => id);
  expect(partners.length).toBeGreaterThan(15);
  const roleHolder = at(partners, 7);
  await change(graph, roleHolder.id, { roles: ['Reports Reader'] });
  const refused = at(partners, 9);
  await post(`${graph}/_sim/faults`, {
    kind: 'invite',
    match: { userId: refused.id },
    status: 400,
    code: 'BadRequest',
    message: 'The invited user cannot be invited today.',
  });

  // The export of the portal, filtered and saved in a spreadsheet of a German office: semicolons, a byte order mark.
  const list = asSpreadsheetSaves(partners);

  // A rehearsal: who would be mailed, and who would not; nobody is.
  const rehearsal = await run(api, list, '?dryRun=true&sendInvitationMessage=true&reason=fabrikam+moved');
  expect(rehearsal).toMatchObject({
    total: partners.length,
    byCode: { wouldReset: partners.length - 1, directoryRole: 1 },
  });
  // The directory's own columns mean nothing new to whoever exported them.
  expect(rehearsal.warnings).toBeUndefined();
  expect(await mailsByGuest(graph)).toEqual(new Map());

  // The run begins with five, and stops until they have been looked at.
  const query = '?sendInvitationMessage=true&pauseAfter=5&reason=fabrikam+moved';
  const { id, completion } = await submitCsv(api, list, query);
  const paused = await until(api, id, ({ status }) => status === 'paused');
  expect(paused).toMatchObject({ pausedReason: { code: 'pauseAfter' }, counts: { succeeded: 5 } });
  expect([...(await mailsByGuest(graph)).keys()].toSorted()).toEqual(idsOf(partners.slice(0, 5)).toSorted());
  await post(`${api}/jobs/${id}/resume`);
  const job = (await completed(completion, 50)) as Job;
  expect(job).toMatchObject({
    status: 'completedWithErrors',
    counts: { succeeded: partners.length - 2, failed: 2 },
    byCode: { reset: partners.length - 2, directoryRole: 1, requestRefused: 1 },
  });

  // Two failed, and the results say which can be tried again once what they name has been done.
  const failed = await json<{ value: { guestId: string; code: string; retryable: boolean }[] }>(
    `${api}/jobs/${id}/resets?status=failed`,
  );
  expect(failed.body.value.map(({ guestId, code, retryable }) => [guestId, code, retryable])).toEqual([
    [roleHolder.id, 'directoryRole', true],
    [refused.id, 'requestRefused', false],
  ]);
  await change(graph, roleHolder.id, { roles: [] });
  const retried = await json<Job>(`${api}/jobs/${id}/retry?status=failed`, {
    method: 'POST',
    headers: { Prefer: 'wait=60' },
  });
  expect([retried.status, retried.body.status, retried.body.counts['succeeded']]).toEqual([200, 'completed', 2]);
  expect(await mailsByGuest(graph)).toEqual(new Map(partners.map((user) => [user.id, 1])));

  // The results in the same spreadsheet: its separator, its mark, its own columns first.
  const results = spreadsheetReads(await text(`${api}/jobs/${id}/resets?format=csv`));
  expect(results.header.slice(0, ENTRA_COLUMNS.length)).toEqual(ENTRA_COLUMNS);
  expect(results.rows.map((row) => row['id'])).toEqual(idsOf(partners));
  expect(results.rows.map((row) => row['result.row'])).toEqual(partners.map((_, index) => String(index + 1)));
  const failures = results.rows.filter((row) => row['result.status'] === 'failed');
  expect(failures.map((row) => row['result.code'])).toEqual(['directoryRole', 'requestRefused']);

  // Some redeem. Who has not? One more redeems after that question, and must not be locked out by a reminder.
  const redeemed = partners.slice(0, 3);
  for (const userId of idsOf(redeemed)) await post(`${graph}/_sim/redeem`, { userId });
  await post(`${api}/jobs/${id}/check`);
  const { check } = await until(api, id, (seen) => seen.check?.status === 'completed');
  expect(check?.counts).toMatchObject({ accepted: 3, pending: partners.length - 5 });
  const toRemind = await text(`${api}/jobs/${id}/resets?redemption=pending&format=csv`);
  const late = at(partners, 4);
  await post(`${graph}/_sim/redeem`, { userId: late.id });
  // With 0 hours only what comes after the submission counts, and clocks may differ by four seconds.
  await until(api, id, ({ endedAt }) => Date.parse(endedAt ?? '') + 5_000 < Date.now());
  const before = await mailsByGuest(graph);
  const reminders = await run(api, toRemind, '?sendInvitationMessage=true&onlyIf=pending&skipIfResetWithinHours=0');
  expect(reminders.byCode).toEqual({ reset: partners.length - 6, stateNotWanted: 1 });
  const mails = await mailsByGuest(graph);
  const spared = new Set(idsOf([...redeemed, late, roleHolder, refused]));
  expect(idsOf(partners).filter((userId) => mails.get(userId) !== before.get(userId))).toEqual(
    idsOf(partners).filter((userId) => !spared.has(userId)),
  );
  const after = new Map((await usersOf(graph)).map((user) => [user.id, user.externalUserState]));
  expect([...redeemed, late].map((user) => after.get(user.id))).toEqual(Array(4).fill('Accepted'));
}, 180_000);

const usersOf = async (graph: string): Promise<SimUser[]> => (await json<SimUser[]>(`${graph}/_sim/users`)).body;

async function post(url: string, body?: object): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    ...(body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  });
  expect(response.ok, `${url}: ${response.status} ${await response.text()}`).toBe(true);
}

const change = (graph: string, userId: string, changes: object): Promise<void> =>
  post(`${graph}/_sim/users/${userId}`, changes);

/** Not by `Response.text`, which takes the byte order mark away. */
const text = async (url: string): Promise<string> =>
  Buffer.from(await (await fetch(url)).arrayBuffer()).toString('utf8');

async function run(api: string, csv: string, query: string): Promise<Job> {
  const { completion } = await submitCsv(api, csv, query);
  return (await completed(completion, 50)) as Job;
}

async function until(api: string, id: string, holds: (job: Job) => boolean): Promise<Job> {
  const giveUp = Date.now() + 50_000;
  for (;;) {
    const { body } = await json<Job>(`${api}/jobs/${id}`);
    if (holds(body)) return body;
    if (Date.now() > giveUp) throw new Error(`the job did not come so far: ${JSON.stringify(body)}`);
    await wait(200);
  }
}

function asSpreadsheetSaves(users: readonly SimUser[]): string {
  const cell = (user: SimUser, column: string): string => {
    if (column === 'alternateEmailAddress') return `${user.id.slice(0, 8)}@elsewhere.example`;
    const value = column === 'invitationState' ? user.externalUserState : user[column];
    return typeof value === 'string' || typeof value === 'boolean' ? String(value) : '';
  };
  const lines = [ENTRA_COLUMNS, ...users.map((user) => ENTRA_COLUMNS.map((column) => cell(user, column)))];
  return `\uFEFF${lines.map((cells) => `${cells.join(';')}\r\n`).join('')}`;
}

/** A file that begins with a byte order mark, read with semicolons: what a German spreadsheet does with it. */
function spreadsheetReads(file: string): { readonly header: string[]; readonly rows: Record<string, string>[] } {
  expect(file.startsWith('\uFEFF')).toBe(true);
  const [header = [], ...lines] = file
    .slice(1)
    .split('\r\n')
    .filter(Boolean)
    .map((line) =>
      [...line.matchAll(/(?:^|;)(?:"((?:[^"]|"")*)"|([^;]*))/g)].map(([, quoted, plain]) =>
        (quoted ?? plain ?? '').replaceAll('""', '"'),
      ),
    );
  return {
    header,
    rows: lines.map((cells) => Object.fromEntries(header.map((name, index) => [name, cells[index] ?? '']))),
  };
}

function at<T>(all: readonly T[], index: number): T {
  const found = all[index];
  if (found === undefined) throw new Error(`there is no number ${index}`);
  return found;
}

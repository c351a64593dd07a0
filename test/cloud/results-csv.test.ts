/** The results as a file: read as a spreadsheet reads it, corrected, and submitted again. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { excelRows } from '../excel-reader.ts';
import { startCloud, type TestCloud } from './cloud.ts';
import { completed, json, mailsByGuest, submitCsv } from './jobs.ts';

interface SimUser {
  readonly id: string;
  readonly mail: string | null;
  readonly externalUserState: string | null;
  readonly accountEnabled: boolean;
  readonly roles: readonly string[];
}

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startCloud({ guests: 30, seed: 3 });
});
afterAll(async () => {
  await cloud?.stop();
});

const bytesOf = async (response: Promise<Response>): Promise<Uint8Array> =>
  new Uint8Array(await (await response).arrayBuffer());

/** As a spreadsheet of that region saves it: without the empty cells at the end of a row. */
const saved = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((row) => row.join(';').replace(/;+$/, '')).join('\r\n')}\r\n`;

test('a file with semicolons, corrected in a spreadsheet and submitted again, resets the same guest once', async () => {
  const { body: users } = await json<SimUser[]>(`${cloud.graph}/_sim/users`);
  const guest = users.find(
    ({ mail, externalUserState, accountEnabled, roles }) =>
      mail !== null && externalUserState === 'Accepted' && accountEnabled && roles.length === 0,
  );
  if (guest === undefined) throw new Error('The tenant has no guest.');
  const file = `user;Bemerkung;invitedUserEmailAddress\r\n${guest.mail};Größe;\r\nnobody@fabrikam.example;;\r\n`;
  const first = await submitCsv(cloud.api, file, '?sendInvitationMessage=true&dryRun=true');
  await completed(first.completion, 30);

  const rows = excelRows(await bytesOf(fetch(`${cloud.api}/jobs/${first.id}/resets?format=csv`)), ';');
  expect(rows.map((row) => row.slice(0, 6))).toEqual([
    ['user', 'Bemerkung', 'invitedUserEmailAddress', 'id', 'result.row', 'result.status'],
    [guest.mail, 'Größe', '', guest.id, '1', 'succeeded'],
    ['nobody@fabrikam.example', '', '', '', '2', 'failed'],
  ]);

  const { body: retried } = await json<{ id: string }>(`${cloud.api}/jobs/${first.id}/retry?status=failed`, {
    method: 'POST',
    headers: { Prefer: 'wait=20' },
  });
  const again = excelRows(await bytesOf(fetch(`${cloud.api}/jobs/${retried.id}/resets?format=csv`)), ';');
  expect(again.map((row) => row.slice(0, 6))).toEqual([
    rows[0]?.slice(0, 6),
    ['nobody@fabrikam.example', '', '', '', '1', 'failed'],
  ]);

  const [header = [], found = []] = rows;
  const corrected = found.with(2, 'moved@adatum.example');
  const second = await submitCsv(cloud.api, saved([header, corrected]), '?sendInvitationMessage=true');
  expect(await completed(second.completion, 30)).toMatchObject({ total: 1, counts: { succeeded: 1 } });
  expect(await mailsByGuest(cloud.graph)).toEqual(new Map([[guest.id, 1]]));
});

test('bad rows come back with the separator of the file, as a spreadsheet opens them', async () => {
  const answer = fetch(`${cloud.api}/jobs?sendInvitationMessage=false&format=csv`, {
    method: 'POST',
    body: 'user;Bemerkung\r\nniemand;Größe\r\n',
    headers: { 'Content-Type': 'text/csv' },
  });
  const [header, row] = excelRows(await bytesOf(answer), ';');
  expect(header).toEqual(['user', 'Bemerkung', 'problem']);
  expect(row).toEqual(['niemand', 'Größe', expect.stringContaining('Line 2.')]);
});

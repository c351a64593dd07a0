/** Where a setting says whether Microsoft mails, nobody has to choose; and a row that says it is what counts. */
import { expect, test } from 'vitest';
import { completed } from '../cloud/jobs.ts';
import { atJob, drop, rehearse } from './steps.ts';
import { tenantOf } from './tenant.ts';
import { useBrowser } from './world.ts';

const world = useBrowser({ guests: 50, seed: 17, env: { DEFAULT_SEND_INVITATION_MESSAGE: 'false' } });
const tenant = tenantOf(world);

test('a list that says nothing of mail goes up once as it is, and the setting says it', async () => {
  const [guest, mailed] = [await tenant.takeOne(), await tenant.takeOne()];
  const page = await world.open();
  const sent: URL[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(new URL(request.url()));
  });
  await drop(page, { name: 'guests.csv', text: `user,sendEmail\n${guest.mail},\n${mailed.mail},true\n` });
  expect(await rehearse(page)).toBe('2 of 2 guests would be reset');
  expect(sent.map(({ searchParams }) => searchParams.get('sendInvitationMessage'))).toEqual([null]);
  await page.getByText('1 mail from Microsoft', { exact: true }).waitFor();
  expect(await page.getByRole('radio', { name: 'As the rows or the service’s settings say' }).isChecked()).toBe(true);
  await page.getByRole('button', { name: 'Reset 2 guests' }).click();
  await completed(`${world.cloud.api}/jobs/${await atJob(page)}/completion`, 60);
  expect(await tenant.mails([guest, mailed])).toEqual(
    new Map([
      [guest.id, 0],
      [mailed.id, 1],
    ]),
  );
});

/** What somebody sees who sits at a terminal. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCloud, type TestCloud } from './cloud.ts';
import { json, mailsByGuest, type JobAnswer } from './jobs.ts';
import { sitDown, type Desk } from './program.ts';
import { hasPseudoTerminal, openScreen, textOf, type Screen } from './pseudo-terminal.ts';

let cloud: TestCloud;
let desk: Desk;
let guests: string[] = [];
beforeAll(async () => {
  if (!hasPseudoTerminal) return;
  cloud = await startCloud({ guests: 300, seed: 8 });
  desk = sitDown(cloud.api);
  const { body } = await json<{ id: string; userType: string; mail: string | null }[]>(`${cloud.graph}/_sim/users`);
  guests = body.filter(({ userType, mail }) => userType === 'Guest' && mail !== null).map(({ id }) => id);
});
afterAll(async () => {
  desk?.leave();
  await cloud?.stop();
});

const list = (name: string, count: number): string =>
  desk.write(name, `user\n${guests.splice(0, count).join('\n')}\n99999999-9999-4999-8999-999999999999\n`);
const open = (args: readonly string[], columns: number, env: NodeJS.ProcessEnv = {}): Screen =>
  openScreen(args, { columns, env: { GUEST_RESET_URL: cloud.api, HOME: desk.folder, ...env } });
const mails = async (): Promise<number> => (await mailsByGuest(cloud.graph)).size;
const idIn = (shown: string): string => /Job ([0-9a-z]{26})/.exec(shown)?.[1] ?? '';

describe.skipIf(!hasPseudoTerminal)('at a terminal', { timeout: 90_000 }, () => {
  test('whoever mails many is told whom after a rehearsal, and is asked; Enter alone mails nobody', async () => {
    const file = list('asked.csv', 40);
    const before = await mails();
    const careful = open(['submit', file, '--send-mail'], 100);
    await careful.shows(/Mail 40 guests\? There is no undo\./);
    careful.type('\r');
    const { code, shown } = await careful.end;
    expect(textOf(shown)).toContain('40 of 41 would be mailed by Microsoft. Others: guestNotFound 1.\n');
    expect(textOf(shown)).toContain('Nobody was mailed.');
    expect(code).toBe(1);
    const left = open(['submit', file, '--send-mail'], 100);
    await left.shows(/Mail 40 guests\?/);
    left.type('\u0003');
    const gone = await left.end;
    expect(textOf(gone.shown)).toMatch(/next look in \d+ s; Ctrl-C cancels the rehearsal$/m);
    expect(textOf(gone.shown)).toMatch(/^Nobody was mailed\.$/m);
    expect(gone.code).toBe(130);
    expect(await mails()).toBe(before);

    const sure = open(['submit', file, '--send-mail', '--wait'], 100);
    await sure.shows(/Mail 40 guests\?/);
    sure.type('y');
    const sent = await sure.end;
    expect(sent.code).toBe(3);
    expect(await mails()).toBe(before + 40);
  });

  test('a bar shows how far it is, how fast, what failed and why; Ctrl-C leaves the job running', async () => {
    const file = list('bar.csv', 80);
    const screen = open(['submit', file, '--no-mail', '--wait'], 100);
    const shown = textOf(await screen.shows(/a second/));
    expect(shown).toMatch(/^[█▓▒]+░* +\d+ % {2}\d+ of 81 {2}\d+\.\d a second, about \d+ s left$/m);
    expect(shown).toMatch(/^ {2}succeeded \d+/m);
    expect(shown).toMatch(/next look in \d+ s; Ctrl-C leaves, and the job goes on/);
    expect(shown).not.toContain('\u001B[2J');
    screen.type('\u0003');
    const left = await screen.end;
    const come = /To come back: npm run -s guest-reset -- (status ([0-9a-z]{26}) --watch)/.exec(left.shown);
    expect(left.code).toBe(130);
    expect(come, JSON.stringify(left.shown.slice(-600))).not.toBeNull();
    const back = open(come?.[1]?.split(' ') ?? [], 100);
    const seen = await back.end;
    expect(textOf(seen.shown)).toContain('because    guestNotFound 1');
    expect(seen.code).toBe(3);
    expect((await json<JobAnswer>(`${cloud.api}/jobs/${come?.[2]}`)).body.counts).toMatchObject({ succeeded: 80 });
  });

  test('on a screen that becomes narrow no line is wider than it; NO_COLOR paints nothing', async () => {
    const file = list('narrow.csv', 60);
    const screen = open(['submit', file, '--no-mail', '--wait'], 100, { NO_COLOR: '1' });
    await screen.shows(/% {2}\d+ of 61/);
    const wide = (await screen.shows(/next look/)).length;
    screen.resize(34);
    const { shown, code } = await screen.end;
    expect(code).toBe(3);
    const drawn = textOf(shown.slice(wide))
      .split('\n')
      .filter((line) => /of 61|next look|a second/.test(line));
    const narrow = drawn.filter((line) => line.endsWith('of 61') && line.length <= 34);
    expect(narrow.length).toBeGreaterThan(0);
    // oxlint-disable-next-line no-control-regex -- colours
    expect(shown).not.toMatch(/\u001B\[3\dm/);
    // And it is told in full at the end, however narrow.
    expect(shown).toContain(idIn(shown));
  });

  test('results are a table on the screen, without redeem URLs', async () => {
    const submitted = await desk.run(['submit', list('table.csv', 2), '--no-mail', '--wait', '--json']);
    const { id } = JSON.parse(submitted.out) as JobAnswer;
    const { shown } = await open(['results', id], 120).end;
    expect(textOf(shown)).toMatch(/^3 {2}99999999-\S+ +failed +guestNotFound/m);
    expect(shown).not.toContain('http');
  });
});

import { chromium, type Browser } from 'playwright-core';
import { generateTenant } from '../../../local/graph/tenant.ts';
import { findChromium, HOW_TO_GET_IT } from '../../browser/chromium.ts';
import { startCloud, type TestCloud } from '../../cloud/cloud.ts';
import { look, scroll, type Conditions } from '../console-visit.ts';
import { csvOf, type JobAnswer } from '../guest-reset.ts';
import type { Figures, Measurement } from '../measurement.ts';
import type { Scale } from '../scale.ts';
import { SEED } from '../stage.ts';

/** Also where it is quick, the list must be one that scrolls by itself: up to 200 rows it is as long as the page. */
const LARGE = { full: 200_000, quick: 300 };
const COLUMNS = { choose: 'choose guests', jobs: 'all jobs', job: 'a job of 20', large: 'a job of 200,000' };
/** What an office far away has: Mbit/s, round trip in ms, times slower than this machine. */
const FAR: Conditions = { megabitsPerSecond: 10, latencyMs: 40, cpuSlower: 4 };

/** Where each page is, and what tells that its data is there. */
interface Seen {
  readonly column: string;
  readonly path: string;
  readonly text: string;
}

export const consolePage: Measurement = {
  name: 'console',
  title: 'The console: what a first visit loads, and how soon it shows',
  about:
    'The built page in Chromium (headless), signed in by MSAL at the simulator, with nothing but the sign-in kept in ' +
    'the browser. Scripts are counted as they are sent, in brotli, that of MSAL included. "Far away" is a line of ' +
    `${FAR.megabitsPerSecond} Mbit/s and ${FAR.latencyMs} ms, and a processor ${FAR.cpuSlower} times slower; else it ` +
    'is this machine as it is, which the local cloud shares. "With data" is when what was asked of the API is to be ' +
    `read. The job of ${LARGE.full.toLocaleString('en-US')} was canceled after its first guests, so that each of its ` +
    'rows has an end; frames are counted while its list is scrolled by 80 pixels in each of them. The light table ' +
    'store holds the rows.',
  columns: Object.values(COLUMNS),
  rows: [
    { name: 'scripts as sent', unit: 'kB', target: { column: COLUMNS.job, atMost: 300 } },
    { name: 'requests' },
    { name: 'far away: first paint', unit: 's', digits: 2 },
    { name: 'far away: with data', unit: 's', digits: 2 },
    { name: 'here: with data', unit: 's', digits: 2, target: { column: COLUMNS.large, atMost: 1 } },
    { name: 'frames while scrolling', unit: '1/s', target: { column: COLUMNS.large, atLeast: 50 } },
  ],
  async run(scale: Scale): Promise<Figures> {
    const executablePath = findChromium();
    if (executablePath === undefined) {
      if (process.env['CHROMIUM_REQUIRED'] !== undefined) throw new Error(`There is no Chromium. ${HOW_TO_GET_IT}`);
      console.log(`The console is not measured: there is no Chromium. ${HOW_TO_GET_IT}`);
      return {};
    }
    const guests = scale.size(LARGE.full, LARGE.quick);
    await using cloud = await startCloud({ guests, seed: SEED, auth: true, judged: false });
    await using browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    return await measured(cloud, browser, guests);
  },
};

async function measured(cloud: TestCloud, browser: Browser, guests: number): Promise<Figures> {
  const figures: Record<string, Record<string, number>> = {};
  const set = (row: string, column: string, value: number): void => {
    (figures[row] ??= {})[column] = value;
  };
  for (const { column, path, text } of await pagesOf(cloud, guests)) {
    const at = `${cloud.api}/console${path}`;
    const far = await look(browser, at, text, FAR);
    const here = await look(browser, at, text);
    set('scripts as sent', column, here.scriptBytes / 1_000);
    set('requests', column, here.requests);
    set('far away: first paint', column, far.firstPaintMs / 1_000);
    set('far away: with data', column, far.dataMs / 1_000);
    set('here: with data', column, here.dataMs / 1_000);
    if (column === COLUMNS.large)
      set('frames while scrolling', column, await scroll(browser, at, { text, tab: 'All guests' }));
  }
  return figures;
}

/** The jobs that are looked at are submitted and ended first. */
async function pagesOf(cloud: TestCloud, guests: number): Promise<Seen[]> {
  const ids = generateTenant({ guests, seed: SEED }).guests.map(({ id }) => id);
  const [small, large] = [ids.slice(0, 20), ids.slice(20)];
  const ask = await askerOf(cloud);
  const submit = (list: readonly string[]): Promise<JobAnswer> =>
    ask('POST', '/jobs?sendInvitationMessage=true&verify=false', csvOf(list));
  const few = await ended(ask, await submit(small));
  const many = await submit(large);
  await until(async () => ((await ask('GET', `/jobs/${many.id}`)).counts['pending'] ?? 0) < large.length);
  await ask('POST', `/jobs/${many.id}/cancel`);
  await ended(ask, many);
  return [
    { column: COLUMNS.choose, path: '/', text: 'New reset' },
    { column: COLUMNS.jobs, path: '/jobs', text: 'Completed' },
    { column: COLUMNS.job, path: `/jobs/${few.id}`, text: `of ${small.length} done` },
    { column: COLUMNS.large, path: `/jobs/${many.id}`, text: `of ${large.length.toLocaleString('en-US')} done` },
  ];
}

type Ask = (method: string, path: string, body?: string) => Promise<JobAnswer>;

async function askerOf({ api, graph }: TestCloud): Promise<Ask> {
  const roles = ['Submit', 'Read', 'Manage'];
  const who = { oid: '99999999-9999-4999-8999-999999999999', name: 'bench@contoso.example', roles };
  const given = await fetch(`${graph}/_sim/token`, { method: 'POST', body: JSON.stringify(who) });
  const { access_token: token } = (await given.json()) as { readonly access_token: string };
  return async (method, path, body) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'text/csv' };
    const answer = await fetch(`${api}${path}`, { method, headers, ...(body !== undefined && { body }) });
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as JobAnswer;
  };
}

async function ended(ask: Ask, { id }: JobAnswer): Promise<JobAnswer> {
  await until(async () => (await ask('GET', `/jobs/${id}`)).endedAt !== undefined);
  return ask('GET', `/jobs/${id}`);
}

/** Looks twice a second, for ten minutes at the most. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let times = 0; times < 1_200; times++) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('What the measurement of the console waits for has not come within ten minutes.');
}

/** Waiting for what becomes right by itself, and telling what was found. */
import { describe, expect, test } from 'vitest';
import { findingsOf, type Finding } from '../../../cli/doctor/finding.ts';
import { waitUntilRight } from '../../../cli/doctor/patience.ts';
import { describeFindings, findingsAsJson } from '../../../cli/doctor/report.ts';

const outside = findingsOf('outside');
const azure = findingsOf('azure');
const STARTING = outside.notYet('notStarted', 'function app', 'It starts.', 'Wait.');
const STOPPED = outside.wrong('appStopped', 'function app', 'It is stopped.', 'az functionapp start');
const HEALTHY = outside.right('health', '/api/health', 'The service is healthy.');

/** A doctor who finds these in turn, and the last for ever; time passes only while they wait. */
async function waiting(
  ...looks: Finding[][]
): Promise<{ found: readonly Finding[]; pauses: number[]; said: string[] }> {
  let now = 0;
  const pauses: number[] = [];
  const said: string[] = [];
  const found = await waitUntilRight(async () => (looks.length > 1 ? looks.shift() : looks[0]) ?? [], {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
      pauses.push(ms / 1000);
    },
    say: (line) => said.push(line),
  });
  return { found, pauses, said };
}

describe('waiting', () => {
  test('ends as soon as nothing is wrong that may pass, and says meanwhile what for', async () => {
    const { found, pauses, said } = await waiting([STARTING], [STARTING], [HEALTHY]);
    expect(found).toEqual([HEALTHY]);
    expect(pauses).toEqual([5, 10]);
    expect(said).toEqual(['Waiting 5 s for function app: It starts.', 'Waiting 10 s for function app: It starts.']);
  });
  test('is not for what stays wrong, nor for what nobody could look at', async () => {
    expect((await waiting([STOPPED])).pauses).toEqual([]);
    expect((await waiting([{ ...STARTING, state: 'unchecked' }])).pauses).toEqual([]);
  });
  test('gets slower, and ends within ten minutes', async () => {
    const { found, pauses } = await waiting([STARTING]);
    expect(found).toEqual([STARTING]);
    expect(pauses.slice(0, 6)).toEqual([5, 10, 20, 40, 60, 60]);
    const seconds = pauses.reduce((sum, pause) => sum + pause, 0);
    expect(seconds).toBeGreaterThan(8 * 60);
    expect(seconds).toBeLessThanOrEqual(10 * 60);
  });
});

describe('the report', () => {
  test('names what is wrong and what to do, and counts of Azure what is right', () => {
    const right = [1, 2, 3].map((index) => azure.right('settingRight', `setting ${index}`, 'It is set.'));
    const missing = azure.wrong('missing', 'queue dispatch', 'It is not there.', 'azd provision');
    const skipped = findingsOf('entra').unchecked('notSignedIn', 'Entra', 'Nobody is signed in.', 'az login');
    expect(describeFindings([HEALTHY, skipped, ...right, missing])).toEqual([
      'From outside, as a stranger',
      '  ok     /api/health: The service is healthy.',
      '',
      'Microsoft Entra',
      '  -      Entra: Nobody is signed in.',
      '         az login',
      '',
      'Azure',
      '  ok     3 things are as they must be.',
      '  WRONG  queue dispatch: It is not there.',
      '         azd provision',
      '',
      '1 thing is wrong. 1 thing was not looked at.',
    ]);
    expect(describeFindings([HEALTHY]).at(-1)).toBe('Nothing is wrong.');
    expect(describeFindings([skipped]).at(-1)).toBe('Nothing could be looked at.');
  });
  test('for programs has all of it', () => {
    expect(JSON.parse(findingsAsJson([HEALTHY, STOPPED]))).toEqual({ ok: false, findings: [HEALTHY, STOPPED] });
    expect(JSON.parse(findingsAsJson([HEALTHY]))).toMatchObject({ ok: true });
    const skipped = azure.unchecked('notSignedIn', 'Azure', 'There is no token.', 'az login');
    expect(JSON.parse(findingsAsJson([HEALTHY, skipped]))).toMatchObject({ ok: true });
    expect(JSON.parse(findingsAsJson([skipped]))).toMatchObject({ ok: false });
  });
});

/** What an invocation may write into its log: words and numbers, and of something thrown its codes. */
import { expect, test, vi } from 'vitest';
import { invocationLog, withoutWords } from '../../../shared/adapters/invocation-log.ts';
import { onTimer } from '../../../shared/entry/on-timer.ts';

const ADDRESS = 'anna@partner.example';

function written(write: (log: ReturnType<typeof invocationLog>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  const take = (line: unknown): void => void lines.push(String(line));
  write(invocationLog({ info: take, warn: take, error: take }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('ids, codes, counts and times are written as they are', () => {
  const fields = {
    jobId: '7ybr1z9vj7e0mzpqmbtznnz118',
    guestId: '272e21e3-f1b2-4124-a0f1-3fa04eb00966',
    code: 'rowUnreadable',
    setting: 'ServiceBusConnection__fullyQualifiedNamespace',
    at: '2030-01-31T08:00:00.000Z',
    count: 3,
    more: false,
  };
  expect(written((log) => log.info('wake', fields))).toEqual([{ event: 'wake', ...fields }]);
});

test.each([
  ADDRESS,
  'anna_partner.example#EXT#@tenant.example',
  'https://login.example/redeem?x',
  'Bearer x',
  'two words',
  `eyJ${'x'.repeat(80)}`,
  'line\nbreak',
  '',
])('%j is no word, and is left out', (text) => {
  expect(written((log) => log.warn('odd', { text }))).toEqual([{ event: 'odd', text: '(left out)' }]);
});

class TableError extends Error {
  override readonly name = 'RestError';
  readonly code = 'OperationTimedOut';
  readonly statusCode = 503;
}

test('of something thrown the class, the codes and where are written, and never its words', () => {
  const thrown = new TableError(`no row for ${ADDRESS}\n    at ${ADDRESS} (x)\n    at anna.smith (y)`, {
    cause: new SyntaxError(ADDRESS),
  });
  const [line] = written((log) => log.error('deliveryFailed', { deliveryCount: 1 }, thrown));
  expect(line).toMatchObject({
    event: 'deliveryFailed',
    deliveryCount: 1,
    error: 'RestError',
    code: 'OperationTimedOut',
    status: 503,
    cause: 'SyntaxError',
  });
  expect(JSON.stringify(line)).not.toMatch(/anna|partner/);
});

test.each([
  ADDRESS,
  { name: ADDRESS, code: ADDRESS },
  null,
  undefined,
  Object.assign(new Error('x'), { name: ADDRESS, code: { a: ADDRESS } }),
])('what is thrown and is no usual error tells nothing either: %j', (thrown) => {
  expect(JSON.stringify(written((log) => log.error('odd', {}, thrown)))).not.toContain('anna');
});

test('what a function throws at its host, which logs it, has no words either', () => {
  const thrown = new AggregateError([new TableError(ADDRESS), new Error('y')], ADDRESS);
  const told = withoutWords(thrown);
  expect(`${told.message} ${told.stack}`).not.toContain('anna');
  expect(told.message).toContain('RestError');
});

test('a timer that fails throws no words at its host either', async () => {
  vi.stubEnv('GRAPH_CLOUD', ADDRESS);
  const lines: string[] = [];
  const take = (line: unknown): void => void lines.push(String(line));
  const failed = onTimer(async () => undefined)(undefined, { info: take, warn: take, error: take });
  const error = await failed.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  vi.unstubAllEnvs();
  expect(String(error)).toContain('ConfigError');
  expect(`${String(error)} ${lines.join(' ')}`).not.toContain('anna');
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([{ event: 'timerFailed' }]);
});

/** Queues, tables and paths of the template are those of the code. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { defaultQueueOptions } from '../../../local/broker/namespace.ts';
import { TABLE_NAMES } from '../../../shared/adapters/tables/client.ts';
import { readConfig } from '../../../shared/config.ts';
import { DAY_COUNT_MS } from '../../../shared/domain/pace/day-count.ts';
import { DEFAULT_POLICY } from '../../../shared/domain/policy.ts';
import { EXCLUDED_PATHS } from '../../../shared/entry/http/excluded-paths.ts';
import { SETS, appSettings, at, evaluated, ofType, one } from '../../azure/evaluated.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const DEFAULTS = readConfig({
  AZURE_TENANT_ID: '11111111-1111-4111-8111-111111111111',
  TableStorage: 'UseDevelopmentStorage=true',
  ServiceBusConnection: 'Endpoint=sb://localhost',
}).queues;

const lastPart = (name: string): string => name.slice(name.lastIndexOf('/') + 1);
const namesOf = (type: string): string[] => ofType('plain', type).map(({ name }) => lastPart(name));

/** An ISO duration of days, hours and minutes. */
function milliseconds(duration: unknown): number {
  const [, days = 0, hours = 0, minutes = 0] =
    /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(String(duration)) ?? [];
  return Number(days) * DAY_MS + Number(hours) * 60 * MINUTE_MS + Number(minutes) * MINUTE_MS;
}

test('the tables are those that the code opens', () => {
  expect(namesOf('Microsoft.Storage/storageAccounts/tableServices/tables').toSorted()).toEqual(TABLE_NAMES.toSorted());
});

test('the queues are those that the code sends to by default, and the settings name them', () => {
  expect(namesOf('Microsoft.ServiceBus/namespaces/queues').toSorted()).toEqual(Object.values(DEFAULTS).toSorted());
  expect(appSettings('plain')).toMatchObject({
    PRIORITY_QUEUE: DEFAULTS.priority,
    BULK_QUEUE: DEFAULTS.bulk,
    DISPATCH_QUEUE: DEFAULTS.dispatch,
  });
});

test.each(ofType('plain', 'Microsoft.ServiceBus/namespaces/queues'))('$name works as the local broker', (queue) => {
  expect(at(queue, 'requiresDuplicateDetection')).toBe(true);
  expect(milliseconds(at(queue, 'duplicateDetectionHistoryTimeWindow'))).toBe(defaultQueueOptions.duplicateWindowMs);
  expect(milliseconds(at(queue, 'lockDuration'))).toBe(defaultQueueOptions.lockMs);
  expect(at(queue, 'maxDeliveryCount')).toBe(defaultQueueOptions.maxDeliveryCount);
  expect(queue.properties).toMatchObject({ requiresSession: false, enablePartitioning: false });
});

test.each(ofType('plain', 'Microsoft.ServiceBus/namespaces/queues'))('$name keeps a message for its time', (queue) => {
  // The day's cap puts off the longest; a check after the end follows within an hour.
  const longestMs = DAY_COUNT_MS + 60 * MINUTE_MS;
  expect(milliseconds(at(queue, 'defaultMessageTimeToLive'))).toBeGreaterThan(7 * longestMs);
  expect(at(queue, 'deadLetteringOnMessageExpiration')).toBe(true);
});

test('the host renews a lock for longer than a visit may take', () => {
  const { extensions } = JSON.parse(readFileSync('host.json', 'utf8')) as {
    extensions: { http: { routePrefix: string }; serviceBus: { maxAutoLockRenewalDuration: string } };
  };
  const [hours = 0, minutes = 0, seconds = 0] = extensions.serviceBus.maxAutoLockRenewalDuration.split(':').map(Number);
  const renewedSeconds = (hours * 60 + minutes) * 60 + seconds;
  expect(renewedSeconds).toBeGreaterThan(2 * DEFAULT_POLICY.quietSeconds);
  expect(renewedSeconds * 1000).toBeGreaterThan(defaultQueueOptions.lockMs);
  expect(EXCLUDED_PATHS.every((path) => path.startsWith(`/${extensions.http.routePrefix}/`))).toBe(true);
  expect(evaluated('plain').outputs['API_URL']).toContain(`/${extensions.http.routePrefix}'`);
});

test.each(SETS)('%s lets strangers through where the code reads no caller, and nowhere else', (set) => {
  const authentication = one(set, 'Microsoft.Web/sites/config', '/authsettingsV2');
  expect(at(authentication, 'globalValidation.excludedPaths')).toEqual([...EXCLUDED_PATHS]);
});

test('what azd and others read is what the template tells', () => {
  expect(Object.keys(evaluated('plain').outputs).toSorted()).toEqual([
    'API_URL',
    'AZURE_TENANT_ID',
    'FUNCTION_APP_NAME',
    'IDENTITY_CLIENT_ID',
    'IDENTITY_PRINCIPAL_ID',
    'SERVICE_BUS_NAMESPACE',
    'STORAGE_ACCOUNT_NAME',
  ]);
});

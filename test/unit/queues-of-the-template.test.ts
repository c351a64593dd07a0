import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { defaultQueueNames } from '../../local/broker/broker.ts';
import { defaultQueueOptions } from '../../local/broker/namespace.ts';

const snapshot = z.object({
  predictedResources: z.array(z.object({ type: z.string(), name: z.string(), properties: z.unknown().optional() })),
});
const queueProperties = z.object({
  lockDuration: z.string(),
  maxDeliveryCount: z.number(),
  requiresDuplicateDetection: z.literal(true),
  duplicateDetectionHistoryTimeWindow: z.string(),
  defaultMessageTimeToLive: z.string(),
  deadLetteringOnMessageExpiration: z.boolean(),
});

/** A duration such as `P14D` or `PT10M`. */
function durationMs(text: string): number {
  const [, days = '0', minutes = '0'] = /^P(?:(\d+)D)?(?:T(\d+)M)?$/.exec(text) ?? [];
  return (Number(days) * 24 * 60 + Number(minutes)) * 60_000;
}

test('the queues of the local broker are those of the template', () => {
  const { predictedResources } = snapshot.parse(JSON.parse(readFileSync('infra/test/plain.snapshot.json', 'utf8')));
  const queues = predictedResources.filter(({ type }) => type === 'Microsoft.ServiceBus/namespaces/queues');
  expect(new Set(queues.map(({ name }) => name.split('/').at(-1)))).toEqual(new Set(defaultQueueNames));
  for (const { properties } of queues) {
    const real = queueProperties.parse(properties);
    expect(defaultQueueOptions).toEqual({
      lockMs: durationMs(real.lockDuration),
      maxDeliveryCount: real.maxDeliveryCount,
      duplicateWindowMs: durationMs(real.duplicateDetectionHistoryTimeWindow),
      timeToLiveMs: durationMs(real.defaultMessageTimeToLive),
      deadLetterExpired: real.deadLetteringOnMessageExpiration,
    });
  }
});

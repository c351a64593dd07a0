import { app } from '@azure/functions';
import { onWake } from '../shared/entry/queue/on-wake.ts';

/** Wakes of bulk jobs. */
app.serviceBusQueue('processBulkChunk', {
  connection: 'ServiceBusConnection',
  queueName: '%BULK_QUEUE%',
  cardinality: 'one',
  handler: onWake,
});

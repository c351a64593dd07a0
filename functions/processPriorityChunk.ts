import { app } from '@azure/functions';
import { onWake } from '../shared/entry/queue/on-wake.ts';

/** Wakes of small jobs, which never wait behind bulk ones. */
app.serviceBusQueue('processPriorityChunk', {
  connection: 'ServiceBusConnection',
  queueName: '%PRIORITY_QUEUE%',
  cardinality: 'one',
  handler: onWake,
});

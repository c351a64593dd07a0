import { app } from '@azure/functions';
import { onTask } from '../shared/entry/queue/on-task.ts';

/**
 * Work for the service as a whole, by its own scheduled messages: dispatch while chunks wait, and checks of redemption.
 */
app.serviceBusQueue('runDispatch', {
  connection: 'ServiceBusConnection',
  queueName: '%DISPATCH_QUEUE%',
  cardinality: 'one',
  handler: onTask,
});

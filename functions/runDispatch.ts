import { app } from '@azure/functions';
import { backingOff } from '../shared/adapters/triggers/backing-off.ts';
import { dispatch } from '../shared/usecases/dispatch.ts';

/** Dispatch by its own scheduled message, while chunks wait for their slots. */
app.serviceBusQueue('runDispatch', {
  connection: 'ServiceBusConnection', queueName: '%DISPATCH_QUEUE%', cardinality: 'one',
  handler: backingOff(async (_message, deps) => dispatch(deps)),
});

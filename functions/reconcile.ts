import { app } from '@azure/functions';
import { invocationLog } from '../shared/adapters/invocation-log.ts';
import { getRuntime } from '../shared/runtime.ts';
import { reconcile } from '../shared/usecases/reconcile.ts';

/** Every five minutes: repair what a crash left behind. */
app.timer('reconcile', {
  schedule: '0 */5 * * * *',
  handler: async (_timer, context) => reconcile((await getRuntime()).deps(invocationLog(context))),
});

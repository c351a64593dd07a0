import { app } from '@azure/functions';
import { onTimer } from '../shared/entry/on-timer.ts';
import { reconcile } from '../shared/usecases/repair/reconcile.ts';

/** Every five minutes: repair what a crash left behind. */
app.timer('reconcile', { schedule: '0 */5 * * * *', handler: onTimer(reconcile) });

import { app } from '@azure/functions';
import { gateView, pauseReason, pauseWish } from '../shared/entry/http/answers/gate-requests.ts';
import { httpFunction } from '../shared/entry/http/handler.ts';
import { jsonResponse } from '../shared/entry/http/answers/respond.ts';
import { pauseTenant } from '../shared/usecases/stops/stop-control.ts';

/** POST /pause: nothing more is sent for the tenant; everything stays as it is. */
app.http(
  'pauseTenant',
  httpFunction('pauseTenant', async (call) => {
    const { reason } = call.query;
    const message = pauseReason('tenant', reason, call.caller);
    return jsonResponse(gateView(await pauseTenant(call.deps, message, reason !== undefined, pauseWish(call))));
  }),
);

import { app } from '@azure/functions';
import { httpFunction } from '../shared/entry/http/handler.ts';
import { gateView, pauseReason } from '../shared/entry/http/answers/gate-requests.ts';
import { jsonResponse } from '../shared/entry/http/answers/respond.ts';
import { pauseTenant } from '../shared/usecases/stops/stop-control.ts';

/** POST /pause: nothing more is sent for the tenant; everything stays as it is. */
app.http(
  'pauseTenant',
  httpFunction('pauseTenant', async ({ deps, query: { reason }, caller }) =>
    jsonResponse(gateView(await pauseTenant(deps, pauseReason('tenant', reason, caller), reason !== undefined))),
  ),
);

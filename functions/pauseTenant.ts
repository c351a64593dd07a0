import { app } from '@azure/functions';
import { httpFunction } from '../shared/adapters/http/handler.ts';
import { gateView, pauseReason } from '../shared/adapters/http/gate-requests.ts';
import { jsonResponse } from '../shared/adapters/http/respond.ts';
import { pauseTenant } from '../shared/usecases/stop-control.ts';

/** POST /pause: nothing more is sent for the tenant; everything stays as it is. */
app.http(
  'pauseTenant',
  httpFunction('pauseTenant', async ({ deps, query: { reason }, caller }) =>
    jsonResponse(gateView(await pauseTenant(deps, pauseReason('tenant', reason, caller), reason !== undefined))),
  ),
);

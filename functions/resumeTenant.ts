import { app } from '@azure/functions';
import { gateView } from '../shared/adapters/http/gate-requests.ts';
import { httpFunction } from '../shared/adapters/http/handler.ts';
import { jsonResponse } from '../shared/adapters/http/respond.ts';
import { resumeTenant } from '../shared/usecases/stop-control.ts';

/** POST /resume: tries one guest, and goes on with everything when that is not refused. */
app.http(
  'resumeTenant',
  httpFunction('resumeTenant', async ({ deps }) => jsonResponse(gateView(await resumeTenant(deps)))),
);

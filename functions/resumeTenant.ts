import { app } from '@azure/functions';
import { gateView } from '../shared/adapters/http/gate-requests.ts';
import { httpFunction } from '../shared/adapters/http/handler.ts';
import { jsonResponse } from '../shared/adapters/http/respond.ts';
import { resumeTenant } from '../shared/usecases/stop-control.ts';

/** POST /resume: lifts the stop that is shown; after a refusal only once one guest was tried. */
app.http(
  'resumeTenant',
  httpFunction('resumeTenant', async ({ deps }) => jsonResponse(gateView(await resumeTenant(deps)))),
);

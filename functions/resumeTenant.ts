import { app } from '@azure/functions';
import { gateView } from '../shared/entry/http/answers/gate-requests.ts';
import { actorOf, httpFunction } from '../shared/entry/http/handler.ts';
import { jsonResponse } from '../shared/entry/http/answers/respond.ts';
import { resumeTenant } from '../shared/usecases/stops/stop-control.ts';

/** POST /resume: lifts the stop that is shown; after a refusal only once one guest was tried. */
app.http(
  'resumeTenant',
  httpFunction('resumeTenant', async (call) => jsonResponse(gateView(await resumeTenant(call.deps, actorOf(call))))),
);

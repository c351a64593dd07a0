import { app } from '@azure/functions';
import { gateView } from '../shared/adapters/http/gate-requests.ts';
import { handle } from '../shared/adapters/http/handler.ts';
import { jsonResponse } from '../shared/adapters/http/respond.ts';
import { resumeTenant } from '../shared/usecases/stop-control.ts';

/** POST /resume: tries one guest, and goes on with everything when that is not refused. */
app.http('resumeTenant', {
  methods: ['POST'],
  route: 'resume',
  authLevel: 'anonymous',
  handler: handle('Manage', async ({ deps }) => jsonResponse(gateView(await resumeTenant(deps)))),
});

import { app } from '@azure/functions';
import { gateView } from '../shared/adapters/http/gate-requests.ts';
import { handle } from '../shared/adapters/http/handler.ts';
import { jsonResponse } from '../shared/adapters/http/respond.ts';
import { resumeTenant } from '../shared/usecases/gate-control.ts';

/** POST /resume: opens the gate, whatever shut it, and wakes what was parked. */
app.http('resumeTenant', {
  methods: ['POST'], route: 'resume', authLevel: 'anonymous',
  handler: handle('Manage', async ({ deps }) => jsonResponse(gateView(await resumeTenant(deps)))),
});

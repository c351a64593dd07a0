/** How sending stands for the whole tenant, as the control row tells it; nobody else is asked. */
import type { HttpResponseInit } from '@azure/functions';
import { paceView } from '../../../domain/api/pace-view.ts';
import type { CallOf } from '../handler.ts';
import { gateView } from './gate-requests.ts';
import { jsonResponse } from './respond.ts';

export async function answerTenant({ deps }: CallOf<'getTenant'>): Promise<HttpResponseInit> {
  const { gate, pace } = await deps.control.read();
  return jsonResponse({ ...gateView(gate), pace: paceView(gate, pace, deps.policy, deps.clock.now()) });
}

/** `/_sim`: what a test asks and orders. No token, no ids, plain JSON. */
import * as z from 'zod';
import { faultSchema } from './faults.ts';
import { federatedIdentity } from './new-user.ts';
import { nextChangeTime } from './invitations.ts';
import type { SimulatorState } from './state.ts';

export interface ControlAnswer {
  readonly status: number;
  readonly body?: unknown;
}

type Handler = (state: SimulatorState, body: unknown) => ControlAnswer;

const oneOrMore = z.union([z.array(faultSchema), faultSchema.transform((fault) => [fault])]);
const redeemSchema = z.strictObject({ userId: z.string() });
const latencySchema = z.strictObject({ minMs: z.number().min(0), maxMs: z.number().min(0) }).refine(({ minMs, maxMs }) => minMs <= maxMs, 'minMs is above maxMs');

const HANDLERS: Readonly<Record<string, Handler>> = {
  'GET /_sim/users': (state) => ({ status: 200, body: [...state.directory.all()] }),
  'GET /_sim/mails': (state) => ({ status: 200, body: state.outbox }),
  'GET /_sim/stats': (state) => ({ status: 200, body: state.statistics.snapshot() }),
  'GET /_sim/faults': (state) => ({ status: 200, body: state.faults.list() }),
  'POST /_sim/faults': (state, body) => read(oneOrMore, body, (faults) => {
    state.faults.add(faults);
    return { status: 201, body: state.faults.list() };
  }),
  'DELETE /_sim/faults': (state) => {
    state.faults.clear();
    return { status: 204 };
  },
  'POST /_sim/redeem': (state, body) => read(redeemSchema, body, ({ userId }) => redeem(state, userId)),
  'POST /_sim/latency': (state, body) => read(latencySchema, body, (latency) => {
    state.latency = latency;
    return { status: 204 };
  }),
};

export function control(state: SimulatorState, method: string, path: string, body: unknown): ControlAnswer {
  const handler = HANDLERS[`${method} ${path}`];
  if (handler === undefined) return { status: 404, body: { message: `There is no ${method} ${path}. There are: ${Object.keys(HANDLERS).join(', ')}.` } };
  return handler(state, body);
}

/** The guest follows the link: accepted, with a sign-in of its own if it had none. */
function redeem(state: SimulatorState, userId: string): ControlAnswer {
  const user = state.directory.get(userId);
  if (user === undefined) return { status: 404, body: { message: `There is no user ${userId}.` } };
  const federated = user.identities.some((identity) => identity.signInType === 'federated');
  const changed = state.directory.update(user.id, {
    externalUserState: 'Accepted',
    externalUserStateChangeDateTime: nextChangeTime(state, user),
    identities: federated ? user.identities : [federatedIdentity('mail'), ...user.identities],
  });
  return { status: 200, body: changed };
}

function read<Value>(schema: z.ZodType<Value>, body: unknown, use: (value: Value) => ControlAnswer): ControlAnswer {
  const parsed = schema.safeParse(body);
  return parsed.success ? use(parsed.data) : { status: 400, body: { message: z.prettifyError(parsed.error) } };
}

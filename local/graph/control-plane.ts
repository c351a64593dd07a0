/** `/_sim`: what a test asks and orders. No token, no ids, plain JSON. */
import * as z from 'zod';
import { apiToken, tokenSchema } from './api-tokens.ts';
import type { UserChanges } from './directory.ts';
import { faultSchema } from './faults.ts';
import { latencySchema } from './latency.ts';
import { blockSchema, permissionsSchema } from './policies.ts';
import { lagSchema } from './replication.ts';
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
const contactSchema = z.strictObject({ address: z.string() });
const clockSchema = z.strictObject({
  speed: z.number().positive().max(1_000).optional(),
  advanceSeconds: z.number().min(0).optional(),
});
const throttleSchema = z.strictObject({ budgets: z.enum(['documented', 'none']) });
const userSchema = z.strictObject({
  displayName: z.string().optional(),
  mail: z.string().nullable().optional(),
  otherMails: z.array(z.string()).optional(),
  aliases: z.array(z.string()).optional(),
  accountEnabled: z.boolean().optional(),
  preferredLanguage: z.string().nullable().optional(),
  userType: z.enum(['Guest', 'Member']).optional(),
  roles: z.array(z.string()).optional(),
  externalUserState: z.enum(['PendingAcceptance', 'Accepted']).nullable().optional(),
  deleted: z.literal(true).optional(),
});

const HANDLERS: Readonly<Record<string, Handler>> = {
  'GET /_sim/users': (state) => ({ status: 200, body: [...state.directory.all()] }),
  'GET /_sim/contacts': (state) => ({ status: 200, body: state.directory.contacts }),
  'POST /_sim/contacts': (state, body) =>
    read(contactSchema, body, ({ address }) => {
      state.directory.addContact(address);
      return { status: 201, body: state.directory.contacts };
    }),
  'DELETE /_sim/contacts': (state) => {
    state.directory.removeContacts();
    return { status: 204 };
  },
  'GET /_sim/mails': (state) => ({ status: 200, body: state.outbox }),
  'GET /_sim/stats': (state) => ({
    status: 200,
    body: {
      ...state.statistics.snapshot(),
      refusedByBlock: state.policies.refusedByBlock,
      budgets: state.throttle.statistics(),
    },
  }),
  'GET /_sim/lifecycleWorkflows': ({ lifecycle, now }) => ({
    status: 200,
    body: { callouts: lifecycle.callouts, results: lifecycle.results(now()) },
  }),
  'GET /_sim/clock': (state) => ({ status: 200, body: { now: state.now().toISOString(), speed: state.clock.speed } }),
  'POST /_sim/clock': (state, body) =>
    read(clockSchema, body, ({ speed, advanceSeconds }) => {
      if (speed !== undefined) state.clock.run(speed);
      if (advanceSeconds !== undefined) state.clock.advance(advanceSeconds);
      return { status: 204 };
    }),
  'POST /_sim/throttle': (state, body) =>
    read(throttleSchema, body, ({ budgets }) => {
      state.throttle.refuses = budgets === 'documented';
      return { status: 204 };
    }),
  'POST /_sim/lag': (state, body) =>
    read(lagSchema, body, (lag) => {
      state.replication.lag = lag;
      return { status: 204 };
    }),
  'POST /_sim/block': (state, body) =>
    read(blockSchema, body ?? {}, (block) => {
      state.policies.block(block);
      return { status: 204 };
    }),
  'DELETE /_sim/block': (state) => {
    state.policies.unblock();
    return { status: 204 };
  },
  'POST /_sim/permissions': (state, body) =>
    read(permissionsSchema, body, (permissions) => {
      state.policies.permit(permissions);
      return { status: 204 };
    }),
  'GET /_sim/faults': (state) => ({ status: 200, body: state.faults.list() }),
  'POST /_sim/faults': (state, body) =>
    read(oneOrMore, body, (faults) => {
      state.faults.add(faults);
      return { status: 201, body: state.faults.list() };
    }),
  'DELETE /_sim/faults': (state) => {
    state.faults.clear();
    return { status: 204 };
  },
  'POST /_sim/redeem': (state, body) => read(redeemSchema, body, ({ userId }) => redeem(state, userId)),
  // By the machine's own clock, as whoever reads a token does.
  'POST /_sim/token': (_state, body) =>
    read(tokenSchema, body, (wanted) => ({ status: 200, body: { access_token: apiToken(wanted, new Date()) } })),
  // Nobody's sign-in can be renewed: everybody signs in again when the token ends.
  'DELETE /_sim/sign-ins': ({ signIns }) => {
    signIns.codes.clear();
    signIns.renewals.clear();
    return { status: 204 };
  },
  'POST /_sim/latency': (state, body) =>
    read(latencySchema, body, (latency) => {
      state.latency = latency;
      return { status: 204 };
    }),
};

export function control(state: SimulatorState, method: string, path: string, body: unknown): ControlAnswer {
  const userId = /^\/_sim\/users\/([^/]+)$/.exec(path)?.[1];
  if (method === 'POST' && userId !== undefined)
    return read(userSchema, body, (changes) => changeUser(state, userId, changes));
  const handler = HANDLERS[`${method} ${path}`];
  if (handler === undefined)
    return {
      status: 404,
      body: { message: `There is no ${method} ${path}. There are: ${Object.keys(HANDLERS).join(', ')}.` },
    };
  return handler(state, body);
}

/**
 * The guest follows the link: accepted, with a sign-in of its own if it had none. Who has redeemed already has nothing
 * to accept.
 */
function redeem(state: SimulatorState, userId: string): ControlAnswer {
  const user = state.directory.get(userId);
  if (user === undefined) return { status: 404, body: { message: `There is no user ${userId}.` } };
  if (user.externalUserState === 'Accepted') return { status: 200, body: user };
  state.replication.caughtUp(user.id);
  const federated = user.identities.some((identity) => identity.signInType === 'federated');
  const changed = state.directory.update(user.id, {
    externalUserState: 'Accepted',
    externalUserStateChangeDateTime: nextChangeTime(state, user),
    identities: federated ? user.identities : [federatedIdentity('mail'), ...user.identities],
  });
  return { status: 200, body: changed };
}

/** Somebody else changes the user; readers see it at once. */
function changeUser(
  state: SimulatorState,
  userId: string,
  { deleted, ...changes }: z.infer<typeof userSchema>,
): ControlAnswer {
  const user = state.directory.get(userId);
  if (user === undefined) return { status: 404, body: { message: `There is no user ${userId}.` } };
  state.replication.caughtUp(user.id);
  if (deleted === true) {
    state.directory.remove(user.id);
    return { status: 204 };
  }
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as UserChanges;
  return { status: 200, body: state.directory.update(user.id, given) };
}

function read<Value>(schema: z.ZodType<Value>, body: unknown, use: (value: Value) => ControlAnswer): ControlAnswer {
  const parsed = schema.safeParse(body);
  return parsed.success ? use(parsed.data) : { status: 400, body: { message: z.prettifyError(parsed.error) } };
}

/** What goes wrong in a run, and when. All of it comes from the seed. */
import type { Random } from '../../local/graph/random.ts';
import type { Fault as BrokerFault } from '../../local/broker/faults.ts';
import type { CallKind, Strike } from './strikes.ts';

export type Trouble =
  | { readonly kind: 'strike'; readonly strike: Strike }
  | { readonly kind: 'graph'; readonly name: string; readonly fault: object }
  | { readonly kind: 'broker'; readonly fault: BrokerFault }
  | { readonly kind: 'kill' | 'terminate' | 'dropBroker'; readonly host: number }
  | { readonly kind: 'freeze'; readonly host: number; readonly ms: number }
  | { readonly kind: 'tablesDown'; readonly ms: number }
  | { readonly kind: 'block'; readonly afterInvitations: number; readonly ms: number }
  | { readonly kind: 'lag'; readonly minMs: number; readonly maxMs: number }
  | { readonly kind: 'copies' | 'redeem' | 'pauseTenant' | 'resumeTenant' | 'pauseJob' | 'resumeJob' | 'cancelJob' };

export interface Planned {
  /** ms after the start of the run. */
  readonly at: number;
  readonly trouble: Trouble;
}

/** Trouble comes within this time; then the world is well again. */
export const TROUBLED_MS = 8 * 60_000;

/** The simulator's own faults. Where `effect` is `done`, the request was carried out and only its answer is bad. */
const GRAPH_FAULTS: Readonly<Record<string, object>> = {
  'invite 503 done': { kind: 'invite', status: 503, effect: 'done', times: 4 },
  'invite 500 not done': { kind: 'invite', status: 500, times: 4 },
  'invite 504 done': { kind: 'invite', status: 504, effect: 'done', times: 3 },
  'invite answer missing, done': { kind: 'invite', act: 'omit', effect: 'done', times: 3 },
  'invite answer missing, not done': { kind: 'invite', act: 'omit', times: 2 },
  'invite 429': { kind: 'invite', status: 429, retryAfter: 25, times: 12 },
  'invite 429 for thirty years': { kind: 'invite', status: 429, retryAfter: 1e9, times: 2 },
  'invite 503 for thirty years, done': { kind: 'invite', status: 503, retryAfter: 1e9, effect: 'done', times: 2 },
  'look-up 429 until 2058': { kind: 'getUser', status: 429, retryAfter: 'Tue, 31 Dec 2058 23:59:59 GMT', times: 2 },
  'look-up 503 for ever': { kind: 'getUser', status: 503, retryAfter: 1e300, times: 4 },
  'invite 401': { kind: 'invite', status: 401, times: 2 },
  'invite ambiguous 403': {
    kind: 'invite',
    status: 403,
    code: 'Forbidden',
    message: 'Generic authorization exception.',
    times: 7,
  },
  'invite 409 done': { kind: 'invite', status: 409, effect: 'done', times: 3 },
  'invite 302 not done': { kind: 'invite', status: 302, times: 2 },
  'invite 202 done': { kind: 'invite', status: 202, effect: 'done', times: 2 },
  'invite Error done': { kind: 'invite', status: 201, effect: 'done', times: 3 },
  'invite Error not done': { kind: 'invite', status: 201, times: 6 },
  'invite answers swapped': { kind: 'invite', act: 'swap', times: 4 },
  'invite answered about another': { kind: 'invite', act: 'otherUser', times: 2 },
  'look-ups swapped': { kind: 'getUser', act: 'swap', times: 6 },
  'look-up answered about another': { kind: 'getUser', act: 'otherUser', times: 3 },
  'search answered about another': { kind: 'findUsers', act: 'otherUser', times: 2 },
  'batch dropped': { kind: 'batch', act: 'drop' },
  'batch dropped, done': { kind: 'batch', act: 'drop', effect: 'done', times: 2 },
  'batch 503 done': { kind: 'batch', status: 503, effect: 'done' },
  'batch 429': { kind: 'batch', status: 429, retryAfter: 20, times: 2 },
  'batch hangs, done': { kind: 'batch', effect: 'done', delayMs: 90_000 },
  'batch slow': { kind: 'batch', delayMs: 30_000, times: 3 },
  'look-up 503': { kind: 'getUser', status: 503, times: 8 },
  'look-up without identities': { kind: 'getUser', without: ['identities', 'externalUserState'], times: 6 },
  'look-up 429': { kind: 'getUser', status: 429, retryAfter: 10, times: 10 },
  'patch 503 done': { kind: 'patchUser', status: 503, effect: 'done', times: 2 },
};

const BROKER_FAULTS: readonly BrokerFault[] = [
  { at: 'send', effect: { kind: 'drop' } },
  { at: 'send', effect: { kind: 'drop' }, late: true },
  { at: 'send', effect: { kind: 'silent' }, times: 2 },
  { at: 'send', effect: { kind: 'silent' }, late: true },
  { at: 'settle', effect: { kind: 'drop' } },
  { at: 'settle', effect: { kind: 'drop' }, late: true },
  { at: 'settle', effect: { kind: 'silent' }, times: 2 },
  { at: 'manage', effect: { kind: 'silent' }, times: 3 },
  { at: 'manage', effect: { kind: 'drop' } },
  { at: 'send', effect: { kind: 'error', condition: 'amqp:server-busy-error', description: 'busy' }, times: 2 },
];

/** Calls whose effect or answer decides something: most deaths happen there. */
const TELLING: readonly CallKind[] = [
  'invite',
  'invite',
  'invite',
  'writeChunk',
  'writeChunk',
  'claimGuest',
  'broker',
  'addEmails',
  'lookUp',
  'job',
  'insertChunks',
  'idempotency',
  'control',
  'readGuest',
];

function strike(random: Random): Strike {
  const kind = random.pick(TELLING);
  const isTable = ['writeChunk', 'claimGuest', 'job', 'insertChunks', 'idempotency', 'control', 'readGuest'].includes(
    kind,
  );
  return {
    kind,
    skip: random.below(kind === 'broker' ? 200 : 15),
    when: random.pick(['before', 'after', 'after']),
    what: random.pick(
      isTable
        ? (['kill', 'kill', 'drop', 503, 500, 'hang'] as const)
        : (['kill', 'kill', 'kill', 'drop', 'hang'] as const),
    ),
    times: random.pick([1, 1, 3]),
  };
}

const graphFault = (random: Random): Trouble => {
  const name = random.pick(Object.keys(GRAPH_FAULTS));
  // Many of Graph's own answers quote the request. No log line may.
  return { kind: 'graph', name, fault: { ...GRAPH_FAULTS[name], quotes: true } };
};

function trouble(random: Random, hosts: number): Trouble {
  const host = random.below(hosts);
  const draw = random.fraction();
  if (draw < 0.35) return { kind: 'strike', strike: strike(random) };
  if (draw < 0.55) return graphFault(random);
  if (draw < 0.63) return { kind: 'broker', fault: random.pick(BROKER_FAULTS) };
  return random.pick<Trouble>([
    { kind: 'kill', host },
    { kind: 'kill', host },
    { kind: 'terminate', host },
    { kind: 'dropBroker', host },
    { kind: 'dropBroker', host },
    { kind: 'freeze', host, ms: 5_000 + random.below(145_000) },
    { kind: 'copies' },
    { kind: 'copies' },
    { kind: 'copies' },
    { kind: 'redeem' },
    { kind: 'redeem' },
    { kind: 'redeem' },
    { kind: 'pauseTenant' },
    { kind: 'resumeTenant' },
    { kind: 'resumeTenant' },
    { kind: 'pauseJob' },
    { kind: 'resumeJob' },
    { kind: 'cancelJob' },
    { kind: 'lag', minMs: 0, maxMs: 0 },
    { kind: 'lag', minMs: 500, maxMs: 45_000 },
    { kind: 'block', afterInvitations: random.below(30), ms: 20_000 + random.below(100_000) },
  ]);
}

/** @param count how many troubles there are, beside an outage of the tables in some of the runs */
export function planTroubles(random: Random, hosts: number, count: number): Planned[] {
  const planned = Array.from({ length: count }, (): Planned => ({
    at: random.below(TROUBLED_MS),
    trouble: trouble(random, hosts),
  }));
  if (random.fraction() < 0.3)
    planned.push({
      at: random.below(TROUBLED_MS / 2),
      trouble: { kind: 'tablesDown', ms: random.pick([60_000, 10 * 60_000]) },
    });
  return planned.toSorted((one, other) => one.at - other.at);
}

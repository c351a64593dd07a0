/** Makes one trouble happen. */
import type { Random } from '../../local/graph/random.ts';
import type { ApiUser } from './api-user.ts';
import type { Trouble } from './schedule.ts';
import type { World } from './world.ts';

/** Jobs in the API so far, and guests who may follow a link. */
export interface Targets {
  readonly jobs: readonly string[];
  readonly guests: readonly string[];
}

/** Guests who follow their links at a time. */
const REDEEMING = 15;

export async function inflict(
  world: World,
  user: ApiUser,
  random: Random,
  trouble: Trouble,
  { jobs, guests }: Targets,
): Promise<void> {
  const { strikes, clock } = world;
  const host = 'host' in trouble ? world.hosts[trouble.host] : undefined;
  if (!['strike', 'graph', 'copies'].includes(trouble.kind)) strikes.count(trouble.kind);
  switch (trouble.kind) {
    case 'strike':
      return strikes.plan(trouble.strike);
    case 'graph':
      strikes.count(`Graph: ${trouble.name}`);
      return world.sim('POST', '/faults', trouble.fault);
    case 'broker':
      return world.planBrokerFault(trouble.fault);
    case 'kill':
      return host?.kill();
    case 'terminate':
      return host?.terminate();
    case 'dropBroker':
      return host?.dropBroker();
    case 'freeze':
      return host?.freeze(trouble.ms);
    case 'tablesDown':
      world.areTablesDown = true;
      await clock.wait(trouble.ms);
      world.areTablesDown = false;
      return undefined;
    case 'block':
      await world.sim('POST', '/block', { afterInvitations: trouble.afterInvitations });
      await clock.wait(trouble.ms);
      return world.sim('DELETE', '/block');
    case 'lag':
      return world.sim('POST', '/lag', { minMs: trouble.minMs, maxMs: trouble.maxMs });
    case 'copies':
      return strikes.count('copied message', await world.copyMessages(random));
    case 'redeem':
      for (const userId of random.shuffle(guests).slice(0, REDEEMING)) await world.sim('POST', '/redeem', { userId });
      return undefined;
    case 'pauseTenant':
      return void (await user.ask('POST', '/pause', jsonBody({ reason: 'chaos' })));
    case 'resumeTenant':
      return void (await user.ask('POST', '/resume'));
    case 'pauseJob':
      return ofJob(user, random, jobs, 'pause');
    case 'resumeJob':
      return jobs.length > 0 ? user.resume(random.pick(jobs)) : undefined;
    case 'cancelJob':
      return ofJob(user, random, jobs.slice(1), 'cancel');
  }
}

async function ofJob(user: ApiUser, random: Random, jobs: readonly string[], what: 'pause' | 'cancel'): Promise<void> {
  if (jobs.length > 0) await user.ask('POST', `/jobs/${random.pick(jobs)}/${what}`);
}

const jsonBody = (body: object): { body: string; headers: Record<string, string> } => ({
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
});

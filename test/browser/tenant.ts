/** The simulated tenant, which tells what came of it all: who is there, whom Microsoft would have mailed. */
import { expect } from 'vitest';
import type { DirectoryUser } from '../../local/graph/directory.ts';
import type { Mail } from '../../local/graph/state.ts';
import { json, mailsByGuest } from '../cloud/jobs.ts';
import type { BrowserWorld } from './world.ts';

export type Guest = DirectoryUser & { readonly mail: string };

export interface Tenant {
  /** Guests who can be reset and have redeemed; each is given once: who was reset within a day is skipped. */
  take(count: number): Promise<Guest[]>;
  takeOne(): Promise<Guest>;
  users(): Promise<DirectoryUser[]>;
  /** The mails that Microsoft would have sent, the first in front; to somebody, or to everybody. */
  outbox(to?: { readonly id: string }): Promise<Mail[]>;
  /** How many mails went to each of them; without any, to everybody who got one. */
  mails(to?: readonly { readonly id: string }[]): Promise<ReadonlyMap<string, number>>;
  /** Somebody else changes a user. */
  change(id: string, changes: object): Promise<void>;
  /** What its control plane is told to do. @param path below `/_sim` */
  order(method: 'POST' | 'DELETE', path: string, body?: object): Promise<void>;
}

export function tenantOf(world: BrowserWorld): Tenant {
  const given = new Set<string>();
  const isFree = (user: DirectoryUser): user is Guest =>
    user.creationType === 'Invitation' &&
    user.externalUserState === 'Accepted' &&
    user.mail !== null &&
    user.roles.length === 0 &&
    user.restricted !== true &&
    !given.has(user.id);
  const users = async (): Promise<DirectoryUser[]> =>
    (await json<DirectoryUser[]>(`${world.cloud.graph}/_sim/users`)).body;
  const order: Tenant['order'] = async (method, path, body) => {
    const answer = await fetch(`${world.cloud.graph}/_sim${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${await answer.text()}`);
  };
  const take: Tenant['take'] = async (count) => {
    const taken = (await users()).filter(isFree).slice(0, count);
    expect(taken).toHaveLength(count);
    for (const { id } of taken) given.add(id);
    return taken;
  };
  return {
    users,
    order,
    take,
    takeOne: async () => (await take(1))[0] as Guest,
    async outbox(to) {
      const { body } = await json<Mail[]>(`${world.cloud.graph}/_sim/mails`);
      return to === undefined ? body : body.filter(({ userId }) => userId === to.id);
    },
    async mails(to) {
      const mails = await mailsByGuest(world.cloud.graph);
      return to === undefined ? mails : new Map(to.map(({ id }) => [id, mails.get(id) ?? 0]));
    },
    change: (id, changes) => order('POST', `/users/${id}`, changes),
  };
}

/** How many they are together, as `mails` tells them. */
export const sumOf = (mails: ReadonlyMap<string, number>): number =>
  [...mails.values()].reduce((sum, each) => sum + each, 0);

/** The same number to each of them, as `mails` tells it. */
export const mailsEach = (guests: readonly { readonly id: string }[], mails: number): ReadonlyMap<string, number> =>
  new Map(guests.map(({ id }) => [id, mails]));

/** A local cloud, a PowerShell with the module, and guests of the simulated tenant to try it on. */
import { afterAll, beforeAll, expect } from 'vitest';
import { startCloud, type CloudOptions, type TestCloud } from '../cloud/cloud.ts';
import { json, mailsByGuest, type JobAnswer } from '../cloud/jobs.ts';
import { startSession, type Session } from './session.ts';

export interface SimUser {
  readonly id: string;
  readonly mail: string;
  readonly userPrincipalName: string;
  readonly externalUserState: string;
}

/** GuestReset.Job, as far as tests look. */
export interface Job {
  readonly Id: string;
  readonly Status: string;
  readonly Total: number;
  readonly Succeeded: number;
  readonly Failed: number;
  readonly Canceled: number;
  readonly DryRun: boolean;
  readonly HasEnded: boolean;
  readonly CreatedAt: string;
  readonly ByCode: Readonly<Record<string, number>>;
  readonly PausedReason: { readonly Code: string; readonly Scope: string } | null;
}

/** GuestReset.Result, as far as tests look. */
export interface Result {
  readonly Row: number;
  readonly GuestId: string;
  readonly Status: string;
  readonly Code: string;
  readonly Reference: string | null;
  readonly InviteRedeemUrl: string | null;
}

export interface World {
  readonly cloud: TestCloud;
  readonly session: Session;
  /** Guests who have redeemed, whom no test took before. */
  take(count: number): SimUser[];
  users(): Promise<SimUser[]>;
  /** The jobs with this reason, as the service shows them. */
  jobs(reason: string): Promise<JobAnswer[]>;
  /** How many mails each of them got, by the simulator's outbox. */
  mailsOf(users: readonly SimUser[]): Promise<number[]>;
  /** Orders something of the simulator. */
  order(path: string, body?: object, method?: string): Promise<void>;
}

/** For the tests of a file, which share it. */
export function useWorld(options: CloudOptions, connect = true): World {
  let cloud: TestCloud;
  let session: Session;
  let left: SimUser[] = [];
  const users = async (): Promise<SimUser[]> => (await json<SimUser[]>(`${cloud.graph}/_sim/users`)).body;
  beforeAll(async () => {
    [cloud, session] = await Promise.all([startCloud(options), startSession()]);
    if (connect) await session.run(`$null = Connect-GuestReset -Url ${cloud.api}`);
    left = (await users()).filter(
      ({ mail, externalUserState }) =>
        externalUserState === 'Accepted' && /^[\w.]+@fabrikam\.example$/.test(mail ?? ''),
    );
  });
  afterAll(async () => {
    await Promise.all([cloud?.stop(), session?.close()]);
  });
  return {
    get cloud() {
      return cloud;
    },
    get session() {
      return session;
    },
    take(count) {
      const taken = left.splice(0, count);
      expect(taken).toHaveLength(count);
      return taken;
    },
    users,
    async jobs(reason) {
      const { body } = await json<{ value: (JobAnswer & { reason?: string })[] }>(`${cloud.api}/jobs?pageSize=100`);
      return body.value.filter((job) => job.reason === reason);
    },
    async mailsOf(some) {
      const mails = await mailsByGuest(cloud.graph);
      return some.map(({ id }) => mails.get(id) ?? 0);
    },
    async order(path, body, method = 'POST') {
      const response = await fetch(`${cloud.graph}/_sim/${path}`, {
        method,
        ...(body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
      });
      expect(response.ok, `${path}: ${response.status}`).toBe(true);
    },
  };
}

/** The addresses as a PowerShell array. */
export const addresses = (users: readonly SimUser[]): string => `@(${users.map(({ mail }) => `'${mail}'`).join(', ')})`;

/** So many of one thing. */
export const times = <T>(count: number, thing: T): T[] => Array<T>(count).fill(thing);

/**
 * What a test of a sample needs: a local cloud, signed in or not, guests whom no other test of the file resets, a
 * front that can lose, refuse and hold back answers, and a program to run as a user would.
 */
import { execFile, spawnSync, type ExecFileException } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { API_CLIENT_ID } from '../../../local/graph/api-tokens.ts';
import { csv } from '../../../local/graph/guest-list.ts';
import { generateTenant } from '../../../local/graph/tenant.ts';
import { startHttpProxy, type Blow } from '../../chaos/http-proxy.ts';
import { startCloud } from '../cloud.ts';
import { json, mailsByGuest, type JobAnswer } from '../jobs.ts';

export const ADA = '10000000-0000-4000-8000-00000000000a';
/** A story of several commands: each polls at most every two seconds, and a resume takes five. */
export const SLOW_MS = 120_000;
const GUESTS = 400;
/** Among those are the guests of `samples/guests.csv`. */
const OF_THE_SAMPLE = 100;
/** As `az account get-access-token` is asked; its answers are the lines of a file, the last one again and again. */
const AZ = `#!/bin/sh
printf '%s\\n' "$*" >>"$AZ_LOG"
[ -s "$AZ_TOKENS" ] || { echo "ERROR: Please run 'az login' to setup account." >&2; exit 1; }
token=$(sed -n "$(($(wc -l <"$AZ_LOG")))p" "$AZ_TOKENS")
printf '%s\\n' "\${token:-$(tail -n 1 "$AZ_TOKENS")}"
`;

/** Not the shim of a version manager, which starts slowly, and would be what a signal ends. Undefined: none is here. */
export const PYTHON = ((): string | undefined => {
  const ask = 'import sys; print(sys.executable if sys.version_info >= (3, 9) else "")';
  const { status, stdout } = spawnSync('python3', ['-c', ask], { encoding: 'utf8' });
  return status === 0 && stdout.trim() !== '' ? stdout.trim() : undefined;
})();

export interface Job extends JobAnswer {
  readonly dryRun?: boolean;
  readonly byCode: Readonly<Record<string, number>>;
}
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}
export interface List {
  /** A file to submit. */
  readonly file: string;
  readonly ids: readonly string[];
}
/** The blocks of a page that are shell, for this cloud. */
export const shellOf = (page: string, { api }: SampleCloud): string[] =>
  [...readFileSync(page, 'utf8').matchAll(/```sh\n([^`]*)```/g)].map(([, script = '']) =>
    script.replaceAll('http://localhost:7071/api', api),
  );
export type Kind = 'rehearsal' | 'submit' | 'completion' | 'results' | 'other';

export interface SampleCloud extends AsyncDisposable {
  /** Behind the front. */
  readonly api: string;
  readonly graph: string;
  /** A folder of this cloud's own, which goes with it. `samples` is there, as in a clone. */
  readonly folder: string;
  readonly clientId: string;
  /** What somebody with all roles sends; nothing where nobody signs in. */
  readonly headers: Readonly<Record<string, string>>;
  /** A token of the simulator for Ada; `more` is what its request says beside. */
  token(roles?: readonly string[], more?: object): Promise<string>;
  /** The next guests whom nobody has taken, as a CSV. `more` are columns with the same value in each row. */
  list(count: number, more?: Readonly<Record<string, string>>): List;
  /** The next answer to a request of this kind goes wrong. @returns resolves when it has, with the request's headers */
  strike(kind: Kind, blow: Blow): Promise<IncomingHttpHeaders>;
  ask<T>(method: string, path: string): Promise<T>;
  /** Every job with one of these guests among its resets, rehearsals left out. */
  jobsOf(ids: readonly string[]): Promise<Job[]>;
  /** How many mails each of them would have got. */
  mailsTo(ids: readonly string[]): Promise<number[]>;
  /** Runs a program to its end, in `folder`, with a stand-in for Azure CLI on its path. */
  run(program: string, args: readonly string[], env?: Readonly<Record<string, string>>, cwd?: string): Promise<Ended>;
  /** What the stand-in says, call by call, and nothing: it is not signed in. It forgets how it was called. */
  azSays(...tokens: readonly string[]): void;
  /** How the stand-in was called. */
  azCalls(): string[];
}

export async function startSampleCloud(signedIn: boolean): Promise<SampleCloud> {
  const folder = mkdtempSync(join(tmpdir(), 'sample-'));
  const cloud = await startCloud({ guests: GUESTS, seed: 1, ...(signedIn && { auth: true }) });
  const { guests } = generateTenant({ guests: GUESTS, seed: 1 });
  const strikes: { kind: Kind; blow: Blow; struck: (headers: IncomingHttpHeaders) => void }[] = [];
  let asked: IncomingHttpHeaders = {};
  const front = await startHttpProxy<Kind>({
    target: new URL(cloud.api),
    kindOf: (method, path, _body, headers) => {
      asked = headers;
      return kindOf(method, path);
    },
    take: (kind) => {
      const index = strikes.findIndex((each) => each.kind === kind);
      const [strike] = index === -1 ? [] : strikes.splice(index, 1);
      strike?.struck(asked);
      return strike?.blow;
    },
    kill: () => undefined,
    busy: () => () => undefined,
  });
  const api = `http://localhost:${front.port}/api`;

  const token = async (roles: readonly string[] = ['Submit', 'Read', 'Manage'], more: object = {}): Promise<string> =>
    (
      await json<{ access_token: string }>(`${cloud.graph}/_sim/token`, {
        method: 'POST',
        body: JSON.stringify({ oid: ADA, name: 'ada@contoso.example', roles, ...more }),
      })
    ).body.access_token;
  const headers: Readonly<Record<string, string>> = signedIn ? { authorization: `Bearer ${await token()}` } : {};
  const ask = async <T>(method: string, path: string): Promise<T> =>
    (await json<T>(`${cloud.api}${path}`, { method, headers })).body;

  const az = { program: join(folder, 'az'), log: join(folder, 'az.log'), tokens: join(folder, 'az.tokens') };
  symlinkSync(join(process.cwd(), 'samples'), join(folder, 'samples'));
  if (PYTHON !== undefined) symlinkSync(PYTHON, join(folder, 'python3'));
  writeFileSync(az.program, AZ);
  chmodSync(az.program, 0o755);
  const azSays = (...tokens: readonly string[]): void => {
    writeFileSync(az.log, '');
    writeFileSync(az.tokens, tokens.map((each) => `${each}\n`).join(''), { mode: 0o600 });
  };
  azSays(await token());

  let taken = OF_THE_SAMPLE;
  return {
    api,
    graph: cloud.graph,
    folder,
    clientId: API_CLIENT_ID,
    headers,
    token,
    ask,
    azSays,
    azCalls: () => readFileSync(az.log, 'utf8').split('\n').filter(Boolean),
    list(count, more = { sendInvitationMessage: 'true' }) {
      const ids = guests.slice(taken, taken + count).map(({ id }) => id);
      if (ids.length < count) throw new Error('The tenant has no more guests for tests: let it have some more.');
      const file = join(folder, `guests-${taken}.csv`);
      taken += count;
      writeFileSync(file, csv([['user', ...Object.keys(more)], ...ids.map((id) => [id, ...Object.values(more)])]));
      return { file, ids };
    },
    strike: (kind, blow) => new Promise((struck) => strikes.push({ kind, blow, struck })),
    async jobsOf(ids) {
      const { value: jobs } = await ask<{ value: Job[] }>('GET', '/jobs?pageSize=100&dryRun=false');
      const rows = await Promise.all(
        jobs.map(({ id }) => ask<{ value: { user: string }[] }>('GET', `/jobs/${id}/resets?pageSize=1000`)),
      );
      return jobs.filter((_job, index) => rows[index]?.value.some(({ user }) => ids.includes(user)));
    },
    async mailsTo(ids) {
      const mails = await mailsByGuest(cloud.graph);
      return ids.map((id) => mails.get(id) ?? 0);
    },
    run: (program, args, env = {}, cwd = folder) =>
      new Promise((resolve) => {
        const all = { ...process.env, ...env, AZ_LOG: az.log, AZ_TOKENS: az.tokens };
        const path = `${folder}${delimiter}${process.env['PATH'] ?? ''}`;
        execFile(program, args, { cwd, env: { ...all, PATH: path } }, (error, stdout, stderr) => {
          resolve({ code: codeOf(error), stdout, stderr });
        });
      }),
    async [Symbol.asyncDispose]() {
      await front.close();
      await cloud.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const codeOf = (error: ExecFileException | null): number => (error === null ? 0 : Number(error.code ?? -1));

function kindOf(method: string, path: string): Kind {
  if (method === 'POST' && /\/api\/jobs\?/.test(path)) return /\bdryRun=true\b/.test(path) ? 'rehearsal' : 'submit';
  if (/\/completion\b/.test(path)) return 'completion';
  return /\/resets\?format=csv/.test(path) ? 'results' : 'other';
}

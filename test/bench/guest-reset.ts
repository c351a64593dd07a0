/** This project as a user meets it: the built app in the functions host, a CSV, one request. */
import { fileURLToPath } from 'node:url';
import type { Stage, StageHost } from './stage.ts';
import type { Tool } from './tool.ts';
import type { Said } from './truth.ts';

const APP_DIR = fileURLToPath(new URL('../../', import.meta.url));
/** In the run's time. */
const LOOK_EVERY_MS = 60_000;
const PATIENCE_MS = 12 * 3_600_000;

export interface JobAnswer {
  readonly id: string;
  readonly status: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly endedAt?: string;
}

export const guestReset: Tool = {
  title: 'guest-reset',
  watchers: /^(getJob|listResets)/,
  async run(stage, ids) {
    const host = await startGuestReset(stage);
    const startedAt = stage.clock.now();
    const { id } = await submit(stage, host, csvOf(ids));
    const job = await untilEnded(stage, host, id, startedAt);
    return { seconds: (Date.parse(job.endedAt ?? '') - startedAt) / 1000, said: () => readSaid(stage, host, id) };
  },
};

/** @param env settings; verification is off unless they say otherwise */
export function startGuestReset(stage: Stage, env: NodeJS.ProcessEnv = {}): Promise<StageHost> {
  return stage.startHost({ appDir: APP_DIR, env: { VERIFY_AFTER_SECONDS: '0', ...env } });
}

export const csvOf = (ids: readonly string[]): string => `id\n${ids.join('\n')}\n`;

export async function submit(
  stage: Stage,
  host: StageHost,
  csv: string,
  query = '?sendInvitationMessage=true',
): Promise<JobAnswer> {
  const { status, text } = await stage.call(`${host.api}/jobs${query}`, {
    method: 'POST',
    body: csv,
    headers: { 'content-type': 'text/csv' },
  });
  if (status !== 202) throw new Error(`the submission was answered ${status}: ${text.slice(0, 500)}`);
  return JSON.parse(text) as JobAnswer;
}

export async function readJob(stage: Stage, host: StageHost, id: string): Promise<JobAnswer> {
  const { status, text } = await stage.call(`${host.api}/jobs/${id}`);
  if (status !== 200) throw new Error(`GET /jobs/${id} was answered ${status}: ${text.slice(0, 500)}`);
  return JSON.parse(text) as JobAnswer;
}

async function untilEnded(stage: Stage, host: StageHost, id: string, startedAt: number): Promise<JobAnswer> {
  for (;;) {
    await stage.clock.wait(LOOK_EVERY_MS);
    const job = await readJob(stage, host, id);
    if (job.endedAt !== undefined) return job;
    if (stage.clock.now() - startedAt > PATIENCE_MS)
      throw new Error(
        `the job has not ended after ${PATIENCE_MS / 3_600_000} h: ${job.status} ${JSON.stringify(job.counts)}`,
      );
  }
}

async function readSaid(stage: Stage, host: StageHost, id: string): Promise<Map<string, Said>> {
  const { text } = await stage.call(`${host.api}/jobs/${id}/resets?format=ndjson`);
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { readonly guestId: string; readonly status: string });
  return new Map(
    lines.map(({ guestId, status }) => [
      guestId,
      status === 'succeeded' ? 'done' : status === 'unknown' ? 'unknown' : 'notDone',
    ]),
  );
}

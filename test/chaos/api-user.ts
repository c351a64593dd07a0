/** A user of the API who does what the docs say: repeats what was not answered, with the same key, and never gives up early. */
import type { Random } from '../../local/graph/random.ts';
import type { JobAnswer, ResetAnswer } from '../e2e/jobs.ts';
import type { World } from './world.ts';

const PATIENCE_MS = 2 * 3_600_000;
const PAUSE_MS = 20_000;
const ANSWER_WITHIN_MS = 60_000;

export interface Answer {
  readonly status: number;
  readonly text: string;
}

export interface ChaosReset extends ResetAnswer {
  readonly mail?: 'microsoft' | 'none';
}

export class ApiUser {
  readonly #world: World;
  readonly #random: Random;

  constructor(world: World, random: Random) {
    this.#world = world;
    this.#random = random;
  }

  /** Asks any host, again and again, until one answers with something else than "try again". */
  async ask(method: string, path: string, init: { readonly body?: string; readonly headers?: Record<string, string> } = {}): Promise<Answer> {
    const { clock } = this.#world;
    const until = clock.now() + PATIENCE_MS;
    for (let last = 'no host was there'; ; await clock.wait(PAUSE_MS)) {
      const answer = await this.#askOnce(method, path, init);
      if (typeof answer !== 'string' && !asksForRepeat(answer)) return answer;
      last = typeof answer === 'string' ? answer : `${answer.status} ${answer.text.slice(0, 300)}`;
      if (clock.now() > until) throw new Error(`${method} ${path} was never answered: ${last}`);
    }
  }

  /** Submits; a repeat after a lost answer has the same key. @returns the job's id */
  async submit(path: string, body: string, contentType: string, key: string): Promise<string> {
    const { status, text } = await this.ask('POST', path, { body, headers: { 'content-type': contentType, 'idempotency-key': key } });
    if (status !== 202) throw new Error(`POST ${path} was answered ${status}: ${text.slice(0, 500)}`);
    return (JSON.parse(text) as JobAnswer).id;
  }

  async job(id: string): Promise<JobAnswer> {
    const { status, text } = await this.ask('GET', `/jobs/${id}`);
    if (status !== 200) throw new Error(`GET /jobs/${id} was answered ${status}: ${text.slice(0, 300)}`);
    return JSON.parse(text) as JobAnswer;
  }

  async resets(id: string): Promise<ChaosReset[]> {
    const { status, text } = await this.ask('GET', `/jobs/${id}/resets?format=ndjson`);
    if (status !== 200) throw new Error(`GET /jobs/${id}/resets was answered ${status}: ${text.slice(0, 300)}`);
    return text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as ChaosReset);
  }

  async #askOnce(method: string, path: string, init: { readonly body?: string; readonly headers?: Record<string, string> }): Promise<Answer | string> {
    const urls = this.#world.hosts.flatMap(({ url }) => url ?? []);
    if (urls.length === 0) return 'no host was there';
    this.#world.clock.moved();
    try {
      const response = await fetch(`${this.#random.pick(urls)}${path}`, { ...init, method, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
      return { status: response.status, text: await response.text() };
    } catch (error) {
      return String(error);
    }
  }
}

/** Of the conflicts only one passes by itself: the same submission is still being received. */
function asksForRepeat({ status, text }: Answer): boolean {
  return status >= 500 || status === 429 || (status === 409 && text.includes('"submissionInProgress"'));
}

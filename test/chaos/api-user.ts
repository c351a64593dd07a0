/**
 * A user of the API who does what the docs say: repeats what was not answered, with the same key, and never gives up
 * early.
 */
import type { Random } from '../../local/graph/random.ts';
import type { JobAnswer, ResetAnswer } from '../cloud/jobs.ts';
import type { PlannedJob } from './workload.ts';
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
  readonly retryable?: boolean;
  /** ISO 8601, as the service tells it. */
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly redemption?: 'pending' | 'accepted' | 'unknown';
}

export interface ChaosJob extends JobAnswer {
  readonly createdAt?: string;
  readonly retryOf?: string;
  readonly check?: {
    readonly status: string;
    readonly requestedAt: string;
    readonly counts: Readonly<Record<string, number>>;
  };
}

/** One reset in the history of a guest. */
export interface PastReset {
  readonly jobId: string;
  readonly jobDeleted?: true;
  readonly row: number;
  readonly guestId?: string;
  readonly status?: string;
  readonly code?: string;
}

/** A request to resume a job, in milliseconds since the epoch: first asked, and answered. */
export interface Resume {
  readonly asked: number;
  readonly answered: number;
}

export class ApiUser {
  readonly #world: World;
  readonly #random: Random;
  readonly #resumes = new Map<string, Resume[]>();

  constructor(world: World, random: Random) {
    this.#world = world;
    this.#random = random;
  }

  /** Asks any host, again and again, until one answers with something else than "try again". */
  async ask(
    method: string,
    path: string,
    init: { readonly body?: string; readonly headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const { clock } = this.#world;
    const until = clock.now() + PATIENCE_MS;
    for (let last = 'no host was there'; ; await clock.wait(PAUSE_MS)) {
      const answer = await this.#askOnce(method, path, init);
      if (typeof answer !== 'string' && !asksForRepeat(answer)) return answer;
      last = typeof answer === 'string' ? answer : `${answer.status} ${answer.text.slice(0, 300)}`;
      if (clock.now() > until) throw new Error(`${method} ${path} was never answered: ${last}`);
    }
  }

  /**
   * Submits; a repeat after a lost answer has the same key. @returns the job's id; undefined where its `notAfter` had
   * passed meanwhile
   */
  async submit({ path, body, contentType, key, asked }: PlannedJob): Promise<string | undefined> {
    const answer = await this.ask('POST', path, {
      body,
      headers: { 'content-type': contentType, 'idempotency-key': key },
    });
    if (
      answer.status === 400 &&
      (asked.notAfter ?? Infinity) < this.#world.clock.now() &&
      answer.text.includes('has passed')
    )
      return undefined;
    return idOf('POST', path, answer);
  }

  /** @returns the new job's id; undefined where no reset is to be taken up again */
  async retry(id: string, statuses?: readonly string[]): Promise<string | undefined> {
    const path = `/jobs/${id}/retry${statuses === undefined ? '' : `?status=${statuses.join(',')}`}`;
    const answer = await this.ask('POST', path, { headers: { 'idempotency-key': `retry-${id}` } });
    return answer.status >= 400 && answer.text.includes('"nothingToRetry"') ? undefined : idOf('POST', path, answer);
  }

  async resume(id: string): Promise<void> {
    const asked = this.#world.clock.now();
    await this.ask('POST', `/jobs/${id}/resume`);
    this.#resumes.set(id, [...this.resumesOf(id), { asked, answered: this.#world.clock.now() }]);
  }

  resumesOf(id: string): readonly Resume[] {
    return this.#resumes.get(id) ?? [];
  }

  async job(id: string): Promise<ChaosJob> {
    return JSON.parse(await this.#read(`/jobs/${id}`)) as ChaosJob;
  }

  /** The job; nothing where somebody has deleted it meanwhile. */
  async jobUnless(id: string, isDeleted: () => boolean): Promise<[ChaosJob] | []> {
    const { status, text } = await this.ask('GET', `/jobs/${id}`);
    if (status === 404 && isDeleted()) return [];
    if (status !== 200) throw new Error(`GET /jobs/${id} was answered ${status}: ${text.slice(0, 300)}`);
    return [JSON.parse(text) as ChaosJob];
  }

  async resets(id: string): Promise<ChaosReset[]> {
    const text = await this.#read(`/jobs/${id}/resets?format=ndjson`);
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as ChaosReset);
  }

  async history(guestId: string): Promise<PastReset[]> {
    return (JSON.parse(await this.#read(`/guests/${guestId}/resets?pageSize=100`)) as { value: PastReset[] }).value;
  }

  async #read(path: string): Promise<string> {
    const { status, text } = await this.ask('GET', path);
    if (status !== 200) throw new Error(`GET ${path} was answered ${status}: ${text.slice(0, 300)}`);
    return text;
  }

  async #askOnce(
    method: string,
    path: string,
    init: { readonly body?: string; readonly headers?: Record<string, string> },
  ): Promise<Answer | string> {
    const urls = this.#world.hosts.flatMap(({ url }) => url ?? []);
    if (urls.length === 0) return 'no host was there';
    this.#world.clock.moved();
    try {
      const response = await fetch(`${this.#random.pick(urls)}${path}`, {
        ...init,
        method,
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      return { status: response.status, text: await response.text() };
    } catch (error) {
      return `${String(error)}, ${String((error as Error).cause)}`; // `fetch` throws errors only.
    }
  }
}

function idOf(method: string, path: string, { status, text }: Answer): string {
  if (status !== 202) throw new Error(`${method} ${path} was answered ${status}: ${text.slice(0, 500)}`);
  return (JSON.parse(text) as JobAnswer).id;
}

/** Of the conflicts only one passes by itself: the same submission is still being received. */
function asksForRepeat({ status, text }: Answer): boolean {
  return status >= 500 || status === 429 || (status === 409 && text.includes('"submissionInProgress"'));
}

/** Graph, as an administrator calls it: plain requests, repeated where Graph asks for patience. */
import * as z from 'zod';
import { GraphRefusal, isNotThere, isNotThereYet } from './refusal.ts';

export interface Graph {
  /** @throws GraphRefusal */
  readonly get: (path: string) => Promise<unknown>;
  /** Every object of a list, from all its pages. @throws GraphRefusal */
  readonly list: (path: string) => Promise<unknown[]>;
  /** @throws GraphRefusal */
  readonly write: (method: 'PATCH' | 'POST' | 'DELETE', path: string, body?: object) => Promise<unknown>;
  /** Makes it, or changes the one that is there. Its body where it was made. @throws GraphRefusal */
  readonly upsert: (path: string, body: object) => Promise<unknown>;
  /** Tries again for about two minutes where what it needs was made a moment ago and is not known everywhere. */
  readonly patiently: <Result>(attempt: () => Promise<Result>) => Promise<Result>;
}

export interface GraphOptions {
  /** Without a version. */
  readonly endpoint: string;
  readonly token: () => Promise<string>;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  /** Told once when a wait gets long. */
  readonly onWait: (why: string) => void;
  readonly fetch?: typeof fetch;
}

/** Two minutes in all. Source: what others wait for a new object to be known everywhere. */
const WAITS_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000, 30_000];
const LONGEST_WAIT_MS = 120_000;
const REQUEST_TIMEOUT_MS = 60_000;
/** Statuses that say: not now. Every request here may be repeated; what was given twice counts as given. */
const NOT_NOW: readonly number[] = [429, 502, 503, 504];

const pageSchema = z.object({ value: z.array(z.unknown()), '@odata.nextLink': z.string().optional() });

export function createGraph(options: GraphOptions): Graph {
  const { endpoint, sleep, onWait } = options;
  const root = `${endpoint}/v1.0`;
  const ask = (method: string, url: string, body?: object, prefer?: string): Promise<unknown> =>
    send(options, method, url, body, prefer);
  return {
    get: (path) => ask('GET', root + path),
    list: async (path) => {
      const found: unknown[] = [];
      for (let url: string | undefined = root + path; url !== undefined;) {
        const page = pageSchema.parse(await ask('GET', url));
        found.push(...page.value);
        url = page['@odata.nextLink'];
        // The token goes along: to Graph, and nowhere else.
        if (url?.startsWith(`${endpoint}/`) === false) throw new Error(`Graph's next page is elsewhere: ${url}`);
      }
      return found;
    },
    write: (method, path, body) => {
      const done = ask(method, root + path, body);
      return method === 'DELETE' ? done.catch(unlessGone) : done;
    },
    upsert: (path, body) => ask('PATCH', root + path, body, 'create-if-missing'),
    patiently: async (attempt) => {
      for (const [round, wait] of WAITS_MS.entries()) {
        try {
          return await attempt();
        } catch (error) {
          if (!isNotThereYet(error)) throw error;
          if (round === 2) onWait('Waiting until Entra knows everywhere what was made: up to two minutes.');
          await sleep(wait);
        }
      }
      return attempt();
    },
  };
}

async function send(
  { endpoint, token, sleep, onWait, fetch: call = fetch }: GraphOptions,
  method: string,
  url: string,
  body: object | undefined,
  prefer: string | undefined,
): Promise<unknown> {
  const request = `${method} ${url.slice(`${endpoint}/v1.0`.length)}`;
  for (let round = 0; ; round++) {
    const headers = {
      authorization: `Bearer ${await token()}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(prefer !== undefined && { prefer }),
    };
    const answer = await call(url, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: 'error',
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    }).catch((error: unknown) => error as Error);
    const wait = WAITS_MS[round];
    if (answer instanceof Error) {
      if (wait === undefined) throw new Error(`No answer to ${request}: ${causeOf(answer)}`, { cause: answer });
      if (round === 2) onWait(`No answer from ${endpoint} (${causeOf(answer)}): trying again.`);
      await sleep(wait);
      continue;
    }
    const text = await answer.text();
    if (answer.ok) return text === '' ? undefined : JSON.parse(text);
    const asked = retryAfterMs(answer.headers.get('retry-after'));
    if (!NOT_NOW.includes(answer.status) || wait === undefined || asked > LONGEST_WAIT_MS)
      throw new GraphRefusal(request, answer.status, parsed(text));
    if (round === 2 || asked > 5_000) onWait(`Graph asks to wait (${answer.status}).`);
    await sleep(Math.max(wait, asked));
  }
}

/** Somebody else has removed it, or the answer to the first try was lost: it is gone, and that is what was asked. */
function unlessGone(error: unknown): undefined {
  if (!isNotThere(error)) throw error;
}

const causeOf = (error: Error): string => (error.cause instanceof Error ? error.cause.message : error.message);

/** Seconds, maybe fractional; a date counts as no wish. */
function retryAfterMs(header: string | null): number {
  const seconds = Number(header ?? 0);
  return Number.isFinite(seconds) ? seconds * 1_000 : 0;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

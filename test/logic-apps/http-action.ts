/**
 * The HTTP action of Azure Logic Apps over real HTTP: retries, the asynchronous pattern, what is taken out of a
 * request, and how a body is read. Source: Azure Logic Apps documentation, "Call external HTTP or HTTPS endpoints",
 * "Handle errors and exceptions" and "Handle content types". What stays open there is in
 * `docs/simulator-differences.md`.
 */
import { secondsOf, type HttpAction } from './definition.ts';
import { asText, type Value } from './expression.ts';
import type { Ended } from './functions.ts';

/** One request on the wire. */
export interface Sent {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The platform around a run. */
export interface Platform {
  /** Sends one request. A test loses or replaces an answer here. Resolves with undefined where none came. */
  readonly send: (request: Sent) => Promise<Response | undefined>;
  /** A token of the managed identity. */
  readonly tokenFor: (audience: string) => Promise<string>;
  /** Lets time pass; much faster than it says. */
  readonly wait: (seconds: number) => Promise<void>;
  /** Whether JSON of another content type than `application/json` comes as text in base64, which nobody documents. */
  readonly wrapsOtherJson: boolean;
}

/** A definition's inputs, evaluated. */
export type HttpInputs = HttpAction['inputs'];

const RETRIED = (status: number): boolean => status === 408 || status === 429 || status >= 500;
/** The default policy: four retries, 7.5 s and twice as long each time, between 5 and 45 s. */
const RETRY_SECONDS = [7.5, 15, 30, 45];
const POLL_SECONDS = 20;
/** Of an action that does not say `limit`. */
const DAY = 'P1D';
/** Taken out of each request without a word. */
const isDropped = (name: string): boolean =>
  /^(?:accept(?:-.*)?|allow|cookie|expires|host|last-modified|origin|set-cookie|transfer-encoding)$/i.test(name) ||
  /^content-(?!disposition$|encoding$|type$)/i.test(name);

export async function runHttpAction(inputs: HttpInputs, limit: string | undefined, platform: Platform): Promise<Ended> {
  const mostSeconds = secondsOf(limit ?? DAY);
  let passed = 0;
  const wait = async (seconds: number): Promise<boolean> => {
    passed += seconds;
    await platform.wait(seconds);
    return passed <= mostSeconds;
  };
  let response = await withRetries(() => send(inputs, platform), wait);
  while (response !== 'timedOut' && response?.status === 202) {
    const location = response.headers.get('location');
    if (location === null || !URL.canParse(location)) throw new Error(`202 with a Location of ${location}`);
    const seconds = Number(response.headers.get('retry-after') ?? POLL_SECONDS);
    await response.arrayBuffer();
    // No retries: whatever is not a 202 ends it.
    response = (await wait(seconds)) ? await poll(location, inputs, platform) : 'timedOut';
  }
  if (response === 'timedOut') return { status: 'TimedOut', outputs: null };
  if (response === undefined) return { status: 'Failed', outputs: null };
  const headers = Object.fromEntries(response.headers);
  const body = await readBody(response, platform.wrapsOtherJson);
  return { status: response.ok ? 'Succeeded' : 'Failed', outputs: { statusCode: response.status, headers, body } };
}

/** @returns undefined where no answer came at all */
async function withRetries(
  ask: () => Promise<Response | undefined>,
  wait: (seconds: number) => Promise<boolean>,
): Promise<Response | undefined | 'timedOut'> {
  let response = await ask();
  for (const seconds of RETRY_SECONDS) {
    if (response !== undefined && !RETRIED(response.status)) return response;
    const asked = Number(response?.headers.get('retry-after') ?? Number.NaN);
    await response?.arrayBuffer();
    if (!(await wait(Number.isNaN(asked) ? seconds : asked))) return 'timedOut';
    response = await ask();
  }
  return response;
}

async function send({ method, uri, headers = {}, body, authentication }: HttpInputs, { tokenFor, send: on }: Platform) {
  const isJson = typeof body === 'object' && body !== null;
  const all = [
    ...Object.entries(headers).filter(([name]) => !isDropped(name)),
    ['Authorization', `Bearer ${await tokenFor(authentication.audience)}`],
    ...(isJson ? [['Content-Type', 'application/json']] : []),
  ];
  const content = body === undefined ? {} : { body: asText(body) };
  return on({ url: uri, method, headers: Object.fromEntries(all), ...content });
}

/** With the same authentication, and nothing else of the first request. */
const poll = (location: string, { authentication }: HttpInputs, platform: Platform): Promise<Response | undefined> =>
  send({ method: 'GET', uri: location, authentication }, platform);

async function readBody(response: Response, wrapsOtherJson: boolean): Promise<Value> {
  const text = await response.text();
  if (text === '') return null;
  const type = /^[^;\s]*/.exec(response.headers.get('content-type') ?? '')?.[0] ?? '';
  const isJson = type === 'application/json' || (type.endsWith('+json') && !wrapsOtherJson);
  if (isJson) return JSON.parse(text) as Value;
  if (type.startsWith('text/')) return text;
  return { '$content-type': type, $content: Buffer.from(text).toString('base64') };
}

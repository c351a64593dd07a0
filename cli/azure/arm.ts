/** Reading Azure Resource Manager: what is there, what is not, and what may not be seen. Nothing here writes. */
import { z } from 'zod';

/** What ARM says of one thing. `action`: what the caller may not do, in ARM's words. */
export type ArmAnswer<T = unknown> =
  | { readonly kind: 'found'; readonly value: T }
  | { readonly kind: 'missing' }
  | { readonly kind: 'refused'; readonly action: string }
  | { readonly kind: 'failed'; readonly detail: string };

export interface Arm {
  /** @param path below the endpoint, beginning with `/subscriptions/` */
  readonly get: (path: string, apiVersion: string) => Promise<ArmAnswer>;
  /** Reads what ARM hands out to a POST only, because it may be secret, such as app settings. */
  readonly reveal: (path: string, apiVersion: string) => Promise<ArmAnswer>;
  /** Every page of a list. @param filter in the words of OData */
  readonly list: (path: string, apiVersion: string, filter?: string) => Promise<ArmAnswer<readonly unknown[]>>;
}

export interface ArmConnection {
  /** Of the cloud, without a slash at the end. */
  readonly endpoint: string;
  /** For `<endpoint>/.default`. */
  readonly getToken: () => Promise<string>;
  readonly sleep: (ms: number) => Promise<void>;
}

const TIMEOUT_MS = 60_000;
/** Throttled or out of order: asked again, after these pauses unless ARM names its own. */
const PAUSES_MS = [1_000, 3_000, 9_000];
const LONGEST_WAIT_MS = 30_000;

const page = z.object({ value: z.array(z.unknown()), nextLink: z.string().nullish() });
const failure = z.object({ error: z.object({ code: z.string().default(''), message: z.string().default('') }) });

export function connectArm({ endpoint, getToken, sleep }: ArmConnection): Arm {
  const ask = async (method: 'GET' | 'POST', url: string): Promise<ArmAnswer> => {
    const headers = { Authorization: `Bearer ${await getToken()}` };
    for (let attempt = 0; ; attempt += 1) {
      const pause = PAUSES_MS[attempt];
      const said = await send(method, url, headers);
      if (said instanceof Error) {
        if (pause === undefined) return { kind: 'failed', detail: causeOf(said) };
        await sleep(pause);
        continue;
      }
      if (pause === undefined || (said.status !== 429 && said.status < 500)) return understand(said.status, said.text);
      await sleep(Math.min(said.waitMs > 0 ? said.waitMs : pause, LONGEST_WAIT_MS));
    }
  };
  const urlOf = (path: string, apiVersion: string, filter?: string): string => {
    const narrowed = filter === undefined ? '' : `&$filter=${encodeURIComponent(filter)}`;
    return `${endpoint}${path}?api-version=${apiVersion}${narrowed}`;
  };
  return {
    get: (path, apiVersion) => ask('GET', urlOf(path, apiVersion)),
    reveal: (path, apiVersion) => ask('POST', urlOf(path, apiVersion)),
    list: async (path, apiVersion, filter) => {
      const values: unknown[] = [];
      for (let url: string | undefined = urlOf(path, apiVersion, filter); url !== undefined;) {
        const answer: ArmAnswer = await ask('GET', url);
        if (answer.kind !== 'found') return answer;
        const read = page.safeParse(answer.value);
        if (!read.success) return { kind: 'failed', detail: 'the answer is no list' };
        values.push(...read.data.value);
        url = read.data.nextLink ?? undefined;
        // A token goes where it is meant to go, whatever an answer says.
        if (url !== undefined && new URL(url).origin !== new URL(endpoint).origin)
          return { kind: 'failed', detail: `its next page is elsewhere: ${new URL(url).origin}` };
      }
      return { kind: 'found', value: values };
    },
  };
}

interface Said {
  readonly status: number;
  readonly text: string;
  /** For how long ARM asks to wait. */
  readonly waitMs: number;
}

async function send(method: string, url: string, headers: Record<string, string>): Promise<Said | Error> {
  try {
    const response = await fetch(url, { method, headers, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    const waitMs = Number(response.headers.get('retry-after')) * 1000;
    return { status: response.status, text: await response.text(), waitMs };
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

const causeOf = ({ message, cause }: Error): string => (cause instanceof Error ? cause.message : message);

function understand(status: number, text: string): ArmAnswer {
  const body = parse(text);
  if (status >= 200 && status < 300) return { kind: 'found', value: body };
  if (status === 404) return { kind: 'missing' };
  const { code, message } = failure.safeParse(body).data?.error ?? { code: '', message: text.slice(0, 200) };
  if (status === 403) return { kind: 'refused', action: /action '([^']+)'/.exec(message)?.[1] ?? code };
  return { kind: 'failed', detail: `${status} ${code} ${message}`.trim().slice(0, 300) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

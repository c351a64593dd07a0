/** One request to the service, as anybody may make it; that nobody answers is an answer too. */

export interface Answer {
  readonly kind: 'answered';
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface Silence {
  readonly kind: 'silent';
  readonly why: 'noSuchHost' | 'certificate' | 'refused' | 'timeout' | 'other';
  /** The code of the system's error where it has one, else its message. */
  readonly detail: string;
}

export interface Question {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export type Ask = (url: string, question?: Question) => Promise<Answer | Silence>;

/** A function app that sleeps may take half a minute to wake. Source: Flex Consumption documentation, start-up time. */
const TIMEOUT_MS = 45_000;

/** Redirections are answers, not followed. */
export const ask: Ask = async (url, question = {}) => {
  try {
    const response = await fetch(url, { ...question, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    return { kind: 'answered', status: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    return { kind: 'silent', ...reasonOf(error) };
  }
};

/** Node's `fetch` says "fetch failed", and why in its cause. */
function reasonOf(error: unknown): Pick<Silence, 'why' | 'detail'> {
  const { name, message, cause } = error as { name?: string; message?: string; cause?: unknown };
  const code = (cause as { code?: unknown } | undefined)?.code;
  const detail = typeof code === 'string' ? code : (message ?? String(error));
  if (name === 'TimeoutError' || /TIMEOUT|ETIMEDOUT/.test(detail)) return { why: 'timeout', detail };
  if (/^(?:ENOTFOUND|EAI_AGAIN)$/.test(detail)) return { why: 'noSuchHost', detail };
  if (/CERT|SELF_SIGNED|ERR_TLS|ERR_SSL|EPROTO|UNABLE_TO_/.test(detail)) return { why: 'certificate', detail };
  if (/^(?:ECONNREFUSED|ECONNRESET|UND_ERR_SOCKET|EHOSTUNREACH|ENETUNREACH)$/.test(detail))
    return { why: 'refused', detail };
  return { why: 'other', detail };
}

/** The members of a JSON object; undefined where it is none. */
export function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** What a user of the API does, for the end-to-end tests. */
import { setTimeout as wait } from 'node:timers/promises';

export interface JobAnswer {
  readonly id: string;
  readonly status: string;
  readonly total: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly endedAt?: string;
  readonly canceled?: object;
  readonly resets?: readonly ResetAnswer[];
}

export interface ResetAnswer {
  readonly row: number;
  readonly reference?: string;
  readonly user: string;
  readonly guestId?: string;
  readonly status: string;
  readonly code?: string;
  readonly warnings?: readonly { readonly code: string }[];
  readonly inviteRedeemUrl?: string;
}

export interface Mail {
  readonly userId: string;
  readonly to: string;
}

export async function json<T>(
  url: string,
  init?: RequestInit,
): Promise<{ readonly status: number; readonly headers: Headers; readonly body: T }> {
  const response = await fetch(url, init);
  return { status: response.status, headers: response.headers, body: (await response.json()) as T };
}

export async function submitCsv(
  api: string,
  csv: string | Uint8Array<ArrayBuffer>,
  query = '',
): Promise<{ readonly id: string; readonly completion: string }> {
  const { status, headers, body } = await json<JobAnswer>(`${api}/jobs${query}`, {
    method: 'POST',
    body: csv,
    headers: { 'Content-Type': 'text/csv' },
  });
  if (status !== 202) throw new Error(`the submission was answered ${status}: ${JSON.stringify(body)}`);
  return { id: body.id, completion: headers.get('location') ?? '' };
}

/** Polls as the API says: Location until it answers 200. */
export async function completed(completion: string, seconds: number): Promise<JobAnswer> {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const { status, body } = await json<JobAnswer>(completion);
    if (status === 200) return body;
    if (status !== 202) throw new Error(`completion was answered ${status}: ${JSON.stringify(body)}`);
    if (Date.now() > until) throw new Error(`the job has not ended after ${seconds} s: ${JSON.stringify(body.counts)}`);
    await wait(200);
  }
}

/** Every reset of a job, page by page. */
export async function allResets(api: string, id: string, pageSize = 500): Promise<ResetAnswer[]> {
  const all: ResetAnswer[] = [];
  let next: string | undefined = `${api}/jobs/${id}/resets?pageSize=${pageSize}`;
  while (next !== undefined) {
    const page: { value: ResetAnswer[]; nextLink?: string } = (
      await json<{ value: ResetAnswer[]; nextLink?: string }>(next)
    ).body;
    all.push(...page.value);
    next = page.nextLink;
  }
  return all;
}

/** How many mails the simulator would have sent to each guest. */
export async function mailsByGuest(graph: string): Promise<Map<string, number>> {
  const { body } = await json<Mail[]>(`${graph}/_sim/mails`);
  const counts = new Map<string, number>();
  for (const { userId } of body) counts.set(userId, (counts.get(userId) ?? 0) + 1);
  return counts;
}

/** What makes a job. */
import type { Answer } from './answer.ts';
import { aJob, job, type Api } from './calls.ts';
import type { Ask } from './requests.ts';
import type { Job, List, ResetBody, ResetQuery, RetryQuery, SubmitQuery } from './types.ts';

/**
 * What makes a job takes an `Idempotency-Key`, which stays the same over all sendings: whoever asks again after an
 * answer was lost, in this process or in a later one, gives the key of before.
 */
export const making = (api: Api, ask: Ask) => ({
  submit: (list: List, query: SubmitQuery, key: string): Promise<Answer<Job>> =>
    ask(async (also) => {
      const body = await list.open();
      return api.POST('/jobs', {
        params: { query, header: { 'Idempotency-Key': key } },
        // The text goes as it is, in whatever form it was opened: the document knows a body only as text.
        body: body as string,
        bodySerializer: (text: unknown) => text,
        ...also,
        headers: { ...also.headers, 'Content-Type': list.type },
        ...(body instanceof ReadableStream && { duplex: 'half' }),
      });
    }, aJob),
  /** @param waitSeconds how long the answer may take, for a job that has ended by then; at most 100 */
  resetGuest: (guest: string, body: ResetBody, query: ResetQuery, key: string, waitSeconds: number) =>
    ask(
      (also) =>
        api.POST('/guests/{guestId}/resets', {
          params: {
            path: { guestId: guest },
            query,
            header: { 'Idempotency-Key': key, Prefer: `wait=${waitSeconds}` },
          },
          body,
          ...also,
        }),
      aJob,
    ),
  retry: (id: string, query: RetryQuery, key: string): Promise<Answer<Job>> =>
    ask(
      (also) =>
        api.POST('/jobs/{id}/retry', { params: { ...job(id), query, header: { 'Idempotency-Key': key } }, ...also }),
      aJob,
    ),
});

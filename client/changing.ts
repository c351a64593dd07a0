/** What changes a job, the tenant, or what is kept of a guest. */
import type { Answer } from './answer.ts';
import { aGate, aJob, bare, job, once, repeated, type Api } from './calls.ts';
import type { Ask } from './requests.ts';
import type { StopCode } from './types.ts';

const named = (stop: StopCode | undefined) => (stop === undefined ? {} : { query: { stop } });

export const changing = (api: Api, ask: Ask) => ({
  pause: (id: string, query: { readonly reason?: string }) =>
    ask((also) => api.POST('/jobs/{id}/pause', { params: { ...job(id), query }, ...also }), aJob),
  /**
   * @param seen the job's own stop that is meant. Where nothing is named, a second request could lift the next stop, so
   *   there is none.
   */
  resume: (id: string, seen?: StopCode) =>
    ask(
      (also) => api.POST('/jobs/{id}/resume', { params: { ...job(id), ...named(seen) }, ...also }),
      seen === undefined ? once('id', 'status') : aJob,
    ),
  cancel: (id: string) => ask((also) => api.POST('/jobs/{id}/cancel', { params: job(id), ...also }), aJob),
  /** Only a job that has ended. Nothing is answered but that it is done. */
  deleteJob: (id: string): Promise<Answer<null>> =>
    ask(async (also) => {
      const { data: _none, ...rest } = await api.DELETE('/jobs/{id}', { params: job(id), ...also });
      return { ...rest, data: null };
    }, bare),
  /** Asked again it tells how far it is. */
  eraseGuest: (guest: string) =>
    ask(
      (also) => api.DELETE('/guests/{guestId}/history', { params: { path: { guestId: guest } }, ...also }),
      repeated('status'),
    ),
  check: (id: string) => ask((also) => api.POST('/jobs/{id}/check', { params: job(id), ...also }), aJob),

  pauseTenant: (query: { readonly reason?: string }) =>
    ask((also) => api.POST('/pause', { params: { query }, ...also }), aGate),
  /** As `resume`, for the tenant's stop. */
  resumeTenant: (seen?: StopCode) =>
    ask((also) => api.POST('/resume', { params: named(seen), ...also }), seen === undefined ? once('status') : aGate),
});

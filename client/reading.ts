/** What tells how one thing stands. */
import { aGate, aJob, bareOnce, job, once, repeated, type Api } from './calls.ts';
import type { Ask } from './requests.ts';

export const reading = (api: Api, ask: Ask) => ({
  job: (id: string) => ask((also) => api.GET('/jobs/{id}', { params: job(id), ...also }), aJob),
  /** 200 with the job that has ended, or 202 with how it stands. */
  completion: (id: string, query: { readonly waitWhilePaused: boolean }) =>
    ask((also) => api.GET('/jobs/{id}/completion', { params: { ...job(id), query }, ...also }), aJob),
  /** How many resets ended in each interval of the job's life. */
  rate: (id: string) =>
    ask((also) => api.GET('/jobs/{id}/rate', { params: job(id), ...also }), repeated('intervalSeconds')),
  /** The OpenAPI document, which everybody may read. At first contact the address is wrong rather than the line. */
  description: () => ask((also) => api.GET('/openapi.json', also), bareOnce),
  /** How people sign in to the console. */
  consoleConfig: () => ask((also) => api.GET('/console/config.json', also), repeated('signIn')),
  /**
   * As the directory has the guest now. Asked once: whoever looks is told at once where the service asks to wait.
   * @param guest object id, UPN or mail
   */
  guest: (guest: string) =>
    ask((also) => api.GET('/guests/{guestId}', { params: { path: { guestId: guest } }, ...also }), once('id')),
  /** Also for whoever has no role. */
  me: () => ask((also) => api.GET('/me', also), repeated('id', 'roles')),
  /** What stops the tenant, and how fast it goes. */
  tenant: () => ask((also) => api.GET('/tenant', also), aGate),
  diagnostics: () => ask((also) => api.GET('/diagnostics', also), repeated('status', 'checks')),
});

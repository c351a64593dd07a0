/** Who the caller is, as the token says: also for those who have no role yet. */
import type { HttpResponseInit } from '@azure/functions';
import { ROLES, type Caller } from '../requests/caller.ts';
import { jsonResponse } from './respond.ts';

export const answerMe = async ({ id, name, roles }: Caller): Promise<HttpResponseInit> =>
  jsonResponse({ id, ...(name !== undefined && { name }), roles: ROLES.filter((role) => roles.has(role)) });

/** The API's description, in either format, for everybody whom the platform lets through. */
import type { HttpResponseInit } from '@azure/functions';
import { readConfigNow } from '../../../runtime.ts';
import type { OpenRequest } from '../requests/arrived-request.ts';
import { NOT_CONFIGURED } from '../requests/caller.ts';
import { Refusal } from '../refusal.ts';
import { jsonResponse } from './respond.ts';
import { apiUrl } from '../urls.ts';

const answerIn =
  (format: 'openApi' | 'swagger') =>
  async (request: OpenRequest): Promise<HttpResponseInit> => {
    const { authentication, links, loginUrl, tenantId, apiClientId } = readConfigNow();
    if (authentication.by === 'nobody') throw new Refusal(NOT_CONFIGURED);
    const signIn = { loginUrl, tenantId, ...(apiClientId !== undefined && { apiClientId }) };
    // Most callers never ask for it, and its parsing would delay every start.
    const descriptions = await import('../descriptions.ts');
    return jsonResponse(descriptions[format](apiUrl(request, links), signIn));
  };

export const answerOpenApi = answerIn('openApi');
export const answerOpenApiV2 = answerIn('swagger');

import { app } from '@azure/functions';
import { openApiDocument } from '../shared/adapters/http/openapi/document.ts';
import { jsonResponse } from '../shared/adapters/http/respond.ts';
import { apiUrl } from '../shared/adapters/http/urls.ts';

/** GET /openapi.json: the API's own description. */
app.http('getOpenApi', {
  methods: ['GET'],
  route: 'openapi.json',
  authLevel: 'anonymous',
  handler: async (request) => jsonResponse(openApiDocument(apiUrl(request))),
});

import { app } from '@azure/functions';
import { openHttpFunction } from '../shared/adapters/http/handler.ts';
import { answerOpenApi } from '../shared/adapters/http/openapi-answer.ts';

/** GET /openapi.json: the API's own description. */
app.http('getOpenApi', openHttpFunction('getOpenApi', answerOpenApi));

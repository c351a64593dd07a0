import { app } from '@azure/functions';
import { openHttpFunction } from '../shared/entry/http/handler.ts';
import { answerOpenApi } from '../shared/entry/http/answers/openapi-answer.ts';

/** GET /openapi.json: the API's own description. */
app.http('getOpenApi', openHttpFunction('getOpenApi', answerOpenApi));

import { app } from '@azure/functions';
import { openHttpFunction } from '../shared/entry/http/handler.ts';
import { answerOpenApiV2 } from '../shared/entry/http/answers/openapi-answer.ts';

/** GET /openapi-v2.json: a description for custom connectors. */
app.http('getOpenApiV2', openHttpFunction('getOpenApiV2', answerOpenApiV2));

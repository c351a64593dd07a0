import { app } from '@azure/functions';
import { openHttpFunction } from '../shared/entry/http/handler.ts';
import { answerHealth } from '../shared/entry/http/answers/health-answer.ts';

/** GET /health: how the service is, in one word, for everybody. */
app.http('getHealth', openHttpFunction('getHealth', answerHealth));
